"""The data blocks of the pages, judged by a JSON-LD processor that knows nothing of this program."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from conftest import Files
from pyld import jsonld

from site_builder.composition import Checked, build
from site_builder.plan.hosting import policy
from site_builder.writers.structured import data_block

ALIKE = 4
"""Blocks of a shape that go through the processor, which is slow."""
BASE_URL = "https://host.example/a/b/"
SCHEMA = "https://schema.org/"
PROPERTIES: Mapping[str, frozenset[str]] = {
    "WebSite": frozenset({"name", "description", "inLanguage", "license", "url", "publisher"}),
    "Organization": frozenset({"name", "alternateName", "url", "parentOrganization"}),
    "GovernmentOrganization": frozenset({"name", "alternateName", "url", "parentOrganization"}),
    "BreadcrumbList": frozenset({"itemListElement"}),
    "ListItem": frozenset({"position", "name", "item"}),
    "Dataset": frozenset(
        {
            "name",
            "alternateName",
            "description",
            "license",
            "url",
            "creator",
            "dateModified",
            "temporalCoverage",
            "inLanguage",
            "isAccessibleForFree",
            "isPartOf",
            "distribution",
            "version",
            "spatialCoverage",
            "variableMeasured",
            "isBasedOn",
            "hasPart",
            "keywords",
            "includedInDataCatalog",
        }
    ),
    "DataDownload": frozenset({"name", "encodingFormat", "contentUrl", "contentSize", "sha256", "license"}),
    "DataCatalog": frozenset({"name", "url"}),
    "StatisticalVariable": frozenset({"name", "description", "alternateName"}),
    "PropertyValue": frozenset({"name", "description"}),
    "Country": frozenset({"name", "identifier"}),
    "CreativeWork": frozenset(
        {
            "name",
            "description",
            "url",
            "identifier",
            "position",
            "temporalCoverage",
            "about",
            "mentions",
            "isPartOf",
        }
    ),
}
"""What schema.org offers for each type, of that which the pages use."""
ADDRESSES = {"license", "url", "item", "contentUrl", "isBasedOn"}
CONTEXT = {
    **{name: SCHEMA + name for name in PROPERTIES},
    **{
        name: {"@id": SCHEMA + name, "@type": "@id"} if name in ADDRESSES else SCHEMA + name
        for names in PROPERTIES.values()
        for name in names
    },
}
"""Every term by name and none by default: a misspelt one is dropped, and its absence is noticed."""


def blocks(content: bytes) -> list[dict[str, Any]]:
    # a block of data holds no `<`: the next tag ends it
    return [json.loads(text) for text in re.findall(rb'<script type="application/ld\+json">([^<]*)</script>', content)]


def nested(thing: Any) -> Iterator[Mapping[str, Any]]:
    """A thing and all things in it."""
    if isinstance(thing, list):
        for item in thing:
            yield from nested(item)
    elif isinstance(thing, dict):
        yield thing
        for value in thing.values():
            yield from nested(value)


@pytest.fixture(scope="module")
def hosted(real: Checked) -> dict[str, bytes]:
    return {output.path: output.content for output in build(real, base_url=BASE_URL)}


def pages(outputs: Files) -> list[str]:
    return [path for path in outputs if path.endswith(".html")]


def size_of(thing: Any) -> int:
    """How many keys and values stand in a thing and in those in it."""
    return sum(len(item) for item in nested(thing))


def shape_of(block: Mapping[str, Any]) -> tuple[object, ...]:
    """The types and keys in a block: two blocks of a shape expand alike."""
    return tuple((thing["@type"], *thing) for thing in nested(block))


@pytest.mark.parametrize("name", ["hosted", "real_outputs", "fictional_outputs"])
def test_every_block_expands_without_a_dropped_key(name: str, request: pytest.FixtureRequest) -> None:
    outputs: Files = request.getfixturevalue(name)
    seen: set[str] = set()
    shapes: Counter[tuple[object, ...]] = Counter()
    for path in pages(outputs):
        for block in blocks(outputs[path]):
            assert block["@context"] == "https://schema.org"
            for thing in nested(block):
                seen.add(thing["@type"])
                assert set(thing) - {"@context", "@type", "@id"} <= PROPERTIES[thing["@type"]], path
            shapes[shape_of(block)] += 1
            if shapes[shape_of(block)] > ALIKE:
                continue
            told = {**block, "@context": CONTEXT}
            (expanded,) = jsonld.expand(told, {"documentLoader": None})
            again = jsonld.compact(expanded, {"@context": CONTEXT}, {"documentLoader": None})
            assert size_of({key: value for key, value in block.items() if key != "@context"}) == size_of(
                {key: value for key, value in again.items() if key != "@context"}
            ), path
    measured = set() if name == "fictional_outputs" else {"StatisticalVariable"}  # it has no indicators
    assert seen == set(PROPERTIES) - {"StatisticalVariable"} | measured


def test_the_judge_would_notice_a_misspelt_key() -> None:
    wrong = {"@context": CONTEXT, "@type": "Dataset", "nmae": "x"}
    assert "nmae" not in json.dumps(jsonld.expand(wrong))


def addresses(thing: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every address that a thing tells, with its key."""
    for key in sorted(ADDRESSES & set(thing)):
        yield from ((key, address) for address in (thing[key] if isinstance(thing[key], list) else [thing[key]]))


def test_no_block_has_an_address_that_hangs_in_the_air(real_outputs: Files, hosted: Files) -> None:
    for outputs in (real_outputs, hosted):
        for path in pages(outputs):
            for thing in (thing for block in blocks(outputs[path]) for thing in nested(block)):
                for key, address in addresses(thing):
                    assert address.startswith(("https://", "http://")), f"{path}: {key}"
                    if address.startswith(BASE_URL):
                        here = address.removeprefix(BASE_URL)
                        assert (f"{here}index.html" if here.endswith("/") or not here else here) in outputs, address


@pytest.mark.parametrize("language", ["en", "mn"])
@pytest.mark.parametrize(
    ("path", "types"),
    [
        ("index.html", ["WebSite", "Organization"]),
        ("data/index.html", ["Dataset", "BreadcrumbList"]),
        ("data/commitments/index.html", ["Dataset", "BreadcrumbList"]),
        ("organisations/moh/index.html", ["GovernmentOrganization", "BreadcrumbList"]),
        ("organisations/open-society-forum/index.html", ["Organization", "BreadcrumbList"]),
        ("commitments/nap3-c01/index.html", ["CreativeWork", "BreadcrumbList"]),
        ("plans/nap3/index.html", ["CreativeWork", "BreadcrumbList"]),
        ("404.html", []),
    ],
)
def test_a_page_says_of_what_type_its_thing_is(hosted: Files, language: str, path: str, types: list[str]) -> None:
    assert [block["@type"] for block in blocks(hosted[f"{language}/{path}"])] == types


def dataset_of(outputs: Files, path: str) -> dict[str, Any]:
    (found,) = (block for block in blocks(outputs[path]) if block["@type"] == "Dataset")
    return found


def test_the_table_names_its_downloads_its_licence_and_its_day(hosted: Files) -> None:
    dataset = dataset_of(hosted, "mn/data/commitments/index.html")
    told = {item["contentUrl"].removeprefix(f"{BASE_URL}data/latest/"): item for item in dataset["distribution"]}
    assert set(told) == {name for name in ALL_FORMS if f"data/latest/{name}" in hosted}
    for name, item in told.items():
        content = hosted[f"data/latest/{name}"]
        assert item["encodingFormat"] == ALL_FORMS[name]
        assert (item["contentSize"], item["sha256"]) == (f"{len(content)} B", hashlib.sha256(content).hexdigest())
    assert dataset["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert dataset["dateModified"] == dataset["version"] == "2026-11-22"
    assert dataset["temporalCoverage"].count("/") == 1
    assert dataset["includedInDataCatalog"]["url"] == f"{BASE_URL}data/catalog.jsonld"


ALL_FORMS = {
    "commitments.csv": "text/csv",
    "commitments.json": "application/json",
    "commitments.jsonl": "application/jsonl",
}
"""Forms that a table may have, with their types."""
COMPLETE = {
    "name",
    "description",
    "license",
    "creator",
    "version",
    "dateModified",
    "temporalCoverage",
    "spatialCoverage",
    "isBasedOn",
    "distribution",
}
"""What the page of a data set tells beside what is peculiar to it."""


@pytest.mark.parametrize("language", ["en", "mn"])
def test_a_data_set_is_told_completely_on_its_page(real_outputs: Files, language: str) -> None:
    whole = dataset_of(real_outputs, f"{language}/data/index.html")
    part = dataset_of(real_outputs, f"{language}/data/commitments/index.html")
    assert set(whole) >= COMPLETE | {"keywords", "hasPart"}
    assert set(part) >= COMPLETE | {"variableMeasured", "isPartOf"}
    header = json.loads(real_outputs["data/latest/commitments.json"])[0]
    assert [variable["name"] for variable in part["variableMeasured"]] == list(header)
    assert [country["identifier"] for country in whole["spatialCoverage"]] == ["MNG"]
    assert whole["spatialCoverage"][0]["name"] == {"en": "Mongolia", "mn": "Монгол"}[language]
    for path in pages(real_outputs):
        for block in blocks(real_outputs[path]):
            assert block["@type"] != "Dataset" or len(block["description"]) > 50, path


def test_pages_and_the_catalogue_tell_of_the_same_data_sets(real_outputs: Files) -> None:
    catalogue = json.loads(real_outputs["data/catalog.jsonld"])
    there = {item["@id"]: [form["title"]["en"] for form in item["distribution"]] for item in catalogue["dataset"]}
    told = [
        block for path in pages(real_outputs) for block in blocks(real_outputs[path]) if block["@type"] == "Dataset"
    ]
    for dataset in told:
        names = [form["name"] for form in dataset["distribution"]]
        assert [title.rpartition("(")[2].rstrip(")") for title in there[dataset["@id"]]] == names
    assert len(told) > 50


def test_the_way_to_a_page_ends_with_it(hosted: Files) -> None:
    (way,) = (block for block in blocks(hosted["en/commitments/nap3-c01/index.html"]) if "itemListElement" in block)
    assert [item["item"] for item in way["itemListElement"]] == [
        f"{BASE_URL}en/",
        f"{BASE_URL}en/commitments/",
        f"{BASE_URL}en/commitments/nap3-c01/",
    ]
    assert [item["position"] for item in way["itemListElement"]] == [1, 2, 3]


def test_a_thing_is_named_by_its_permanent_identifier_in_every_language(fictional_outputs: Files) -> None:
    for language in ("en", "mn"):
        (work, _) = blocks(fictional_outputs[f"{language}/commitments/fic1-c01/index.html"])
        assert work["@id"] == "https://id.example.org/id/commitment/fic1-c01/"


def test_no_text_can_end_its_block() -> None:
    text = "</script><script>alert(1)</script><!-- & -->"
    block = str(data_block({"name": text}))
    assert "<" not in block
    assert ">" not in block
    assert json.loads(block) == {"name": text}


def test_blocks_are_data_that_the_policy_never_has_to_allow() -> None:
    assert "unsafe" not in policy()
