"""How much of each plan was completed?"""

NUMBER = 10
NEEDS = ("plan_completion", "plans")
SQL = """
select
    plan.plan_id,
    plan.short_title_{lang},
    completion.basis,
    completion.completion,
    completion.count,
    completion.total,
    completion.assessment_id
from plan_completion as completion
join plans as plan on plan.plan_id = completion.plan_id
order by plan.number, completion.basis, completion.completion
"""
