"""What is vague?"""

NUMBER = 19
NEEDS = ("assessment_findings", "milestones", "commitment_summary", "commitments")
SQL = """
select
    summary.commitment_id,
    coalesce(commitment.title_{lang}, commitment.title_ogp_{lang}) as title_{lang},
    (
        select count(*)
        from assessment_findings as finding
        where finding.commitment_id = summary.commitment_id and not finding.verifiable
    ) as unverifiable_count,
    summary.milestone_count - summary.milestone_dated_count as undated_count,
    summary.milestone_count
from commitment_summary as summary
join commitments as commitment on commitment.commitment_id = summary.commitment_id
where unverifiable_count > 0 or undated_count > 0
order by unverifiable_count desc, undated_count desc, summary.commitment_id
"""
