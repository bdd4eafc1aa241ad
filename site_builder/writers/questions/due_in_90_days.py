"""What is due in the next 90 days?"""

NUMBER = 7
NEEDS = (
    "milestone_schedule",
    "milestones",
)
SQL = """
select
    schedule.milestone_id,
    milestone.title_{lang},
    schedule.due_current,
    schedule.days_to_due,
    schedule.official_status
from milestone_schedule as schedule
join milestones as milestone on milestone.milestone_id = schedule.milestone_id
where schedule.days_to_due between 0 and 90
order by schedule.due_current, schedule.milestone_id
"""
