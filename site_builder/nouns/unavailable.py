"""Owns what a machine can lack that a build needs: a mistake neither in the content nor in the program."""

from __future__ import annotations


class DatabaseUnavailable(Exception):
    """Python's SQLite has no full-text search, which the file needs; the text is its version."""
