"""What was planned, and what was spent?"""

NUMBER = 20
NEEDS = ("budgets",)
SQL = """
select
    commitment_id,
    fiscal_year,
    currency,
    sum(amount) filter (where stage = 'planned') as planned_amount,
    sum(amount) filter (where stage = 'authorised') as authorised_amount,
    sum(amount) filter (where stage = 'contracted') as contracted_amount,
    sum(amount) filter (where stage = 'paid') as paid_amount
from budgets
group by commitment_id, fiscal_year, currency
order by commitment_id, fiscal_year, currency
"""
