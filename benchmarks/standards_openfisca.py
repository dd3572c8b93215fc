"""The standard for technology-based SMEs on OpenFisca, whole columns at a time, as its users write it.

Runs in the environment of the peers: python standards_openfisca.py FIRMS.parquet OUT.parquet. OpenFisca counts in 32-bit
binary numbers and has no unknown: what is missing is 0 or false.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERIOD = "2026"
NUMBERS = [
    "tech_staff",
    "employees",
    "rd",
    "revenue",
    "cost_and_expense",
    "total_assets",
    "class1_ip",
    "class2_ip",
]
FLAGS = [
    "resident_in_china",
    "prohibited_products",
    "major_accident",
    "serious_environmental_offence",
    "research_dishonesty",
    "abnormal_list",
    "illegal_list",
    "audited_collection",
    "rd_bookable",
    "no_deduction_industry",
    "hnte_valid",
    "national_award_5y_top3",
    "standard_lead_5y",
    "high_rd_body",
]
ENTITY = build_entity(key="firm", plural="firms", label="firm", is_person=True)


def variable(name: str, kind: type, formula: Any = None) -> type[Variable]:
    """A variable of a year."""
    body = {"value_type": kind, "entity": ENTITY, "definition_period": DateUnit.YEAR, "label": name}
    return type(name, (Variable,), body | ({"formula": formula} if formula else {}))


def share(top: str, bottom: str) -> Any:
    """A quotient, 0 where the denominator is."""

    def formula(firm: Any, period: Any) -> Any:
        below = firm(bottom, period)
        return np.divide(firm(top, period), below, out=np.zeros_like(below, dtype=float), where=below != 0)

    return formula


def steps(of: str, edges: list[float], points: list[int]) -> Any:
    """Points by bands."""

    def formula(firm: Any, period: Any) -> Any:
        value = firm(of, period)
        return np.select([value >= edge for edge in edges], points, 0)

    return formula


def rights(firm: Any, period: Any) -> Any:
    """Points for intellectual property."""
    second = firm("class2_ip", period)
    return np.select(
        [firm("class1_ip", period) >= 1, *(second >= n for n in (4, 3, 2, 1))], [30, 24, 18, 12, 6], 0
    )


def verdict(firm: Any, period: Any) -> Any:
    """Whether the firm qualifies."""

    def not_(*names: str) -> Any:
        return ~np.logical_or.reduce([firm(name, period) for name in names])

    def any_(*names: str) -> Any:
        return np.logical_or.reduce([firm(name, period) for name in names])

    size = (
        (firm("employees", period) <= 500)
        & (firm("revenue", period) <= 20000)
        & (firm("total_assets", period) <= 20000)
    )
    total = (
        firm("staff", period)
        + np.maximum(firm("by_sales", period), firm("by_cost", period))
        + firm("ip", period)
    )
    score = (total >= 60) & (firm("staff", period) > 0)
    clean = not_(*FLAGS[1:7], "no_deduction_industry")
    basis = (
        firm("resident_in_china", period) & firm("audited_collection", period) & firm("rd_bookable", period)
    )
    return (
        size
        & clean
        & basis
        & (any_("hnte_valid", "national_award_5y_top3", "standard_lead_5y", "high_rd_body") | score)
    )


def system() -> TaxBenefitSystem:
    """The rules."""
    found = TaxBenefitSystem([ENTITY])
    for name in NUMBERS:
        found.add_variable(variable(name, float))
    for name in FLAGS:
        found.add_variable(variable(name, bool))
    found.add_variable(variable("staff_share", float, share("tech_staff", "employees")))
    found.add_variable(variable("sales_share", float, share("rd", "revenue")))
    found.add_variable(variable("cost_share", float, share("rd", "cost_and_expense")))
    found.add_variable(
        variable("staff", float, steps("staff_share", [0.3, 0.25, 0.2, 0.15, 0.1], [20, 16, 12, 8, 4]))
    )
    found.add_variable(
        variable(
            "by_sales", float, steps("sales_share", [0.06, 0.05, 0.04, 0.03, 0.02], [50, 40, 30, 20, 10])
        )
    )
    found.add_variable(
        variable("by_cost", float, steps("cost_share", [0.3, 0.25, 0.2, 0.15, 0.1], [50, 40, 30, 20, 10]))
    )
    found.add_variable(variable("ip", float, rights))
    found.add_variable(variable("passes", bool, verdict))
    return found


def main(source: str, target: str) -> None:
    """Time reading, reckoning and writing."""
    rules = system()
    start, used = time.perf_counter(), time.process_time()
    columns = [*NUMBERS, *(name for name in FLAGS if name != "high_rd_body"), "rd_body_level", "id"]
    table = pq.read_table(source, columns=columns)
    simulation = SimulationBuilder().build_default_simulation(rules, table.num_rows)
    for name in NUMBERS:
        simulation.set_input(name, PERIOD, np.nan_to_num(table[name].cast(pa.float64()).to_numpy()))
    for name in FLAGS[:-1]:
        simulation.set_input(name, PERIOD, table[name].fill_null(False).to_numpy())
    level = table["rd_body_level"].to_numpy(zero_copy_only=False)
    simulation.set_input("high_rd_body", PERIOD, np.isin(level.astype(str), ["国家级", "省部级"]))
    passes = simulation.calculate("passes", PERIOD)
    total = simulation.calculate("staff", PERIOD) + simulation.calculate("ip", PERIOD)
    pq.write_table(pa.table({"id": table["id"], "passes": passes, "points": total}), target)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{int(passes.sum())} pass", file=sys.stderr)
    print(json.dumps([seconds, time.process_time() - used, peak]))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
