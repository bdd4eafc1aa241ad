"""Which promised results have no data?"""

NUMBER = 16
NEEDS = ("measures", "indicator_measures", "targets", "data_availability")
SQL = """
select
    target.commitment_id,
    target.measure_id,
    target.name_{lang},
    target.unit,
    target.period,
    target.note_{lang},
    target.value as target_value,
    target.value_to as target_value_to,
    (
        select group_concat(distinct aim.origin)
        from indicator_measures as link
        join targets as aim on aim.indicator_id = link.indicator_id
        where link.measure_id = target.measure_id and aim.target_value = target.value
    ) as target_origin
from measures as target
where target.kind = 'target'
    and not exists (
        select 1
        from measures as observed
        where observed.kind = 'observation'
            and observed.commitment_id = target.commitment_id
            and observed.name_{lang} is target.name_{lang}
    )
    and not exists (
        select 1
        from indicator_measures as link
        join data_availability as there on there.indicator_id = link.indicator_id
        where link.measure_id = target.measure_id and there.year_count > 0
    )
order by target.measure_id
"""
