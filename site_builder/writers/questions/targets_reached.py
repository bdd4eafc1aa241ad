"""Were the promised numbers reached?"""

NUMBER = 15
NEEDS = ("measures", "indicator_measures", "targets", "observations", "data_availability")
TELLS = ("observed_value", "indicator_value")
SQL = """
select
    target.commitment_id,
    target.name_{lang},
    target.value as target_value,
    target.unit,
    observed.value as observed_value,
    observed.period as observed_period,
    round(100.0 * (observed.value - baseline.value) / nullif(target.value - baseline.value, 0), 1) as way_pct,
    latest.value as indicator_value,
    latest.period as indicator_period,
    target.period as target_period,
    baseline.value as baseline_value,
    target.comparison,
    target.value_to as target_value_to,
    target.value_text_{lang},
    (
        select group_concat(distinct aim.origin)
        from indicator_measures as link
        join targets as aim on aim.indicator_id = link.indicator_id
        where link.measure_id = target.measure_id and aim.target_value = target.value
    ) as target_origin,
    target.note_{lang},
    link.indicator_id
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
left join indicator_measures as link on link.measure_id = target.measure_id and link.indicator_id = (
    select min(other.indicator_id)
    from indicator_measures as other
    where other.measure_id = target.measure_id
)
left join observations as latest on latest.observation_id = (
    select observation_id
    from observations as known
    join data_availability as main on main.series_id = known.series_id
    where main.indicator_id = link.indicator_id and known.value is not null
    order by known.period desc, known.observation_id
    limit 1
)
where target.kind = 'target'
order by observed.value is null, latest.value is null, target.measure_id
"""
