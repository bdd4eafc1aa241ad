"""Who approved the change?"""

NUMBER = 18
NEEDS = ("date_changes", "update_items", "updates", "amendments", "events")
SQL = """
select
    report.reported_on,
    report.organisation_id,
    report.commitment_id,
    move.milestone_id,
    move.decision_{lang},
    'date_changes' as record_table,
    null as field,
    null as old_value,
    null as new_value,
    null as commit_id,
    null as pull_request
from date_changes as move
join updates as report on report.update_id = move.update_id
union all
select
    report.reported_on,
    report.organisation_id,
    report.commitment_id,
    item.milestone_id,
    item.decision_{lang},
    'update_items',
    null,
    null,
    null,
    null,
    null
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
    'amendments',
    null,
    null,
    null,
    null,
    null
from amendments as amendment
union all
select distinct
    event.published_on,
    null,
    event.commitment_id,
    event.milestone_id,
    null as decision_{lang},
    event.table_name,
    event.field,
    event.old_value,
    event.new_value,
    event.commit_id,
    event.pull_request
from events as event
where event.table_name in ('plans', 'commitments', 'milestones')
    and event.kind in ('withdrawn', 'date_moved', 'text_changed', 'value_changed', 'correction')
    and (event.field is null or event.field not like 'note%' and event.field not like 'brief%'
        and event.field <> 'provenance')
order by reported_on desc, commitment_id, milestone_id, record_table, field, commit_id
"""
