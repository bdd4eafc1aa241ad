"""Which outcomes, groups and promised results have no data?"""

NUMBER = 16
NEEDS = (
    "outcomes",
    "disaggregation_gaps",
    "outcome_indicators",
    "codelists",
    "measures",
    "indicator_measures",
    "targets",
    "data_availability",
)
SQL = """
select
    outcome.title_{lang},
    outcome.outcome_id,
    null as population_id,
    null as indicator_id,
    outcome.indicator_gap,
    null as disaggregation_state,
    outcome.illustrative,
    null as commitment_id,
    null as measure_id,
    null as target_value,
    null as target_value_to,
    null as unit,
    null as period,
    null as note_{lang},
    null as target_origin
from outcomes as outcome
where not exists (
    select 1
    from outcome_indicators as link
    join codelists as decided on decided.list = 'indicator_decisions' and decided.code = link.decision
    join data_availability as there on there.indicator_id = link.indicator_id
    where link.outcome_id = outcome.outcome_id and decided.means = 'adopted' and there.year_count > 0
)
union all
select
    gap.name_{lang},
    gap.outcome_id,
    gap.population_id,
    gap.indicator_id,
    null,
    gap.disaggregation_state,
    gap.illustrative,
    null,
    null,
    null,
    null,
    null,
    null,
    null as note_{lang},
    null
from disaggregation_gaps as gap
where gap.is_gap
union all
select
    target.name_{lang},
    null,
    null,
    null,
    null,
    null,
    null,
    target.commitment_id,
    target.measure_id,
    target.value,
    target.value_to,
    target.unit,
    target.period,
    target.note_{lang},
    (
        select group_concat(distinct aim.origin)
        from indicator_measures as link
        join targets as aim on aim.indicator_id = link.indicator_id
        where link.measure_id = target.measure_id and aim.target_value = target.value
    )
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
order by outcome_id nulls last, population_id, indicator_id, measure_id
"""
