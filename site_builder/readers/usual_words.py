"""Owns how offices usually name columns, groups and units in their tables: words of Open SDG, of SDMX, of yearbooks."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping

from site_builder.readers.layout import TOTAL

COLUMNS: Mapping[str, str] = {
    "year": "period",
    "time period": "period",
    "он": "period",
    "жил": "period",
    "огноо": "period",
    "time detail": "period",
    "date": "period",
    "obs value": "value",
    "үзүүлэлт": "value",
    "тоо": "value",
    "хувь": "value",
    "units": "unit",
    "unit measure": "unit",
    "unit of measure": "unit",
    "unit mult": "unit_multiplier",
    "obs status": "observation_status",
    "observation status": "observation_status",
    "nature": "observation_status",
    "lower bound": "lower_bound",
    "upper bound": "upper_bound",
    "gender": "sex",
    "age group": "age",
    "age groups": "age",
    "насны бүлэг": "age",
    "location": "urbanisation",
    "байршил": "urbanisation",
    "urban rural": "urbanisation",
    "urban or rural": "urbanisation",
    "degree of urbanisation": "urbanisation",
    "region": "ref_area",
    "аймаг": "ref_area",
    "бүс": "ref_area",
    "geography": "ref_area",
    "reporting area": "ref_area",
    "quantile": "income_wealth_quantile",
    "income quantile": "income_wealth_quantile",
    "wealth quintile": "income_wealth_quantile",
    "income or wealth quantile": "income_wealth_quantile",
    "education level": "education_lev",
    "level of education": "education_lev",
    "disability": "disability_status",
    "disability status": "disability_status",
}
"""Column of ours by a name as names are compared."""
SERIES, AREA_CODE = "series", "geocode"
"""Columns of Open SDG with a meaning of their own."""
WHOLE = frozenset({"total", "all", "both", "both sexes", "all ages", "all areas", "national", "t"})
GROUPS: Mapping[str, Mapping[str, str]] = {
    "sex": {
        **dict.fromkeys(("female", "females", "woman", "women", "girl", "girls"), "F"),
        **dict.fromkeys(("male", "males", "man", "men", "boy", "boys"), "M"),
    },
    "urbanisation": {
        **dict.fromkeys(("urban", "urban areas", "town", "towns", "city", "cities"), "U"),
        **dict.fromkeys(("rural", "rural areas", "countryside"), "R"),
    },
    "direction": {
        **dict.fromkeys(("up", "higher", "more", "positive", "rise", "өсөх", "нэмэгдэх", "их"), "increase"),
        **dict.fromkeys(("down", "lower", "less", "negative", "fall", "буурах", "багасах", "бага"), "decrease"),
    },
    "unit": {
        **dict.fromkeys(("%", "percent", "percentage", "percentage %", "per cent", "pt"), "percent"),
        **dict.fromkeys(("persons", "number of people", "number of persons"), "people"),
    },
}
"""Codes by column of ours and by word."""

_RANGE = re.compile(r"\D*?(\d{1,3})\s*(?:-|–|—|to|T)\s*(\d{1,3})(?:\D.*)?", re.IGNORECASE)
_FROM = re.compile(r"(?:\D*?)(\d{1,3})\s*(?:\+|and (?:over|older|above|more)|years and (?:over|older|above)).*", re.I)
_UNDER = re.compile(r"(?:<|under|less than|below)\s*(\d{1,3})(?:\D.*)?", re.I)


def compared(name: str) -> str:
    """Return a name as names are compared: small letters, single spaces, no joints."""
    return " ".join(name.replace("_", " ").replace("-", " ").replace("/", " ").casefold().split())


def age_code(text: str) -> str:
    """Return the SDMX code for years of age, empty where the text names none."""
    if match := _UNDER.fullmatch(text):
        return f"Y0T{int(match[1]) - 1}"
    if match := _FROM.fullmatch(text):
        return f"Y_GE{int(match[1])}"
    if match := _RANGE.fullmatch(text):
        return f"Y{int(match[1])}T{int(match[2])}"
    return ""


def usual_code(column: str, text: str, known: Container[str]) -> str:
    """Return the code among `known` that a usual word means in a column of ours, empty where none does."""
    plain = compared(text)
    guesses = (
        GROUPS.get(column, {}).get(plain, ""),
        TOTAL if plain in WHOLE else "",
        age_code(text) if column == "age" else "",
    )
    return next((guess for guess in guesses if guess in known), "")
