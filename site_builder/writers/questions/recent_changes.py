"""What changed in the last six months?"""

NUMBER = 2
NEEDS = ("events", "happenings", "commitments", "codelists")
ASIDE = ("table_name", "field", "old_value", "new_value", "commit_id")
"""The codes of what stands before them in words."""
SQL = """
select
    event.published_on,
    kind.label_{lang},
    coalesce(promise.title_{lang}, promise.title_ogp_{lang}) as title_{lang},
    event.record_id as record_id,
    coalesce(meant.label_{lang}, event.field) as field_name_{lang},
    coalesce(old.label_{lang}, event.old_value) as before_{lang},
    coalesce(new.label_{lang}, event.new_value) as after_{lang},
    event.reason,
    event.table_name as table_name,
    event.field as field,
    event.old_value,
    event.new_value,
    event.commit_id
from events as event
join codelists as kind on kind.list = 'event_kinds' and kind.code = event.kind
left join commitments as promise on promise.commitment_id = event.commitment_id
left join data_dictionary as meant on meant.table_name = event.table_name and meant.column_name = event.field
left join codelists as old on old.list = meant.codelist and old.code = event.old_value
left join codelists as new on new.list = meant.codelist and new.code = event.new_value
where event.published_on between date((select as_of from about), '-6 months') and (select as_of from about)
    and event.table_name not in ('codelists', 'glossary', 'site', 'languages')
    and (event.kind <> 'added' or event.table_name in ('plans', 'commitments', 'updates', 'assessments'))
union all
select
    happening.happened_on,
    kind.label_{lang},
    coalesce(promise.title_{lang}, promise.title_ogp_{lang}) as title_{lang},
    happening.record_id,
    null as field_name_{lang},
    coalesce(old.label_{lang}, happening.old_value) as before_{lang},
    coalesce(new.label_{lang}, happening.new_value) as after_{lang},
    null,
    happening.record_table,
    null,
    happening.old_value,
    happening.new_value,
    null
from happenings as happening
join codelists as kind on kind.list = 'happening_kinds' and kind.code = happening.kind
left join commitments as promise on promise.commitment_id = happening.commitment_id
left join data_dictionary as meant on meant.table_name = happening.record_table
    and meant.column_name = case happening.kind when 'finding' then 'completion' when 'status_change' then 'status' end
left join codelists as old on old.list = meant.codelist and old.code = happening.old_value
left join codelists as new on new.list = meant.codelist and new.code = happening.new_value
where happening.happened_on between date((select as_of from about), '-6 months') and (select as_of from about)
order by published_on desc, table_name, record_id, field
"""
