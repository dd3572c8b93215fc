"""政策评估报告: the half-yearly and yearly evaluation as one paper for Word, PDF and page."""

from luming.report.evaluation.paper import compose_evaluation

__all__ = ["compose_evaluation"]
