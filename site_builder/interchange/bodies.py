"""Owns the words by which a name is known as that of a body, and of which kind, in the language of the dataset."""

from __future__ import annotations

import re

_KINDS = (
    ("media", r"\b(?:broadcast\w*|newspapers?|news agency|television|radio|media (?:house|outlet)s?)\b"),
    (
        "international",
        r"\b(?:international|world bank|united nations|un[dhi]\w{1,3}|usaid|oecd|giz|european union|osce)\b",
    ),
    (
        "civil_society",
        r"\b(?:(?:ngo|cso|association|foundation|network|coalition)s?|civil society|union|institute|forum|society)\b",
    ),
    ("company", r"\b(?:ltd|llc|inc|jsc|company|companies|corporation|enterprises?|bank)\b"),
    ("council", r"\b(?:councils?|committees?)\b"),
    ("local", r"\b(?:municipalit\w+|city|cities|province|district|county|local government\w*)\b"),
    ("ministry", r"\b(?:ministry|ministries|minister|treasury)\b"),
)
"""Words by which the kind of an organisation is told; the first that fits."""
BODY = re.compile(
    "|".join(form for _, form in _KINDS)
    + r"|\b(?:agency|agencies|office|department|commission|authority|service|bureau|secretariat|parliament|court|unit"
    r"|minist[eéè]r\w+|secretar[ií]a\w*|institut\w*|government|administration|centre|center|university|inspectorate|directorate|archives?|ombuds\w+)\b",
    re.I,
)


def kind_of(name: str) -> str:
    """Return the kind that a name tells, empty where it tells none."""
    return next((kind for kind, form in _KINDS if re.search(form, name, re.I)), "")
