"""Which promises were quietly moved?"""

NUMBER = 3
NEEDS = ("milestone_schedule", "date_changes", "updates")
SQL = """
select
    schedule.milestone_id,
    report.reported_on,
    move.old_due,
    move.new_due,
    cast(julianday(move.new_due) - julianday(move.old_due) as integer) as moved_days,
    report.reported_on > move.old_due as moved_after_due,
    move.reason_{lang},
    move.decision_{lang},
    schedule.slippage_days
from date_changes as move
join updates as report on report.update_id = move.update_id
join milestone_schedule as schedule on schedule.milestone_id = move.milestone_id
order by moved_after_due desc, moved_days desc, schedule.milestone_id, report.reported_on
"""
