"""Owns the names that public vocabularies give to licences, languages, countries and forms; refuses to invent one.

The authority tables of the Publications Office of the European Union, which DCAT-AP asks for:
https://op.europa.eu/en/web/eu-vocabularies/authority-tables
"""

from __future__ import annotations

from collections.abc import Mapping

_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_IANA = "https://www.iana.org/assignments/media-types/"
GOVERNMENT = f"{_AUTHORITY}data-theme/GOVE"
"""Theme: government and public sector."""
PUBLIC = f"{_AUTHORITY}access-right/PUBLIC"
IRREGULAR = f"{_AUTHORITY}frequency/IRREG"
"""How often the data change: whenever somebody reports or corrects something."""
_LICENCES: Mapping[str, str] = {"CC-BY-4.0": "CC_BY_4_0", "CC-BY-SA-4.0": "CC_BYSA_4_0", "CC0-1.0": "CC0"}
"""Name of a licence there by its SPDX identifier."""
_FILE_TYPES: Mapping[str, str] = {
    "application/json": "JSON",
    "application/ld+json": "JSON_LD",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/zip": "ZIP",
    "text/csv": "CSV",
    "text/markdown": "TXT",
    "text/plain": "TXT",
}
_UNREGISTERED: Mapping[str, str] = {"application/jsonl": "JSON Lines"}
"""Types that are in use and that no registry has, with the name by which people know the form."""


def licence(spdx: str, address: str) -> str:
    """Return the name of a licence, the address of its text where the authority has none."""
    return f"{_AUTHORITY}licence/{_LICENCES[spdx]}" if spdx in _LICENCES else address


def language(code: str) -> str:
    """Return the name of a language of ISO 639-3."""
    return f"{_AUTHORITY}language/{code.upper()}"


def country(code: str) -> str:
    """Return the name of a country of ISO 3166-1."""
    return f"{_AUTHORITY}country/{code}"


def file_type(media_type: str) -> str:
    """Return the name of a form, empty where the authority has none."""
    return f"{_AUTHORITY}file-type/{_FILE_TYPES[media_type]}" if media_type in _FILE_TYPES else ""


def registered(media_type: str) -> str:
    """Return the name of a media type in the registry of IANA, empty for one that is not in it."""
    return "" if media_type in _UNREGISTERED else _IANA + media_type


def form_name(media_type: str) -> str:
    """Return by what name people know a form that no registry has."""
    return _UNREGISTERED.get(media_type, "")
