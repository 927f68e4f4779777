"""Topics to Findings: how claims about one measure relate."""

from consistency.judgement.settings import JudgeSettings
from consistency.judgement.stage import judge

__all__ = ["JudgeSettings", "judge"]
