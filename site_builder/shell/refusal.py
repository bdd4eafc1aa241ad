"""Owns why a step cannot do its work: a reason with its values, and the sentence that people read."""

from __future__ import annotations

from site_builder.nouns.unavailable import DatabaseUnavailable
from site_builder.nouns.wording import Wording
from site_builder.shell.reports import visible


class Refusal(Exception):
    """A step cannot do its work, which is no mistake in the content; the words for the reason are in the catalogues."""

    def __init__(self, reason: str, /, **told: object) -> None:
        self.reason = reason
        self.told = {name: visible(str(value)) for name, value in told.items()}
        super().__init__(" ".join([reason, *self.told.values()]))


class FolderRefused(Refusal):
    """A folder cannot be read or must not be overwritten."""


def sentence_of(error: Exception, wording: Wording, language: str) -> str:
    """Return what is said of a step that failed; what the system says of a file stays in its own words."""
    if isinstance(error, Refusal):
        return wording.say(f"refused.{error.reason}", language, **error.told)
    if isinstance(error, DatabaseUnavailable):
        return wording.say("refused.database", language, version=str(error))
    if isinstance(error, OSError) and error.strerror:
        told = {"place": visible(str(error.filename or "")), "why": error.strerror}
        return wording.say("refused.system", language, **told)
    return visible(f"{error}.")
