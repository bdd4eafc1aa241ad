"""The catalogue for portals, judged by the shapes of DCAT-AP 3.0.1 and by a JSON-LD processor, without a network."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
from conftest import ROOT, Files
from pyld import jsonld
from pyshacl import validate
from rdflib import Graph

NAME = "data/catalog.jsonld"
LATEST = "data/latest/"
HOSTED_AT = {"real": "https://portal.example/anywhere/", "fictional": "https://example.org/plan/"}
"""Where the site lies: the real one does not know, and its catalogue must do with any place."""
PACKED = (".sqlite", ".xlsx", ".zip")
NO_FORMS = {"SHA256SUMS", "CONTENT-SHA256SUMS", "CITATION.cff", "citation.bib"}
Node = dict[str, Any]


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(ROOT / "tests" / "judges" / "dcat-ap-SHACL.ttl", format="turtle")


@pytest.fixture(params=["real", "fictional"])
def site(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def outputs(site: str, request: pytest.FixtureRequest) -> Files:
    found: Files = request.getfixturevalue(f"{site}_outputs")
    return found


def catalogue(outputs: Files) -> Node:
    return dict(json.loads(outputs[NAME]))


def complaints(document: Node, shapes: Graph) -> str:
    graph = Graph().parse(data=json.dumps(document), format="json-ld", publicID="https://portal.example/" + NAME)
    assert len(graph) > 100
    conforms, _, report = validate(graph, shacl_graph=shapes)
    return "" if conforms else str(report)


def nodes(thing: Any) -> Iterator[Node]:
    """A thing and all things in it."""
    if isinstance(thing, list):
        for item in thing:
            yield from nodes(item)
    elif isinstance(thing, dict):
        yield thing
        for value in thing.values():
            yield from nodes(value)


def distributions(document: Node) -> list[Node]:
    return [form for dataset in document["dataset"] for form in dataset.get("distribution", [])]


def test_the_catalogue_conforms_to_the_profile(outputs: Files, shapes: Graph) -> None:
    assert complaints(catalogue(outputs), shapes) == ""


def no_publisher(document: Node) -> None:
    del document["publisher"]


def a_licence_that_is_not_said_to_be_one(document: Node) -> None:
    for node in nodes(document):
        if node.get("@type") == "dct:LicenseDocument":
            del node["@type"]


def a_file_without_an_address(document: Node) -> None:
    del distributions(document)[0]["accessURL"]


def a_data_set_without_a_title(document: Node) -> None:
    del document["dataset"][0]["title"]


def a_size_in_words(document: Node) -> None:
    distributions(document)[0]["byteSize"] = "large"


@pytest.mark.parametrize(
    "slip",
    [
        no_publisher,
        a_licence_that_is_not_said_to_be_one,
        a_file_without_an_address,
        a_data_set_without_a_title,
        a_size_in_words,
    ],
)
def test_the_judge_finds_a_slip(slip: Callable[[Node], None], fictional_outputs: Files, shapes: Graph) -> None:
    document = catalogue(fictional_outputs)
    del document["dataset"][1:]
    document["dataset"][0].pop("hasPart")
    assert complaints(document, shapes) == ""
    slip(document)
    assert complaints(document, shapes)


def size_of(thing: Any) -> int:
    return sum(len(node) for node in nodes(thing))


def test_nothing_is_dropped_when_it_is_expanded_without_a_network(site: str, outputs: Files) -> None:
    document = catalogue(outputs)
    options = {"documentLoader": None, "base": HOSTED_AT[site] + NAME}
    again = jsonld.compact(jsonld.expand(document, options), document["@context"], options)
    told, kept = (
        size_of({key: value for key, value in item.items() if key != "@context"}) for item in (document, again)
    )
    assert told == kept
    document["dataset"][0]["titel"] = "a misspelt key"
    assert "misspelt" not in json.dumps(jsonld.expand(document, options))


def test_every_address_of_the_site_is_a_file_of_it(site: str, outputs: Files) -> None:
    host = HOSTED_AT[site]
    document = catalogue(outputs)
    addresses = [form[key] for form in distributions(document) for key in ("accessURL", "downloadURL")]
    addresses += [page["@id"] for dataset in document["dataset"] for page in dataset["landingPage"]]
    addresses += [page["@id"] for page in (*document["homepage"], *document["dataset"][0]["page"])]
    assert len(addresses) > 200
    for address in addresses:
        path = urljoin(host + NAME, address).removeprefix(host)
        assert (f"{path}index.html" if path.endswith("/") else path) in outputs, address


def test_every_form_of_the_data_is_in_the_catalogue_once(site: str, outputs: Files) -> None:
    told = [
        urljoin(HOSTED_AT[site] + NAME, form["downloadURL"]).removeprefix(HOSTED_AT[site])
        for form in distributions(catalogue(outputs))
    ]
    assert len(told) == len(set(told))
    names = {path.removeprefix(LATEST) for path in outputs if path.startswith(LATEST)}
    measured = {
        name.rpartition(".")[0]
        for name in names
        if name.startswith("indicators/") and name.endswith(".csv") and outputs[LATEST + name].count(b"\n") > 1
    }
    forms = {name for name in names if "/" not in name or name.startswith("plans/") or name[:-4] in measured} - NO_FORMS
    forms |= {f"{name}.json" for name in measured}
    assert {path.removeprefix(LATEST) for path in told} == forms


def test_sizes_and_checksums_are_true_and_of_packed_forms_no_more_is_told_than_is_sure(
    site: str, outputs: Files
) -> None:
    packed = 0
    for form in distributions(catalogue(outputs)):
        content = outputs[urljoin(HOSTED_AT[site] + NAME, form["downloadURL"]).removeprefix(HOSTED_AT[site])]
        if form["downloadURL"].endswith(PACKED):
            packed += 1
            assert not form.keys() & {"checksum", "byteSize"}
        else:
            assert form["byteSize"] == str(len(content))
            assert form["checksum"]["checksumValue"] == hashlib.sha256(content).hexdigest()
    assert packed


def test_only_a_country_that_there_is_gets_a_name_of_the_authority(
    real_outputs: Files, fictional_outputs: Files
) -> None:
    (place,) = catalogue(real_outputs)["spatial"]
    assert place["@id"].endswith("/country/MNG")
    assert "spatial" not in json.dumps(catalogue(fictional_outputs)["dataset"])


def test_the_data_sets_are_told_in_every_language_with_licence_languages_period_and_office(real_outputs: Files) -> None:
    document = catalogue(real_outputs)
    assert {language["@id"].rpartition("/")[2] for language in document["language"]} == {"ENG", "MON"}
    for dataset in document["dataset"]:
        assert set(dataset["title"]) == set(dataset["description"]) == {"en", "mn"}, dataset["@id"]
        assert dataset["contactPoint"]["office"]["en"].startswith("Open Action Plan project")
        assert "@" not in json.dumps(dataset["contactPoint"]["office"])
        assert dataset["version"] == "2026-11-22"
        assert set(dataset["temporal"]) == {"@type", "startDate", "endDate"}
        assert {form["license"]["@id"].rpartition("/")[2] for form in dataset["distribution"]} == {"CC_BY_4_0"}
