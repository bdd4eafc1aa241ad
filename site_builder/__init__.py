"""Open Action Plan: government action plans from YAML to a bilingual site and open data."""

__version__ = "0.1.0"
