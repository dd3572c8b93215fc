"""One firm explained by every standard in force for enterprises, every step with its clause.

    make bench NAME=explain

One JSON line per figure: a firm that knows every fact, and firms that lack every second one. The peer, in the same run, is
the bare verdict of the same standards (`assess`, no sentence). Milliseconds of CPU, the median over many firms: the machine
has other work.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from luming.standards import Catalogue, Facts, Standard, Subject, assess, explain, read_firms
from standards import catalogue_of
from standards_firms import write_firms

AS_OF = dt.date(2026, 6, 1)
FIRMS = 40


def firms(catalogue: Catalogue, chosen: Sequence[Standard]) -> list[Facts]:
    """Invented firms that know the most of what the standards ask: all but figures that stand in for others."""
    asked = {key: item for standard in chosen for key, item in standard.inputs.items()}
    with tempfile.TemporaryDirectory(prefix="luming-bench-") as home:
        path, table = Path(home) / "firms.parquet", Path(home) / "firms.csv"
        write_firms(path, asked, FIRMS * 4)
        duckdb.sql(f"COPY (FROM '{path}') TO '{table}' (HEADER)")
        rows = read_firms(table, catalogue.inputs).rows
    return sorted((row.facts for row in rows), key=len, reverse=True)[:FIRMS]


def median(
    call: Callable[[Standard, Facts, dt.date], object], chosen: Sequence[Standard], rows: Sequence[Facts]
) -> float:
    """Milliseconds of CPU for one firm by all standards."""
    found = []
    for facts in rows:
        start = time.process_time()
        for standard in chosen:
            call(standard, facts, AS_OF)
        found.append((time.process_time() - start) * 1000)
    return statistics.median(found)


def main() -> None:
    """Measure and print."""
    catalogue = catalogue_of()
    chosen = catalogue.all_in_force(AS_OF, Subject.ENTERPRISE)
    complete = firms(catalogue, chosen)
    half = [{key: fact for at, (key, fact) in enumerate(sorted(row.items())) if at % 2} for row in complete]
    for name, rows in (("complete", complete), ("half_missing", half)):
        value, peer = median(explain, chosen, rows), median(assess, chosen, rows)
        print(
            json.dumps(
                {
                    "name": f"explain.{name}",
                    "value": round(value, 2),
                    "unit": "ms",
                    "peer": "the bare verdicts",
                    "peer_value": round(peer, 2),
                    "ratio": round(peer / value, 2),
                    "size": f"{len(chosen)} standards, median of {len(rows)} firms with {len(rows[0])} facts",
                    "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                }
            ),
            flush=True,
        )


if __name__ == "__main__":
    main()
