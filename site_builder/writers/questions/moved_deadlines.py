"""Which promises were quietly moved?"""

NUMBER = 3
NEEDS = ("milestone_schedule", "date_changes", "updates", "events")
SQL = """
select
    schedule.milestone_id,
    report.reported_on as reported_on,
    move.old_due,
    move.new_due,
    cast(julianday(move.new_due) - julianday(move.old_due) as integer) as moved_days,
    report.reported_on > move.old_due as moved_after_due,
    move.reason_{lang},
    move.decision_{lang},
    schedule.slippage_days,
    null as commit_id
from date_changes as move
join updates as report on report.update_id = move.update_id
join milestone_schedule as schedule on schedule.milestone_id = move.milestone_id
union all
select
    event.milestone_id,
    event.published_on,
    event.old_value,
    event.new_value,
    event.days,
    event.published_on > event.old_value,
    null as reason_{lang},
    null as decision_{lang},
    null,
    event.commit_id
from events as event
where event.kind = 'date_moved' and event.table_name = 'milestones' and event.field like 'due%'
order by moved_after_due desc, moved_days desc, milestone_id, reported_on
"""
