"""Which promises were reworded?"""

NUMBER = 4
NEEDS = ("events", "commitment_summary")
SQL = """
select
    event.published_on,
    event.record_id,
    event.field,
    event.old_value,
    event.new_value,
    summary.as_adopted_sha256
from events as event
left join commitment_summary as summary on summary.commitment_id = event.commitment_id
where event.kind in ('text_changed', 'correction') and event.table_name in ('commitments', 'milestones')
    and event.field not like 'note%' and event.field not like 'brief%'
order by event.published_on desc, event.event_id
"""
