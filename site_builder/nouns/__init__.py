"""Frozen nouns of the domain; they know neither files nor formats."""
