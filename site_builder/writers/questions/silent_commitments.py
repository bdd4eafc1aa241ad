"""Who has not reported for six months?"""

NUMBER = 8
NEEDS = ("freshness", "commitment_summary", "commitments", "plan_summary", "commitment_organisations")
SQL = """
select
    summary.commitment_id,
    coalesce(commitment.title_{lang}, commitment.title_ogp_{lang}) as title_{lang},
    (
        select group_concat(role.organisation_id, ', ')
        from commitment_organisations as role
        where role.commitment_id = summary.commitment_id and role.role = 'lead'
    ) as lead_ids,
    summary.reported_on,
    summary.days_since_update,
    plan.ended
from commitment_summary as summary
join freshness on freshness.commitment_id = summary.commitment_id and not freshness.is_fresh
join plan_summary as plan on plan.plan_id = summary.plan_id
join commitments as commitment on commitment.commitment_id = summary.commitment_id
order by plan.ended, summary.days_since_update is not null, summary.days_since_update desc, summary.commitment_id
"""
