"""Owns the question whether a published site is still built every day; needs a bare Python, no host and no token.

    python3 .ci/site_age.py https://example.org/plan/ [DAYS]

It reads the day of the site from its build.json. Exit codes: 0 not older than DAYS (3), 1 older, 2 cannot be told.
"""

from __future__ import annotations

import json
import re
import sys
import urllib.request
from datetime import UTC, date, datetime

PATIENCE = 30
"""Seconds after which an answer is not waited for."""
LARGEST = 1_000_000
"""Bytes that are read."""


def main(words: list[str]) -> int:
    site, limit, *_ = [*words, "3"] if len(words) == 1 else [*words, "", ""]
    if not re.match("(?:https?|file)://", site) or not re.fullmatch("[0-9]{1,4}", limit):
        return cannot("give the address of the site and perhaps a number of days")
    try:
        with urllib.request.urlopen(f"{site.rstrip('/')}/build.json", timeout=PATIENCE) as answer:
            day = date.fromisoformat(json.loads(answer.read(LARGEST))["as_of"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        return cannot(f"{site} names no day ({type(error).__name__})")
    age = (datetime.now(UTC).date() - day).days
    if age > int(limit):
        print(f"The published site tells of {day}, {age} days ago: the daily build has stopped.")
        return 1
    print(f"The published site tells of {day}.")
    return 0


def cannot(reason: str) -> int:
    print(f"The age of the site cannot be told: {reason}.", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
