"""Owns a synthetic content folder of any size, for measuring: the same number gives the same bytes.

    python tests/corpus.py --n 1000 --out DIR

Every commitment depends on its number only, so a small corpus is the beginning of a large one. The code lists
are those of content/; everything else is invented. Standard library only.
"""

from __future__ import annotations

import argparse
import random
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

CODELISTS = Path(__file__).resolve().parent.parent / "content" / "codelists"
FIRST_DAY, LAST_DAY, REPORTED_ON = date(2024, 1, 1), date(2027, 12, 31), date(2025, 7, 10)

Pair = tuple[str, str]
"""The same words in English and in Mongolian."""
Choice = random.Random


def _pairs(english: str, mongolian: str) -> tuple[Pair, ...]:
    return tuple(zip(english.split("|"), mongolian.split("|"), strict=True))


ACTORS = _pairs(
    "The ministry|The implementing agency|The working group|A joint team of ministries and civil society"
    "|The standing committee|The provincial administration|Civil society observers|The national audit office",
    "Яам|Хэрэгжүүлэгч байгууллага|Ажлын хэсэг|Яамд болон иргэний нийгмийн хамтарсан баг"
    "|Байнгын хороо|Аймгийн захиргаа|Иргэний нийгмийн ажиглагчид|Үндэсний аудитын газар",
)
DEEDS = _pairs(
    "will publish|has agreed to open|reviews and updates|will discuss with citizens|makes one standard for"
    "|must disclose|moves online|watches over|reports every quarter on|is bound to open",
    "нийтэлнэ|нээхээр тохиролцсон|хянаж шинэчилнэ|иргэдтэй хэлэлцэнэ|нэг стандартад оруулна"
    "|заавал ил болгоно|цахимжуулна|хянан шалгана|улирал бүр тайлагнана|нээх үүрэг хүлээв",
)
THINGS = _pairs(
    "the complete register of public contracts|budget tables that machines can read"
    "|the owners of licensed companies|assessments of how mines change nature"
    "|the results of the survey of citizens|purchase plans and signed amendments"
    "|the spending of every school|the air quality measured at every station"
    "|the list of land given to companies|complaints received through the service portal",
    "төрийн худалдан авах гэрээний бүрэн бүртгэлийг|машинаар унших төсвийн хүснэгтийг"
    "|тусгай зөвшөөрөлтэй компанийн эзэмшигчдийн мэдээллийг|уурхайн байгаль орчинд нөлөөлөх байдлын үнэлгээг"
    "|иргэдийн сэтгэл ханамжийн судалгааны дүнг|худалдан авалтын төлөвлөгөө, гэрээний өөрчлөлтийг"
    "|сургууль тус бүрийн зардлын мэдээллийг|харуул бүрийн агаарын чанарын хэмжилтийг"
    "|компаниудад олгосон газрын жагсаалтыг|үйлчилгээний портал руу ирсэн гомдлыг",
)
REASONS = _pairs(
    "so that journalists and residents can follow the money|before the second quarter ends"
    "|as the law on public information asks|with local councils and youth groups"
    "|and mends mistakes within ten working days|because earlier reports were hard to compare"
    "|with the identifiers that other agencies already use|while personal data stays protected"
    "|in all provinces and in the capital|after a trial in three districts",
    "сэтгүүлч, оршин суугчид мөнгөний урсгалыг хянах боломжтой болгохын тулд|хоёрдугаар улирал дуусахаас өмнө"
    "|нийтийн мэдээллийн ил тод байдлын хуульд нийцүүлэн|орон нутгийн хурал, залуучуудтай хамтран"
    "|алдааг ажлын арван өдөрт засаж|өмнөх тайланг харьцуулахад хэцүү байсан тул"
    "|бусад байгууллагын ашигладаг дугаараар|хувийн мэдээллийг хамгаалж"
    "|бүх аймаг, нийслэлийн хэмжээнд|гурван дүүрэгт туршсаны дараа",
)
TOPICS = _pairs(
    "budget|procurement|mining licence|air quality|school spending|health service|land allocation"
    "|company ownership|law drafting|public property|water use|social protection",
    "Төсвийн|Худалдан авах ажиллагааны|Уурхайн зөвшөөрлийн|Агаарын чанарын|Сургуулийн зардлын"
    "|Эрүүл мэндийн үйлчилгээний|Газар олголтын|Компанийн эзэмшлийн|Хууль боловсруулах|Төрийн өмчийн"
    "|Усны хэрэглээний|Нийгмийн хамгааллын",
)
TITLES = _pairs(
    "One open portal for {} data, built and kept together with those who use it"
    "|Publish every {} record in a form that anyone can check and use again"
    "|Let citizens watch over {} decisions from the first draft to the last payment"
    "|Plan {} measures with residents in every province and answer each proposal",
    "{} мэдээллийн нээлттэй нэг порталыг хэрэглэгчидтэй хамтран байгуулж, ажиллуулах"
    "|{} бүх бүртгэлийг хэн ч шалгаж, дахин ашиглах хэлбэрээр нийтлэх"
    "|{} шийдвэрийг анхны төслөөс сүүлчийн төлбөр хүртэл иргэдээр хянуулах"
    "|{} арга хэмжээг аймаг бүрт оршин суугчидтай хамт төлөвлөж, санал бүрт хариу өгөх",
)
BODIES = _pairs(
    "Finance|Education|Health|Justice|Environment|Mining|Labour|Construction|Energy|Digital Development"
    "|Culture|Agriculture|Economy|Road Transport|Statistics|Audit|Land Affairs|Customs|Water|Archives",
    "Сангийн|Боловсролын|Эрүүл мэндийн|Хууль зүйн|Байгаль орчны|Уул уурхайн|Хөдөлмөрийн|Барилгын|Эрчим хүчний"
    "|Цахим хөгжлийн|Соёлын|Хөдөө аж ахуйн|Эдийн засгийн|Зам, тээврийн|Статистикийн|Аудитын|Газрын харилцааны"
    "|Гаалийн|Усны|Архивын",
)
GROUPS = _pairs(
    "Open Ledger|Young Readers of Budgets|River Watch|Citizens of the Steppe|Women for Schools|Clear Air Now",
    "Нээлттэй данс|Төсөв уншигч залуус|Голын хяналт|Талын иргэд|Сургуулийн төлөө эмэгтэйчүүд|Цэвэр агаар",
)
"""Invented organisations of civil society."""


@dataclass(frozen=True)
class Codes:
    """The code lists of the real content, as files and by list."""

    files: Mapping[str, bytes]

    @cached_property
    def _lists(self) -> Mapping[str, tuple[str, ...]]:
        return {
            path.removeprefix("codelists/").removesuffix(".yaml"): tuple(
                re.findall(r"^ +(?:- )?code: (\S+)$", content.decode("utf-8"), re.MULTILINE)
            )
            for path, content in self.files.items()
        }

    def of(self, name: str) -> tuple[str, ...]:
        """Return the codes of a list."""
        return self._lists[name]


def read_codes(folder: Path = CODELISTS) -> Codes:
    """Return the code lists of a content folder."""
    return Codes({f"codelists/{path.name}": path.read_bytes() for path in sorted(folder.glob("*.yaml"))})


def corpus(count: int, codes: Codes) -> dict[str, bytes]:
    """Return a content folder with `count` commitments (at most 9,999) and a report on each, by path."""
    files = {**codes.files, **{path: text.encode("utf-8") for path, text in _texts(count, codes)}}
    return dict(sorted(files.items()))


def _texts(count: int, codes: Codes) -> Iterator[tuple[str, str]]:
    yield "site.yaml", SITE
    yield "pages/method/en.md", "# How this was made\n\nEverything here is invented, to measure the program.\n"
    yield "pages/method/mn.md", "# Хэрхэн хийсэн бэ\n\nЭнд байгаа бүхэн программыг хэмжихэд зориулсан зохиомол.\n"
    for place, (english, mongolian) in enumerate(BODIES):
        name = (f"Ministry of {english} (invented)", f"{mongolian} яам (зохиомол)")
        yield f"organisations/{body(place)}.yaml", _organisation(name, "ministry")
    for place, (english, mongolian) in enumerate(GROUPS):
        name = (f"{english} (invented)", f"{mongolian} (зохиомол)")
        yield f"organisations/{group(place)}.yaml", _organisation(name, "civil_society")
    for source in SOURCES:
        yield f"sources/{source}.yaml", _source(source)
    yield "plans/syn/plan.yaml", PLAN.format(count=count)
    for number in range(1, count + 1):
        yield f"plans/syn/commitments/c{number:04d}.yaml", commitment(number, codes)
        yield f"plans/syn/updates/2025-h1/c{number:04d}.yaml", update(number, codes)


def body(place: int) -> str:
    """Return the id of a ministry."""
    return "ministry-" + BODIES[place][0].lower().replace(" ", "-")


def group(place: int) -> str:
    """Return the id of an organisation of civil society."""
    return GROUPS[place][0].lower().replace(" ", "-")


# ---- YAML as people write it


def _block(text: str, indent: int) -> str:
    """Return a text as a value: on its line where it fits, else folded below it."""
    quoted = '"' + text.replace('"', '\\"') + '"'
    if indent + len(quoted) + 4 <= 100:
        return quoted
    lines = textwrap.wrap(text, 98 - indent, break_long_words=False, break_on_hyphens=False)
    return ">-\n" + "\n".join(" " * (indent + 2) + line for line in lines)


def _both(key: str, text: Pair, indent: int = 0) -> str:
    """Return a text in both languages under its key."""
    before = " " * indent
    written = "".join(
        f"{before}  {code}: {_block(words, indent + 2)}\n" for code, words in zip(("en", "mn"), text, strict=True)
    )
    return f"{before}{key}:\n{written}"


def _origin(fields: str, status: str, source: str = "", *, indent: int = 2) -> str:
    """Return an entry of provenance; several sources are written with commas."""
    before = " " * indent
    named = f"{before}  source: {source}\n" if source else ""
    if ", " in source:
        named = f"{before}  sources: [{source}]\n"
    return f"{before}- fields: [{fields}]\n{before}  status: {status}\n{named}"


# ---- words


def _sentence(choice: Choice) -> Pair:
    actor, deed, thing, reason = (choice.choice(words) for words in (ACTORS, DEEDS, THINGS, REASONS))
    mongolian = reason[1][0].upper() + reason[1][1:]
    return (
        f"{actor[0]} {deed[0]} {thing[0]}, {reason[0]}.",
        f"{mongolian} {actor[1][0].lower()}{actor[1][1:]} {thing[1]} {deed[1]}.",
    )


def _paragraph(choice: Choice, sentences: int) -> Pair:
    pairs = [_sentence(choice) for _ in range(sentences)]
    return " ".join(english for english, _ in pairs), " ".join(mongolian for _, mongolian in pairs)


def _emphasised(text: Pair, number: int) -> Pair:
    """Return the texts, with Markdown in every tenth: emphasis, a link out and a link to another commitment."""
    if number % 10:
        return text
    other = f"syn-c{number - 1:04d}"
    return (
        f"**In short:** {text[0]} See [the record](https://example.org/records/{number}), [the one before]({other}).",
        f"**Товчоор:** {text[1]} [Бүртгэл](https://example.org/records/{number}), [өмнөх амлалт]({other})-ыг үзнэ үү.",
    )


# ---- records


def commitment(number: int, codes: Codes) -> str:
    """Return the YAML of a commitment, about 7 kB."""
    choice = random.Random(f"commitment {number}")
    topic, title = choice.choice(TOPICS), choice.choice(TITLES)
    start = FIRST_DAY + timedelta(days=choice.randrange(0, 200))
    end = LAST_DAY - timedelta(days=choice.randrange(0, 500))
    own, sources = f"syn-{number % 8 + 1}", f"plan-text, syn-{number % 8 + 1}"
    parts = [
        f"number: {number}\nogp_id: SY{number:04d}\n",
        _both("title", (f"{title[0].format(topic[0])} ({number})", f"{title[1].format(topic[1])} ({number})")),
        _both("brief", (f"Open {topic[0]} data, checked by those who use it.", f"{topic[1]} мэдээллийг нээх.")),
        f"grand_challenge: {choice.choice(codes.of('grand_challenges'))}\n",
        _both("theme", (topic[0].capitalize(), topic[1].removesuffix("ын").removesuffix("ийн"))),
        f"start_date: {start}\nend_date: {end}\ncontinuity: {choice.choice(codes.of('continuities'))}\n",
        _both("problem", _paragraph(choice, 2)),
        _both("objective", _emphasised(_sentence(choice), number)),
        _both("ambition", _sentence(choice)),
        f"milestone_count_stated: 5\nogp_url: https://example.org/commitments/SY{number:04d}/\n",
        f"values: [{_some(choice, codes.of('values'), 2)}]\n",
        f"policy_areas: [{_some(choice, codes.of('policy_areas'), 3)}]\n",
        "organisations:\n",
        *_organisations(choice),
        "milestones:\n",
        *(_milestone(choice, place, start, end) for place in range(1, 6)),
        "measures:\n",
        *(_measure(choice, place, topic, own) for place in range(1, 3)),
        "provenance:\n",
        _origin("number, ogp_id, ogp_url", "sourced", sources),
        _origin("title.en, theme.en, grand_challenge, continuity", "sourced", "plan-text"),
        _origin("start_date, end_date, milestone_count_stated", "sourced", "plan-text"),
        _origin("brief.en, problem.en, objective.en, ambition.en", "own_words", "plan-text"),
        _origin("title.mn, theme.mn, brief.mn, problem.mn, objective.mn, ambition.mn", "own_translation"),
        _origin("values, policy_areas", "inferred", sources),
        _both("note", ("How we read the plan.", "Төлөвлөгөөг бид ингэж ойлгосон."), 4),
        _origin("organisations, milestones, measures", "sourced", "plan-text"),
        _origin("title_ogp", "missing"),
        _origin("contact", "none_stated", "plan-text"),
    ]
    return "".join(parts)


def _some(choice: Choice, words: Sequence[str], count: int) -> str:
    return ", ".join(choice.sample(words, count))


def _organisations(choice: Choice) -> Iterator[str]:
    first, second = choice.sample(range(len(BODIES)), 2)
    yield f"  - organisation: {body(first)}\n    role: lead\n"
    yield _both("unit", ("Department of policy and planning", "Бодлого, төлөвлөлтийн газар"), 4)
    yield f"  - organisation: {body(second)}\n    role: support\n"
    for place in choice.sample(range(len(GROUPS)), 2):
        yield f"  - organisation: {group(place)}\n    role: civil_society\n"


def _milestone(choice: Choice, place: int, start: date, end: date) -> str:
    begins = start + timedelta(days=choice.randrange(0, 150))
    due = begins + timedelta(days=choice.randrange(60, (end - begins).days))
    return "".join(
        (
            f"  - id: m{place:02d}\n    number: {place}\n",
            _both("title", _sentence(choice), 4),
            f"    title_complete: true\n    start_date: {begins}\n    due_baseline: {due}\n    provenance:\n",
            _origin("title.mn", "own_translation", indent=6),
        )
    )


def _measure(choice: Choice, place: int, topic: Pair, source: str) -> str:
    kind, comparison = (("baseline", "equal"), ("target", "at_least"))[place - 1]
    return "".join(
        (
            f"  - id: share-{place}\n",
            _both("name", (f"Share of {topic[0]} records published", f"{topic[1]} нийтэлсэн бүртгэлийн хувь"), 4),
            f"    kind: {kind}\n    comparison: {comparison}\n    value: {choice.randrange(0, 100)}\n",
            f"    unit: percent\n    period: {choice.choice((2023, 2024, 2027))}\n    source: {source}\n",
            "    provenance:\n",
            _origin("kind, comparison, value, unit, period, source", "sourced", source, indent=6),
            _origin("name.en", "own_words", source, indent=6),
            _origin("name.mn", "own_translation", indent=6),
        )
    )


def update(number: int, codes: Codes) -> str:
    """Return the YAML of the one report on a commitment, about 3 kB: an item for each milestone."""
    choice = random.Random(f"update {number}")
    parts = [f"reported_on: {REPORTED_ON}\norganisation: {body(number % len(BODIES))}\nitems:\n"]
    for place in range(1, 6):
        status = choice.choice(("not_started", "in_progress", "in_progress", "completed"))
        parts.append(f"  - milestone: m{place:02d}\n{_state(choice, status)}")
        parts.append(_both("note", _sentence(choice), 4))
        if place == 3:
            named = [code for code in codes.of("obstacles") if code != "other"]
            parts.append(f"    obstacle_code: {choice.choice(named)}\n")
        if status != "not_started":
            parts.append(_evidence(choice, codes, f"{number}/{place}"))
    return "".join(parts)


def _state(choice: Choice, status: str) -> str:
    if status == "completed":
        day = REPORTED_ON - timedelta(days=choice.randrange(1, 60))
        return f"    status: completed\n    progress_pct: 100\n    completed_on: {day}\n"
    progress = choice.randrange(5, 95, 5) if status == "in_progress" else 0
    return f"    status: {status}\n    progress_pct: {progress}\n"


def _evidence(choice: Choice, codes: Codes, name: str) -> str:
    thing = choice.choice(THINGS)
    return "".join(
        (
            f"    evidence:\n      - id: e01\n        kind: {choice.choice(codes.of('evidence_kinds'))}\n",
            _both("title", (thing[0].capitalize(), thing[1].capitalize()), 8),
            f"        url: https://example.org/evidence/{name}\n        dated_on: 2025-06\n",
            f"        independent: {choice.choice(('true', 'false'))}\n",
        )
    )


def indicator(number: int) -> str:
    """Return the YAML of an indicator."""
    topic = random.Random(f"indicator {number}").choice(TOPICS)
    return "".join(
        (
            _both("name", (f"Share of {topic[0]} records ({number})", f"{topic[1]} бүртгэлийн хувь ({number})")),
            f"unit: percent\ndirection: {('increase', 'decrease')[number % 2]}\ncontext_only: true\n",
            f"source: syn-{number % 8 + 1}\nretrieved_on: 2025-01-01\nfrequency: A\ntargets:\n",
            "  - id: plan\n    origin: assumed\n    target_value: 50\n    target_year: 2030\nmetadata:\n",
            "  - concept: definition\n",
            _both("content", _sentence(random.Random(number)), 4),
        )
    )


def values(number: int) -> str:
    """Return the CSV of an indicator: 240 values, of twelve series over twenty years."""
    choice = random.Random(f"values {number}")
    rows = ["period,sex,urbanisation,age,value,observation_status"]
    for sex in ("", "F", "M"):
        for place in ("", "U"):
            for age in ("", "Y15T24"):
                level = choice.uniform(20, 60)
                rows += [
                    f"{year},{sex},{place},{age},{level + choice.uniform(-9, 9):.2f}," for year in range(2005, 2025)
                ]
    return "\n".join(rows) + "\n"


def _organisation(name: Pair, kind: str) -> str:
    return "".join(
        (
            _both("name", name),
            f"kind: {kind}\nprovenance:\n",
            _origin("name.en, kind", "sourced", "plan-text"),
            _origin("name.mn", "own_translation"),
            _origin("parent, valid_from, website", "missing"),
        )
    )


def _source(name: str) -> str:
    return "".join(
        (
            _both("title", (f"Invented source {name}", f"Зохиомол эх сурвалж {name}")),
            f'publisher: "Office of Invented Promises"\nurl: https://example.org/sources/{name}/\n',
            f"published_on: 2024\nretrieved_on: 2025-01-01\nprovenance:\n{_origin('title', 'own_words')}",
        )
    )


SOURCES = ("plan-text", *(f"syn-{place}" for place in range(1, 9)))
SITE = """\
id: synthetic
title:
  en: "Synthetic action plan, to measure the program"
  mn: "Программыг хэмжих зохиомол төлөвлөгөө"
description:
  en: "Invented promises of an invented country."
  mn: "Зохиомол улсын зохиомол амлалтууд."
publisher:
  en: "Office of Invented Promises"
  mn: "Зохиомол амлалтын алба"
base_uri: https://id.example.org/
time_zone: Asia/Ulaanbaatar
table_language: en
content_licence: CC-BY-4.0
content_licence_url: https://creativecommons.org/licenses/by/4.0/
csv_byte_order_mark: true
languages:
  - id: en
    name: English
    format_locale: en_GB
  - id: mn
    name: Монгол
    format_locale: mn_MN
    alphabet: абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя
"""
PLAN = f"""\
number: 1
title:
  en: "Synthetic Action Plan"
  mn: "Зохиомол үйл ажиллагааны төлөвлөгөө"
short_title:
  en: "Synthetic plan"
  mn: "Зохиомол төлөвлөгөө"
country: XSY
period_start: {FIRST_DAY.year}
period_end: {LAST_DAY.year}
adopted_language: en
status: active
commitment_count: {{count}}
events:
  - id: e01
    happened_on: 2023-12
    title:
      en: "The plan is adopted"
      mn: "Төлөвлөгөөг батлав"
    source: plan-text
provenance:
  - fields: [number, title.en, country, period_start, period_end, adopted_language, status, commitment_count]
    status: sourced
    source: plan-text
  - fields: [title.mn, short_title.mn]
    status: own_translation
  - fields: [short_title.en, events]
    status: own_words
    source: plan-text
"""


def write_corpus(folder: Path, count: int, *, with_reports: bool = True, indicators: int = 0) -> int:
    """Write a content folder with `count` commitments, each with a report if wanted, and a number of indicators.

    Return its size in bytes.
    """
    files = {
        path: text for path, text in corpus(count, read_codes()).items() if with_reports or "/updates/" not in path
    }
    for number in range(1, indicators + 1):
        files[f"indicators/i{number:04d}.yaml"] = indicator(number).encode("utf-8")
        files[f"indicators/i{number:04d}.csv"] = values(number).encode("utf-8")
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return sum(map(len, files.values()))


def main() -> None:
    """Write a corpus to a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--n", type=int, default=1000, help="number of commitments, up to 9999")
    parser.add_argument("--out", type=Path, required=True, help="folder for the content")
    parser.add_argument("--indicators", type=int, default=0, help="number of indicators with 240 values each")
    options = parser.parse_args()
    size = write_corpus(options.out, options.n, indicators=options.indicators)
    print(f"{options.n} commitments, {size / 1e6:.1f} MB in {options.out}")


if __name__ == "__main__":
    main()
