"""Which civil-society organisations take part in what?"""

NUMBER = 14
NEEDS = ("commitment_organisations", "organisations", "commitments")
SQL = """
select
    part.organisation_id,
    organisation.name_{lang},
    coalesce(commitment.title_{lang}, commitment.title_ogp_{lang}) as title_{lang},
    part.commitment_id
from commitment_organisations as part
join organisations as organisation on organisation.organisation_id = part.organisation_id
join commitments as commitment on commitment.commitment_id = part.commitment_id
where part.role = 'civil_society'
order by part.organisation_id, part.commitment_id
"""
