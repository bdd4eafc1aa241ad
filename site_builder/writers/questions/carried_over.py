"""What became of leftovers in the next plan?"""

NUMBER = 9
NEEDS = (
    "commitment_links",
    "update_items",
    "updates",
)
SQL = """
select
    commitment_id as from_id,
    relation,
    target as to_id,
    inferred
from commitment_links
union
select
    coalesce(item.milestone_id, report.commitment_id),
    'continued_by',
    item.continued_in_id,
    0
from update_items as item
join updates as report on report.update_id = item.update_id
where item.continued_in_id is not null
order by from_id, relation, to_id
"""
