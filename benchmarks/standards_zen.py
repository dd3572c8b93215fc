"""The standard for technology-based SMEs as a ZEN decision: three scoring tables and the conditions, firm by firm.

Runs in the environment of the peers: python standards_zen.py FIRMS.parquet COUNT. Rows with facts missing are left out,
for a decision table has no unknown.
"""

from __future__ import annotations

import itertools
import json
import resource
import sys
import time

import pyarrow.parquet as pq
import zen

TABLES = {
    "staff": ("tech_staff / employees", [("0.3", 20), ("0.25", 16), ("0.2", 12), ("0.15", 8), ("0.1", 4)]),
    "by_sales": ("rd / revenue", [("0.06", 50), ("0.05", 40), ("0.04", 30), ("0.03", 20), ("0.02", 10)]),
    "by_cost": ("rd / cost_and_expense", [("0.3", 50), ("0.25", 40), ("0.2", 30), ("0.15", 20), ("0.1", 10)]),
}
VERDICT = (
    "resident_in_china and employees <= 500 and revenue <= 20000 and total_assets <= 20000 and not prohibited_products"
    " and not major_accident and not serious_environmental_offence and not research_dishonesty and not abnormal_list"
    " and not illegal_list and audited_collection and rd_bookable and not no_deduction_industry"
    " and (hnte_valid or national_award_5y_top3 or rd_body_level in ['国家级', '省部级'] or standard_lead_5y"
    " or (staff + max([by_sales, by_cost]) + ip >= 60 and staff > 0))"
)
COLUMNS = [
    "tech_staff",
    "employees",
    "rd",
    "revenue",
    "cost_and_expense",
    "total_assets",
    "class1_ip",
    "class2_ip",
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
    "rd_body_level",
    "standard_lead_5y",
]


def decision() -> dict[str, object]:
    """The graph: tables one after the other, then the verdict."""
    nodes: list[dict[str, object]] = [{"id": "in", "type": "inputNode", "name": "in"}]
    tables = {
        key: (of, [(f">= {edge}", points) for edge, points in bands]) for key, (of, bands) in TABLES.items()
    }
    tables["ip"] = (
        "class1_ip >= 1 ? 9 : class2_ip",
        [(">= 9", 30), (">= 4", 24), (">= 3", 18), (">= 2", 12), (">= 1", 6)],
    )
    for key, (of, bands) in tables.items():
        rules = [
            {"_id": f"{key}{at}", "i": when, "o": str(points)}
            for at, (when, points) in enumerate([*bands, ("", 0)])
        ]
        content = {
            "hitPolicy": "first",
            "inputs": [{"id": "i", "name": "of", "field": of}],
            "outputs": [{"id": "o", "name": key, "field": key}],
            "rules": rules,
            "passThrough": True,
        }
        nodes.append({"id": key, "type": "decisionTableNode", "name": key, "content": content})
    last = {"expressions": [{"id": "e", "key": "pass", "value": VERDICT}], "passThrough": False}
    nodes.append({"id": "verdict", "type": "expressionNode", "name": "verdict", "content": last})
    nodes.append({"id": "out", "type": "outputNode", "name": "out"})
    order = [str(node["id"]) for node in nodes]
    edges = [
        {"id": f"{one}-{other}", "type": "edge", "sourceId": one, "targetId": other}
        for one, other in itertools.pairwise(order)
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def main(source: str, count: int) -> None:
    """Time the firms in one batch, which the engine spreads over its own threads."""
    table = pq.read_table(source, columns=list(COLUMNS)).slice(0, count * 2)
    rows = [row for row in table.to_pylist() if None not in row.values()][:count]
    firms = [
        {key: value if isinstance(value, bool | int | str) else float(value) for key, value in row.items()}
        for row in rows
    ]
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"tech_sme": decision()}}})
    requests = [{"key": "tech_sme", "context": firm} for firm in firms]
    assert isinstance(engine.evaluate("tech_sme", firms[0])["result"]["pass"], bool)
    start, used = time.perf_counter(), time.process_time()
    passed = sum(found["data"]["result"]["pass"] for found in engine.evaluate_batch(requests))
    seconds = (time.perf_counter() - start) * count / len(firms)
    print(f"{passed} of {len(firms)} pass", file=sys.stderr)
    print(
        json.dumps(
            [seconds, time.process_time() - used, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
