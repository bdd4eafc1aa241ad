"""Series of others become series of ours: rows, codes, records, a report. No disk, no clock."""
