"""What is reported as completed without proof?"""

NUMBER = 5
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
    schedule.evidence_status,
    schedule.evidence_count,
    schedule.evidence_independent_count
from milestone_schedule as schedule
join milestones as milestone on milestone.milestone_id = schedule.milestone_id
where schedule.official_status = 'completed' and schedule.evidence_status in ('none', 'self_reported')
order by schedule.evidence_count, schedule.milestone_id
"""
