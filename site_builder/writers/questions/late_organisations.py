"""Which organisation is latest on its deadlines?"""

NUMBER = 1
NEEDS = ("organisation_summary", "organisations", "milestones")
SQL = """
select
    summary.organisation_id,
    organisation.name_{lang},
    summary.milestone_assessed_count,
    summary.milestone_overdue_count,
    summary.overdue_pct,
    summary.days_overdue_median,
    summary.days_overdue_max,
    summary.supported_overdue_count
from organisation_summary as summary
join organisations as organisation on organisation.organisation_id = summary.organisation_id
where summary.milestone_assessed_count > 0
order by summary.overdue_pct desc, summary.days_overdue_max desc, summary.organisation_id
"""
