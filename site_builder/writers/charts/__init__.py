"""Charts: functions from plain values to inline SVG, in words and shapes that need no colour."""
