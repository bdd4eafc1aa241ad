"""Starts the command line for `python -m site_builder`; knows nothing else."""

import os
import sys
from contextlib import suppress

from site_builder.shell.cli import main


def run() -> None:
    """Run the command and leave at once: freeing a million small objects one by one takes a tenth of a large build."""
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if not isinstance(end.code, int) and end.code is not None:
            print(end.code, file=sys.stderr)  # noqa: T201 - what sys.exit would print
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):  # nobody listens any more
                if stream is not None:  # closed by whoever started the program
                    stream.flush()
        os._exit(code)


if __name__ == "__main__":
    run()
