"""Interchange: content made from the datasets of others. Reads rows, writes content; no disk, no clock."""
