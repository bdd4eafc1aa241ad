"""Requirements on the site itself: open to all, usable, in open formats, dated, kept."""

from __future__ import annotations

from site_builder.derive.repository._ground import Ground, Outcome, Requirement, counted
from site_builder.nouns.record import Record

LOG_IN = ('type="password"', "captcha")
"""What a template would hold that lets only some people in."""
DATED = (
    ("updates", "reported_on"),
    ("documents", "dated_on"),
    ("meetings", "held_on"),
    ("assessments", "published_on"),
)
"""Tables of what happened to a plan, with the day that each row should have."""


def public_page(ground: Ground, plan: Record) -> Outcome:
    """C1: a page of the plan in each language, no template with a log-in, an address that people can be told."""
    templates = "".join(ground.theme.templates.values()).lower()
    return counted(
        (ground.pages("plan", plan.id), "page_missing"),
        (not any(sign in templates for sign in LOG_IN), "log_in"),
        (bool(ground.catalog.site.get("base_url")), "address_unknown"),
        notes=("host_not_tested",),
    )


def usable(ground: Ground, _plan: Record) -> Outcome:
    """C15: a search and a statement on accessibility in each language, rules for print and for small screens."""
    style = b"".join(content for name, content in ground.theme.static.items() if name.endswith(".css"))
    return counted(
        (ground.pages("search"), "search_missing"),
        (ground.pages("prose", "accessibility"), "accessibility_missing"),
        (b"@media print" in style, "print_missing"),
        (b"(max-width" in style, "phone_missing"),
        notes=("wcag_not_tested",),
    )


def open_data(ground: Ground, _plan: Record) -> Outcome:
    """C16: a described data package, every table as CSV, a licence with its text, ids apart from the host."""
    site = ground.catalog.site
    return counted(
        (ground.has_data("datapackage.json"), "package_missing"),
        ([ground.has_data(f"{table.name}.csv") for table in ground.catalog.schemas], "package_missing"),
        (bool(site.get("content_licence") and site.get("content_licence_url")), "licence_missing"),
        (bool(site.get("base_uri")), "base_uri_missing"),
    )


def dated(ground: Ground, plan: Record) -> Outcome:
    """C17: a time zone, and a day on everything that was reported, written, held or found."""
    catalog = ground.catalog
    commitments = {record.id for record in catalog.referring("commitments", "plan_id", plan.id)}
    days = [
        record.get(column) is not None
        for table, column in DATED
        for record in catalog.referring(table, "plan_id", plan.id)
    ]
    days += [
        record.get("reported_on") is not None
        for commitment in commitments
        for record in catalog.referring("updates", "commitment_id", commitment)
    ]
    return counted((bool(catalog.site.get("time_zone")), "time_zone_missing"), (days, "day_missing"))


def kept(ground: Ground, plan: Record) -> Outcome:
    """C18: after its end a plan keeps its page, the pages of its commitments and an archive of the data."""
    ended = any(row["ended"] for row in ground.derived.tables["plan_summary"] if row["plan_id"] == plan.id)
    if not ended:
        return Outcome(0, 0, ("plan_runs",))
    pages = [
        held
        for record in ground.catalog.referring("commitments", "plan_id", plan.id)
        for held in ground.pages("commitment", record.id)
    ]
    return counted(
        ([*ground.pages("plan", plan.id), *pages], "page_missing"),
        (ground.has_data(f"{ground.catalog.site.id}.zip"), "package_missing"),
    )


REQUIREMENTS = (
    Requirement("c01", ("standard_2_1", "principle_1"), public_page),
    Requirement("c15", ("wcag",), usable),
    Requirement("c16", ("disclosure",), open_data),
    Requirement("c17", ("principle_3",), dated),
    Requirement("c18", ("standard_2_2",), kept),
)
