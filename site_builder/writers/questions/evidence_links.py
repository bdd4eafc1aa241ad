"""Which evidence would be lost if its address died?"""

NUMBER = 17
NEEDS = ("evidence", "update_items", "updates")
SQL = """
select
    proof.evidence_id,
    report.commitment_id,
    item.milestone_id,
    proof.kind,
    proof.title_{lang},
    proof.url,
    proof.dated_on
from evidence as proof
join update_items as item on item.update_item_id = proof.update_item_id
join updates as report on report.update_id = item.update_id
where proof.archived_url is null
order by proof.evidence_id
"""
