"""Where do the government and the independent reviewers disagree?"""

NUMBER = 6
NEEDS = (
    "assessment_comparison",
    "updates",
    "assessment_findings",
    "commitments",
)
SQL = """
select
    comparison.commitment_id,
    coalesce(commitment.title_{lang}, commitment.title_ogp_{lang}) as title_{lang},
    comparison.government_status,
    comparison.government_completion,
    comparison.irm_completion,
    comparison.completion_gap,
    comparison.irm_assessment_id
from assessment_comparison as comparison
join commitments as commitment on commitment.commitment_id = comparison.commitment_id
where comparison.completion_gap <> 0
order by abs(comparison.completion_gap) desc, comparison.commitment_id
"""
