"""Readers turn bytes into nouns and findings; they touch no disk."""
