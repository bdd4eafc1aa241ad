"""Files in the shape of OGP's dataset of commitments, of countries that do not exist. Every word is ours."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from site_builder.nouns.ogp_dataset import COLUMNS, TAGS

Cells = Mapping[str, str]

FORM = """Publish every contract
Commitment Start and End Date\tMarch 1, 2019 – February 28, 2021
Lead implementing agency/actor\tMinistry of Works
What is the public problem that the commitment will address?\tNobody knows what bridges cost, or who is paid for them.
What is the commitment?\tEvery contract of the Ministry is published within ten days:
• the text of the contract
• what was paid
How will the commitment contribute to solve the public problem?\tPeople compare prices & ask why one costs <b>twice</b>.
Why is this commitment relevant to OGP values?\tTransparency: contracts are seen by all.
Milestone Activity with a verifiable deliverable\tBudget\tStart date\tEnd date
1.1. Write the rules for publication\tOwn budget\tMarch 2019\tJune 2019
1.2. Open the page of contracts\tOwn budget\t01/07/2019\t31/12/2019
2.1. Train 40 clerks\tOwn budget\t2020-01-15\t2020-06-30
Contact information
Name of responsible person from implementing agency\tMr. Alder Birchwood
Title, Department\tHead of Contracts
Email and Phone\talder@works.example, (0312) 665011
Other Actors Involved – State actors involved\tAudit Court"""
"""As the form of 2018 comes out of a table: a heading, a tab, the answer."""

LIST = (
    "Status quo or problem\r\nThe archive is closed. Ask Dr. Hazel Rowan or call +999 71 123456.\r\n\r\n"
    "Main objective\r\nAn archive that anyone may read.\r\n\r\nMilestones:\r\n"
    "1. Draft the act 15/03/2019 - 30/06/2019\r\n2. Table the act in Parliament by December 2019\r\n"
    "3. Open the reading room (01.09.2020. - 31.12.2020.)"
)
PLAIN = (
    "The register of land is put online.\u00a0It will be free.\n1. Scan the books.\n2. Put them online by 31/08/2020."
)
HOSTILE = (
    "=HYPERLINK(\"http://evil.example\")<script>alert('x')</script> and &lt;img src=x onerror=alert(1)&gt; then\n"
    "# not a heading\n[click](javascript:alert(1)) `code` *stars* \x07\u202eevil\ufffc ../../etc/passwd"
)


def row(**cells: str) -> dict[str, str]:
    """Return a row with what every row has; keywords are short names of columns."""
    names = {
        "id": "Commitment Unique Identifier",
        "country": "Country/Locality",
        "plan": "Action Plan Number",
        "number": "Commitment Number",
        "code": "Code",
        "submitted": "Year Of Submission",
        "ends": "Action Plan End Year",
        "title": "Commitment Title",
        "short": "Short Title",
        "text": "Full Text",
        "start": "Start Date",
        "end": "End Date",
        "lead": "Lead Institution",
        "support": "Supporting Institution(s)",
        "theme": "Theme",
        "url": "URL",
    }
    told = dict.fromkeys(COLUMNS, "ND") | dict.fromkeys(TAGS, "0")
    told |= dict.fromkeys(("Start Date", "End Date", "Theme", "Lead Institution"), "NA")
    told |= {"Supporting Institution(s)": "NA", "National Or Local": "National", "Region": "Europe", "id": "7"}
    told |= {names.get(key, key): value for key, value in cells.items()}
    code, plan = told["Code"], told["Action Plan Number"].removesuffix(".0")
    return {**told, "Action Plan ID": f"AP_{code}{plan.zfill(2)}"}


def exemplia(plan: str, number: str, **cells: str) -> dict[str, str]:
    """Return a row of Exemplia, whose first plan ran from 2019 to 2021 and whose second one to 2023."""
    years = {"1": ("2019", "2021"), "2": ("2021", "2023")}[plan]
    found = {"id": f"XE{int(plan) * 100 + int(float(number)):04d}", "submitted": years[0], "ends": years[1]}
    url = f"https://opengovpartnership.org/members/exemplia/commitments/{found['id'].lower()}"
    return row(**{"country": "Exemplia", "code": "XEX", "plan": plan, "number": number, **found, "url": url, **cells})


EXEMPLIA = (
    exemplia(
        "1",
        "1.0",
        title="Publish every contract",
        short="Open Contracts",
        text=FORM,
        theme="1. Money",
        start="3/1/2019",
        end="2/28/2021",
        lead="Ministry of Works",
        support="Audit Court, Ministry of Education, Science and Technology\n"
        "Bridge Watch Association; Exemplia Times newspaper",
        **{
            "Open Contracting": "1",
            "Health & Nutrition": "1",
            "Verifiable": "Yes",
            "OGP Value Access To Information": "1",
            "OGP Value Civic Participation": "0",
            "_Relevant": "1",
            "Potential Impact": "Moderate",
            "_Potential Impact": "2.0",
            "Completion (Progress Report)": "Limited",
            "_CompletionProgress": "3",
            "Completion (End Of Term)": "Substantial",
            "_CompletionEndTerm": "4",
            "Did It Open Government (Overall)": "Major",
            "_OpenGovernment": "3",
            "Starred (Current Formula) End of Term": "0",
            "Report Publication Year (Progress Report)": "2020",
            "Report Publication Year (End Of Term)": "2022",
            "Max Completion": "4",
        },
    ),
    exemplia(
        "1",
        "2",
        title="Open the archive",
        short="Open the archive",
        text=LIST,
        start="2/30/2019",
        end="August 2021",
        lead="National Archive",
        support="Mr. Myrtle Ashgrove (0773 769329, myrtle@mail.example)., Council of Readers",
        **{
            "Right To Information": "1",
            "Potential Impact": "None",
            "_Potential Impact": "3",
            "Did It Open Government (Overall)": "No early results to report yet",
            "Completion (End Of Term)": "Withdrawn",
            "Report Publication Year (End Of Term)": "2022",
        },
    ),
    exemplia("1", "3", title="Land online", short="Land online", text=PLAIN, start="5/1/2020", end="1/1/2020"),
    exemplia("2", "1", title="../../etc/passwd", short="-1+1", text=HOSTILE, lead="../../evil; 12345; Null"),
    exemplia(
        "2",
        "2",
        title="Youth councils",
        text="NA",
        start="1/15/2022",
        end="6/30/23",
        lead="Ministry of Youth",
        Youth="1",
    ),
)
TEXT_IN_GEORGIAN = "პრობლემა: არავინ იცის, რა ღირს ხიდები.\n1. წესების დაწერა.\n2. გვერდის გახსნა 31/12/2022."
VARDISI = (
    row(
        id="XV0001",
        country="ვარდისი",
        code="XVA",
        plan="1",
        number="1",
        submitted="2021",
        ends="2023",
        title="ყველა ხელშეკრულების გამოქვეყნება",
        text=TEXT_IN_GEORGIAN,
        start="2/1/2021",
        end="12/31/2022",
        lead="სამუშაოთა სამინისტრო",
        support="ხიდების საზოგადოება; აუდიტის სასამართლო",
        url="https://opengovpartnership.org/members/vardisi/commitments/xv0001",
        **{"Open Contracting": "1"},
    ),
)
"""A country whose texts are in Georgian letters."""


def as_csv(rows: Iterable[Cells], columns: Iterable[str] = COLUMNS) -> bytes:
    """Return rows as the dataset is published: a byte-order mark, commas, CRLF."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(columns), extrasaction="ignore", restval="NA")
    writer.writeheader()
    writer.writerows(rows)
    return "\ufeff".encode() + stream.getvalue().encode("utf-8")
