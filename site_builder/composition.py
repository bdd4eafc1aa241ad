"""Owns the story of a build: read, check, derive, plan, write. A function from files to files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from itertools import chain

from site_builder.checks import check_catalog
from site_builder.checks.introduced import marked
from site_builder.checks.mass_change import deleted
from site_builder.checks.release_day import check_wish
from site_builder.checks.waivers import apply_waivers
from site_builder.derive.change_set import change_set, effects
from site_builder.derive.events import event_rows
from site_builder.derive.events.telling import edit_rows
from site_builder.derive.findings import Told, finding_rows
from site_builder.derive.framework_reports import Ground as Known
from site_builder.derive.picture import as_seen_on
from site_builder.derive.repository import Ground, compliance_rows
from site_builder.derive.tables import derive_tables
from site_builder.nouns.change_set import Bulk, ChangeSet, Limits
from site_builder.nouns.derived import Derived, Tables
from site_builder.nouns.diagnostic import Diagnostic, Severity, in_order
from site_builder.nouns.edition import GROUND, NO_HISTORY, Edition, History, Theme
from site_builder.nouns.output import Output
from site_builder.nouns.page import SitePlan
from site_builder.nouns.record import Catalog
from site_builder.nouns.release import ReleaseFolder, Wish
from site_builder.nouns.schema import Schemas
from site_builder.nouns.spread import Spread, in_turn
from site_builder.nouns.wording import Wording
from site_builder.plan.addresses import check_addresses, check_size
from site_builder.plan.redirects import check_redirects, plan_redirects
from site_builder.plan.site_plan import check_links, plan_site
from site_builder.readers.content import read_content
from site_builder.readers.releases import read_releases
from site_builder.readers.schemas import read_schemas
from site_builder.readers.theme import Layer, read_theme
from site_builder.readers.time_zone import day_of
from site_builder.writers.answers import answered
from site_builder.writers.downloads import plan_data, weigh, write_data
from site_builder.writers.exports import plan_files, to_export
from site_builder.writers.html import Press
from site_builder.writers.pages import plan_pages
from site_builder.writers.releases import write_release
from site_builder.writers.seal import sealed
from site_builder.writers.templates import check_templates

Files = Mapping[str, bytes]
"""Files of a folder by path below it."""


FOLDERS: Mapping[str, str] = {"content": "content", "schemas": "schemas", "theme": "themes/default"}
"""Where the folders stand in a project; what is published names them so, wherever they were read."""


@dataclass(frozen=True)
class Inputs:
    """Everything that a build depends on; the same inputs give the same bytes."""

    content: Files
    schemas: Files
    theme: Files
    as_of: date | datetime
    """The day of the picture; a moment becomes a day in the time zone of the site."""
    wording: Wording
    """The messages of the program; their names are the names of all rules."""
    base_url: str = ""
    own_theme: Files = field(default_factory=dict)
    """Files that override those of the theme with the same path; phrases are overridden one by one."""
    folders: Mapping[str, str] = field(default_factory=lambda: FOLDERS)
    """What the folders are called in findings."""
    releases: tuple[ReleaseFolder, ...] = ()
    """What was published before: the folder of releases, a site that stands somewhere."""
    releases_until: date | None = None
    """With a content of the past: the day after which no release was known to it."""
    published: Files | None = None
    """The content before a proposed change: only what the change brings can stop it."""
    run_on: date | datetime | None = None
    """When the program runs; the day of the picture may be an earlier one. None: nothing is dated too late."""
    again: bool = False
    """Whether nearly the same content will be checked once more: then what was read of its files is remembered."""


@dataclass(frozen=True)
class Checked:
    """A content that was read and checked; without errors it can be built."""

    catalog: Catalog
    schemas: Schemas
    theme: Theme
    plan: SitePlan
    as_of: date
    schema_version: str
    findings: tuple[Diagnostic, ...]
    waived: tuple[Diagnostic, ...]
    wording: Wording
    folders: Mapping[str, str]
    """What the folders are called in findings."""
    before: Checked | None = None
    """The content before a proposed change, where one is judged."""

    @property
    def is_told(self) -> bool:
        """Whether its things can be named: the site is known, and in which languages."""
        return bool(self.catalog.languages and self.catalog.rows("site"))

    @property
    def has_errors(self) -> bool:
        return any(finding.blocks for finding in self.findings)


def check(inputs: Inputs) -> Checked:
    """Read everything and return it with all findings, each once, sorted."""
    again = inputs.again or inputs.published is not None
    before = None
    if inputs.published is not None:
        before = check(replace(inputs, content=inputs.published, published=None, again=True))
    folders = inputs.folders
    schemas, findings = read_schemas(inputs.schemas, folders["schemas"])
    catalog, found_in_content = read_content(inputs.content, schemas, folder=folders["content"], again=again)
    releases, found_in_releases = read_releases(inputs.releases)
    as_of, found_in_zone = day_of(inputs.as_of, catalog)
    known = (release for release in releases if inputs.releases_until is None or release.day <= inputs.releases_until)
    catalog = replace(
        catalog,
        releases=tuple(known),
        published=before.catalog if before else None,
        rulebook=inputs.wording.rulebook,
        as_of=as_of,
        run_on=None if inputs.run_on is None else day_of(inputs.run_on, catalog)[0],
    )
    layers = [Layer(folders["theme"], inputs.theme), Layer(folders.get("own_theme", ""), inputs.own_theme)]
    theme, found_in_theme = read_theme(layers, catalog.languages)
    templates = list(check_templates(theme, folder=folders["theme"]))
    findings = [*findings, *found_in_content, *found_in_releases, *found_in_theme, *templates]
    findings += check_catalog(catalog)
    plan, clashes = _plan(catalog, schemas, theme)
    found_in_plan = [*clashes, *check_links(catalog, plan), *check_redirects(catalog, plan)]
    found_in_plan += [*check_addresses(catalog, plan, before.plan if before else None), *check_size(catalog, plan)]
    findings = [*findings, *found_in_zone, *found_in_plan]
    standing, waived = apply_waivers(in_order(findings), catalog, as_of=as_of, rules=inputs.wording.rules)
    standing = in_order(standing)
    if before:
        standing = list(marked(standing, before.findings))
    version = sha256(b"".join(inputs.schemas[path] for path in sorted(inputs.schemas))).hexdigest()[:12]
    told = (tuple(standing), tuple(waived))
    return Checked(catalog, schemas, theme, plan, as_of, version, *told, inputs.wording, folders, before)


def compare(inputs: Inputs, limits: Limits) -> tuple[Checked, ChangeSet]:
    """Judge a content as a change of what was published, and return what the change does."""
    before = inputs.published or {}
    # lists for which the program did not ask when they were not there yet: without them nothing could be counted
    lists = {path: text for path, text in inputs.content.items() if path.startswith("codelists/")}
    checked = check(replace(inputs, published={**lists, **before}))
    assert checked.before is not None, "a content is judged as a change of another"
    sides = (checked, checked.before)
    catalog = next((side.catalog for side in sides if side.is_told), None)
    if catalog is None:
        paths = before.keys() | inputs.content.keys()
        count = sum(before.get(path) != inputs.content.get(path) for path in paths)
        return checked, ChangeSet(bulk=Bulk(0, 0, count, (), limits))
    gone = deleted(checked.catalog, checked.before.catalog)
    changes = change_set(before, inputs.content, catalog, gone=gone, limits=limits)
    if any(finding.severity is Severity.ERROR for side in sides for finding in side.findings):
        return checked, changes
    return checked, replace(changes, effects=effects(checked.before.catalog, checked.catalog, checked.as_of))


def spoken(checked: Checked) -> Edition:
    """Return what it takes to name the things of a content, with errors or without: nothing is derived."""
    address = str(checked.catalog.site.get("base_url") or "")
    derived = Derived(checked.as_of, Tables({}))
    known = (checked.catalog, checked.schemas, derived, checked.plan, checked.theme, address)
    return Edition(*known, wording=checked.wording)


def _plan(catalog: Catalog, schemas: Schemas, theme: Theme) -> tuple[SitePlan, list[Diagnostic]]:
    """Return the plan of the site; without a site record there is nothing to plan."""
    if not catalog.rows("site") or not catalog.languages:
        return SitePlan(()), []
    files = [*plan_data(catalog, schemas), *plan_files(catalog, schemas, theme)]
    plan, clashes = plan_site(plan_pages(catalog, schemas), files)
    return replace(plan, redirects=plan_redirects(catalog, plan)), clashes


def edition(checked: Checked, *, base_url: str = "", history: History = NO_HISTORY) -> Edition:
    """Return what writers need of a content without errors."""
    picture = as_seen_on(checked.catalog, checked.as_of)
    plan, _ = _plan(picture, checked.schemas, checked.theme)
    site_url = base_url or str(checked.catalog.site.get("base_url") or "")
    address = f"{site_url.rstrip('/')}/" if site_url else ""
    known = Known(picture, checked.as_of)
    return Edition(
        picture,
        checked.schemas,
        _derived(checked, known, plan, history),
        plan,
        checked.theme,
        address,
        checked.findings,
        checked.waived,
        checked.schema_version,
        checked.wording,
        history,
        memory={GROUND: known},
    )


def _derived(checked: Checked, known: Known, plan: SitePlan, history: History) -> Derived:
    """Return what follows from the picture, from what was found and from what the site will hold."""
    picture = known.catalog
    events = event_rows(history.past, picture, checked.as_of)
    derived = derive_tables(picture, checked.as_of, events, ground=known)
    told = Told(checked.findings, checked.waived, checked.wording, _renamed(checked.folders))
    ground = Ground(picture, derived, plan, checked.theme, checked.findings)
    tables = derived.tables.and_also(
        {
            "findings": lambda: finding_rows(told, picture, checked.as_of),
            "repository_compliance": lambda: compliance_rows(ground),
            "events": lambda: events,
            "edits": lambda: edit_rows(events),
        }
    )
    return Derived(derived.as_of, tables)


def _renamed(folders: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the folders as they were read and as they stand in a project."""
    return tuple((f"{folders[kind]}/", f"{name}/") for kind, name in FOLDERS.items())


def build(
    checked: Checked,
    *,
    base_url: str = "",
    history: History = NO_HISTORY,
    packings: Iterable[str] = (),
    spread: Spread = in_turn,
) -> list[Output]:
    """Return every file of the site, sorted by path. The content must be without errors.

    `packings` names the endings of packed copies to be written beside the texts, such as `gz`. `spread` may do
    several pieces of the work at once.
    """
    issue = edition(checked, base_url=base_url, history=history)
    data = write_data(issue, spread=spread)
    issue = replace(issue, weights=weigh(data), answers=answered(issue, data))
    return assemble(issue, data, packings=packings, spread=spread)


def assemble(
    issue: Edition, data: Iterable[Output], *, packings: Iterable[str] = (), spread: Spread = in_turn
) -> list[Output]:
    """Return the files of a site around its data, which was made before, sorted by path."""
    # pages first: what they have drawn, exports need not draw again
    made = chain.from_iterable(spread([*Press(issue).to_render(), *to_export(issue)]))
    return sorted(sealed(issue, [*data, *made], packings=packings, spread=spread), key=lambda output: output.path)


def release(
    checked: Checked, wish: Wish, *, history: History = NO_HISTORY, folder: str = "releases"
) -> tuple[list[Output], list[Diagnostic]]:
    """Return the files of a new release below the folder of releases, or why none can be made on that day.

    The content must be without errors. The data is as the site knows itself: at whatever address a preview stands.
    """
    refusals = list(check_wish(checked.catalog, wish, as_of=checked.as_of, folder=folder))
    if refusals:
        return [], refusals
    issue = edition(checked, history=history)
    return write_release(issue, write_data(issue), wish), []
