"""What changed in the last six months?"""

NUMBER = 2
NEEDS = ("events", "happenings", "codelists")
SQL = """
select
    event.published_on,
    kind.label_{lang},
    event.table_name,
    event.record_id,
    event.field,
    event.old_value,
    event.new_value,
    event.reason,
    event.commit_id
from events as event
join codelists as kind on kind.list = 'event_kinds' and kind.code = event.kind
where event.published_on between date((select as_of from about), '-6 months') and (select as_of from about)
    and event.table_name not in ('codelists', 'glossary', 'site', 'languages')
    and (event.kind <> 'added' or event.table_name in ('plans', 'commitments', 'updates', 'assessments'))
union all
select
    happening.happened_on,
    kind.label_{lang},
    happening.record_table,
    happening.record_id,
    null,
    happening.old_value,
    happening.new_value,
    null,
    null
from happenings as happening
join codelists as kind on kind.list = 'happening_kinds' and kind.code = happening.kind
where happening.happened_on between date((select as_of from about), '-6 months') and (select as_of from about)
order by published_on desc, table_name, record_id, field
"""
