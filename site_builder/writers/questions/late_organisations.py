"""Which lead organisations are latest on their deadlines?"""

NEEDS = ("organisation_summary", "organisations", "milestone_schedule", "commitment_organisations")
SQL = """
with late as (
    select lead.organisation_id, schedule.days_overdue
    from milestone_schedule as schedule
    join commitment_organisations as lead on lead.commitment_id = schedule.commitment_id and lead.role = 'lead'
    where schedule.days_overdue > 0
)
select
    summary.organisation_id,
    organisation.name_en,
    organisation.name_mn,
    summary.milestone_led_count,
    summary.milestone_overdue_count,
    max(late.days_overdue) as most_days_overdue
from organisation_summary as summary
join organisations as organisation on organisation.organisation_id = summary.organisation_id
left join late on late.organisation_id = summary.organisation_id
where summary.milestone_led_count > 0
group by summary.organisation_id
order by summary.milestone_overdue_count desc, most_days_overdue desc, summary.organisation_id
"""
