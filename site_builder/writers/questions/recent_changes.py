"""What changed in the last six months?"""

NUMBER = 2
NEEDS = ("happenings",)
SQL = """
select
    happened_on,
    kind,
    commitment_id,
    milestone_id,
    old_value,
    new_value,
    record_id
from happenings
where happened_on between date((select as_of from about), '-6 months') and (select as_of from about)
order by happened_on desc, happening_id
"""
