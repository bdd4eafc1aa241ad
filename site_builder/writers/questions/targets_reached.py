"""Were the promised numbers reached?"""

NUMBER = 15
NEEDS = ("measures",)
SQL = """
select
    target.commitment_id,
    target.name_{lang},
    target.comparison,
    target.value as target_value,
    target.value_text_{lang},
    target.unit,
    target.period as target_period,
    baseline.value as baseline_value,
    observed.value as observed_value,
    observed.period as observed_period,
    round(100.0 * (observed.value - baseline.value) / nullif(target.value - baseline.value, 0), 1) as way_pct
from measures as target
left join measures as baseline on baseline.measure_id = (
    select measure_id
    from measures as earlier
    where earlier.kind = 'baseline'
        and earlier.commitment_id = target.commitment_id
        and earlier.name_{lang} is target.name_{lang}
    order by earlier.period desc, earlier.measure_id
    limit 1
)
left join measures as observed on observed.measure_id = (
    select measure_id
    from measures as later
    where later.kind = 'observation'
        and later.commitment_id = target.commitment_id
        and later.name_{lang} is target.name_{lang}
    order by later.period desc, later.measure_id
    limit 1
)
where target.kind = 'target'
order by observed.value is null, target.measure_id
"""
