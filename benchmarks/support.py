"""A million firms and every item of support in force: verdicts, money, totals within stacks and caps, Parquet to Parquet.

    make bench NAME=support

One JSON line per figure. The peer, in the same run, reads and writes the same file and does nothing else. Each runs in a process of
its own with two threads and at most 2 GB for the database. `one_firm` is what the calculator answers for one firm, beside the
verdicts of the same standards without stacking, caps and questions.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from luming.standards import Input, assess, read_firms
from luming.support import Catalogue, Receiver, entitle_table, entitlements, next_question, read_support
from standards_firms import write_firms

AS_OF = dt.date(2025, 6, 1)
FIRMS = int(os.environ.get("FIRMS", "1000000"))
PACKS = Path(__file__).resolve().parent.parent / "packs"


def catalogue_of() -> Catalogue:
    """All items of the packs."""
    return read_support(path for path in sorted(PACKS.iterdir()) if path.is_dir())


def asked(catalogue: Catalogue) -> dict[str, Input]:
    """The facts that the items in force ask."""
    return {
        key: fact
        for item in catalogue.in_force(AS_OF, Receiver.ENTERPRISE)
        if (standard := item.standard_on(AS_OF)) is not None
        for key, fact in standard.inputs.items()
        if key not in {figure.key for figure in standard.figures}
    }


def run(what: str, source: Path, target: Path) -> None:
    """One figure, in this process; prints seconds, CPU seconds and the peak in MB."""
    catalogue = catalogue_of()
    start, before = time.perf_counter(), time.process_time()
    if what == "floor":
        connection = duckdb.connect(
            config={"threads": 2, "memory_limit": "2GB", "preserve_insertion_order": False}
        )
        connection.execute(f"COPY (FROM '{source}') TO '{target}' (FORMAT parquet)")
    else:
        entitle_table(catalogue, source, target, AS_OF, check=False)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([time.perf_counter() - start, time.process_time() - before, peak]))


def own(what: str, source: Path, target: Path) -> tuple[float, float, float]:
    """A figure of this file in a process of its own."""
    command = [sys.executable, str(Path(__file__).resolve()), what, str(source), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    seconds, cpu, peak = json.loads(done.stdout.strip().splitlines()[-1])
    return seconds, cpu, peak


def one_firm(catalogue: Catalogue, table: Path) -> None:
    """Milliseconds of CPU for one answer of the calculator; every second fact is missing."""
    rows = [row.facts for row in read_firms(table, catalogue.inputs).rows]
    rows = [{key: fact for at, (key, fact) in enumerate(row.items()) if at % 2} for row in rows]
    standards = [
        found
        for item in catalogue.in_force(AS_OF, Receiver.ENTERPRISE)
        if (found := item.standard_on(AS_OF)) is not None
    ]
    whole, bare = [], []
    for facts in rows:
        start = time.process_time()
        next_question(entitlements(catalogue, facts, AS_OF, receiver=Receiver.ENTERPRISE), facts)
        middle = time.process_time()
        for standard in standards:
            assess(standard, facts, AS_OF)
        whole.append((middle - start) * 1000)
        bare.append((time.process_time() - middle) * 1000)
    tell(
        "one_firm", statistics.median(whole), "ms", "the bare verdicts", statistics.median(bare),
        f"{len(standards)} items, every second fact missing", 0,
    )  # fmt: skip


def tell(
    name: str, value: float, unit: str, peer: str, other: float, size: str, memory: float, **more: object
) -> None:
    """Print one figure."""
    line = {
        "name": f"support.{name}", "value": round(value, 2), "unit": unit, "peer": peer, "peer_value": round(other, 2),
        "ratio": round(other / value, 2), "size": size, "memory_mb": round(memory), **more,
    }  # fmt: skip
    print(json.dumps(line, ensure_ascii=False), flush=True)


def main() -> None:
    """Make the firms, measure, print."""
    catalogue = catalogue_of()
    items = catalogue.in_force(AS_OF, Receiver.ENTERPRISE)
    facts = asked(catalogue)
    with tempfile.TemporaryDirectory(prefix="luming-bench-") as home:
        source, target, few = (Path(home) / name for name in ("firms.parquet", "out.parquet", "few.csv"))
        write_firms(source, facts, FIRMS)
        duckdb.sql(f"COPY (FROM '{source}' LIMIT 60) TO '{few}' (HEADER)")
        least, all_ = own("floor", source, target), own("all", source, target)
        tell(
            "all_items", all_[0], "s", "plain scan and write of the same file (floor)", least[0],
            f"{FIRMS} firms x {len(facts)} facts x {len(items)} items", all_[2],
            cpu=round(all_[1], 2), floor_cpu=round(least[1], 2),
        )  # fmt: skip
        one_firm(catalogue, few)


if __name__ == "__main__":
    if len(sys.argv) == 4:
        run(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
