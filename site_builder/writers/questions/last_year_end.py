"""How did the promises stand at the last year end of their plan?"""

NUMBER = 11
NEEDS = (
    "milestone_state",
    "milestones",
    "commitments",
)
SQL = """
with last_year_end as (
    select commitment.plan_id, max(state.period_end) as period_end
    from milestone_state as state
    join milestones as milestone on milestone.milestone_id = state.milestone_id
    join commitments as commitment on commitment.commitment_id = milestone.commitment_id
    where strftime('%m-%d', state.period_end) = '12-31'
    group by commitment.plan_id
)
select
    last_year_end.plan_id,
    last_year_end.period_end,
    state.schedule_status,
    count(*) as milestone_count
from last_year_end
join commitments as commitment on commitment.plan_id = last_year_end.plan_id
join milestones as milestone on milestone.commitment_id = commitment.commitment_id
join milestone_state as state
    on state.milestone_id = milestone.milestone_id and state.period_end = last_year_end.period_end
group by last_year_end.plan_id, state.schedule_status
order by last_year_end.plan_id, milestone_count desc, state.schedule_status
"""
