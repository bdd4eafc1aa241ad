"""Which obstacles are named most?"""

NUMBER = 13
NEEDS = ("update_items", "updates")
SQL = """
select
    item.obstacle_code,
    report.organisation_id,
    strftime('%Y', report.reported_on) as reported_year,
    count(*) as item_count
from update_items as item
join updates as report on report.update_id = item.update_id
where item.obstacle_code is not null
group by item.obstacle_code, report.organisation_id, reported_year
order by item_count desc, reported_year desc, item.obstacle_code, report.organisation_id
"""
