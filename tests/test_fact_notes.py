"""A note on origin that all facts of a list share is said once; notes that differ stay with their facts."""

from __future__ import annotations

from site_builder.writers.facts import Fact, note_once
from site_builder.writers.voice import Origin


def facts(*notes: str) -> list[Fact]:
    return [
        Fact(f"role {place}", "a body", origin=Origin(refs=(place,), note=note)) for place, note in enumerate(notes)
    ]


def test_a_note_that_all_facts_share_is_said_once_and_their_sources_stay() -> None:
    left, note = note_once(facts("our reading", "our reading"))
    assert note == "our reading"
    assert [fact.origin for fact in left] == [Origin(refs=(0,)), Origin(refs=(1,))]


def test_notes_that_differ_stay_with_their_facts() -> None:
    for told in (facts("our reading", "as adopted"), facts("our reading", ""), facts("our reading"), []):
        assert note_once(told) == (told, "")


def test_the_roles_of_a_commitment_share_one_note(real_outputs: dict[str, bytes]) -> None:
    page = real_outputs["en/commitments/nap3-c01/index.html"].decode()
    assert page.count("is our reading.") == 1
