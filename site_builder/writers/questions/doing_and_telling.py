"""How long does it take from doing to telling?"""

NUMBER = 12
NEEDS = (
    "milestone_schedule",
    "update_items",
    "milestones",
)
SQL = """
select
    schedule.milestone_id,
    milestone.title_{lang},
    schedule.completed_on,
    schedule.completion_reported_on,
    schedule.days_to_report
from milestone_schedule as schedule
join milestones as milestone on milestone.milestone_id = schedule.milestone_id
where schedule.days_to_report is not null
order by schedule.days_to_report desc, schedule.milestone_id
"""
