"""Who approved the change?"""

NUMBER = 18
NEEDS = ("date_changes", "update_items", "updates", "amendments")
SQL = """
select
    report.reported_on,
    report.organisation_id,
    report.commitment_id,
    move.milestone_id,
    move.decision_{lang},
    'date_changes' as record_table
from date_changes as move
join updates as report on report.update_id = move.update_id
union all
select
    report.reported_on,
    report.organisation_id,
    report.commitment_id,
    item.milestone_id,
    item.decision_{lang},
    'update_items'
from update_items as item
join updates as report on report.update_id = item.update_id
where item.status in ('withdrawn', 'continued_in')
union all
select
    amendment.dated_on,
    null,
    amendment.commitment_id,
    null,
    amendment.decision_{lang},
    'amendments'
from amendments as amendment
order by reported_on desc, commitment_id, milestone_id, record_table
"""
