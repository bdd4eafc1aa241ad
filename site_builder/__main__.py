"""Starts the command line for `python -m site_builder`; knows nothing else."""

from site_builder.shell.cli import main

if __name__ == "__main__":
    main()
