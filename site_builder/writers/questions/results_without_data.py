"""Which promised results have no data?"""

NUMBER = 16
NEEDS = ("measures",)
SQL = """
select
    target.commitment_id,
    target.measure_id,
    target.name_{lang},
    target.unit,
    target.period
from measures as target
where target.kind = 'target'
    and not exists (
        select 1
        from measures as observed
        where observed.kind = 'observation'
            and observed.commitment_id = target.commitment_id
            and observed.name_{lang} is target.name_{lang}
    )
order by target.measure_id
"""
