"""Owns where a finding leads: to the page of its rule, in each language, on the site as it is hosted."""

from __future__ import annotations

import re

from site_builder.composition import Checked

_HOSTED = re.compile(r"https?://[\w.~:/%+-]+", re.ASCII)
"""An address that needs no escaping wherever a report puts it."""


def rule_pages(checked: Checked) -> dict[tuple[str, str], str]:
    """Return the addresses of the pages of rules by rule and language; none where no site says where it is hosted."""
    site = next(iter(checked.catalog.rows("site")), None)
    base = str(site.get("base_url") or "") if site else ""
    if not _HOSTED.fullmatch(base):
        return {}
    pages = (page for page in checked.plan.pages if page.kind == "rule")
    return {(page.subject, page.language): f"{base.rstrip('/')}/{page.path}" for page in pages}
