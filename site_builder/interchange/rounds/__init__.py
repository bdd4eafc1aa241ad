"""Reports of a round in workbooks: one goes out to each lead organisation, and what comes back becomes updates."""
