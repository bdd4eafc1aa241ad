"""The shell: commands, disk, clock, git, report formats, preview server."""
