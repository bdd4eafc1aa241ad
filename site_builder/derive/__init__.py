"""Derivation turns the catalog and an as-of day into facts computed once, for pages and tables alike."""
