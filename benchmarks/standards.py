"""A million firms through six standards, from Parquet to Parquet, beside what others do with one of them.

    make bench NAME=standards

One JSON line per figure. Every figure runs in a process of its own over the same file, with two threads and at most 2 GB
for the database; `memory_mb` is the peak of that process. The floor reads and writes the same file and does nothing
else. The peers are installed into an environment of their own, kept between runs in the folder of caches: OpenFisca,
whole columns at a time as its users write it, and ZEN with its own batch call. OpenFisca counts in binary and takes a missing
fact for 0 or false; here every firm gets three values and low and high points, exactly. `tech_sme_floor` reads the facts of that
one standard and writes as many columns, and reckons nothing: no engine that goes from Parquet to Parquet is faster.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from luming.standards import Catalogue, Input, Standard, read_standards
from luming.standards.columnar import assess_table
from standards_firms import write_firms

AS_OF = dt.date(2026, 6, 1)
SIX = ("tech_sme", "hnte", "innovative_sme", "specialised_sme", "little_giant", "innovation_points")
SIZES = tuple(int(size) for size in os.environ.get("SIZES", "10000,100000,1000000,10000000").split(","))
MILLION = int(os.environ.get("FIRMS", "1000000"))
ZEN_FIRMS = 20_000
HERE = Path(__file__).resolve().parent
PEERS = ("openfisca-core==46.0.1", "zen-engine==2.1.3", "pyarrow")


def standards(catalogue: Catalogue, keys: Sequence[str] = SIX) -> list[Standard]:
    """The versions in force."""
    found = [catalogue.in_force(key, AS_OF) for key in keys]
    return [item for item in found if item is not None]


def asked(chosen: Sequence[Standard]) -> dict[str, Input]:
    """The facts they ask, without figures that only stand in for others."""
    return {
        key: item
        for standard in chosen
        for key, item in standard.inputs.items()
        if key not in {figure.key for figure in standard.figures}
    }


def catalogue_of() -> Catalogue:
    """All standards of the packs."""
    return read_standards(path for path in (HERE.parent / "packs").iterdir() if path.is_dir())


def floor(source: Path, target: Path) -> None:
    """Read and write, nothing else."""
    connection = duckdb.connect(
        config={"threads": 2, "memory_limit": "2GB", "preserve_insertion_order": False}
    )
    connection.execute(f"COPY (FROM '{source}') TO '{target}' (FORMAT parquet)")


def narrow_floor(source: Path, target: Path, facts: Sequence[str]) -> None:
    """Read the facts of one standard and write three columns beside the name, nothing else.

    Each fact is looked at once (whether it is there), so that it is really read.
    """
    connection = duckdb.connect(
        config={"threads": 2, "memory_limit": "2GB", "preserve_insertion_order": False}
    )
    there = " AND ".join(f"{fact} IS NOT NULL" for fact in facts)
    connection.execute(
        f"COPY (SELECT id, {there} AS known, {facts[0]}, {facts[1]} FROM '{source}') TO '{target}' (FORMAT parquet)"
    )


def run(what: str, source: Path, target: Path) -> None:
    """One figure, in this process; prints seconds, CPU seconds and the peak in MB."""
    keys = ("tech_sme",) if what in ("one", "narrow") else SIX
    chosen = standards(catalogue_of(), keys) if what != "floor" else []
    facts = [key for key in asked(chosen) if chosen]
    start, before = time.perf_counter(), _cpu()
    if what == "floor":
        floor(source, target)
    elif what == "narrow":
        narrow_floor(source, target, facts)
    else:
        assess_table(chosen, source, target, AS_OF, check=what == "checked")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([time.perf_counter() - start, _cpu() - before, peak]))


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def apart(command: Sequence[str], best_of: int = 1) -> tuple[float, float, float]:
    """Seconds, CPU seconds and peak of a process of its own."""
    found = []
    for _ in range(best_of):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr[-2000:])
        seconds, cpu, peak = json.loads(done.stdout.strip().splitlines()[-1])
        found.append((float(seconds), float(cpu), float(peak)))
    return min(found)


def own(what: str, source: Path, target: Path) -> tuple[float, float, float]:
    """A figure of this file in a process of its own."""
    return apart([sys.executable, str(HERE / "standards.py"), what, str(source), str(target)])


def tell(
    name: str, value: float, unit: str, peer: str, other: float, size: str, memory: float, **more: object
) -> None:
    """Print one figure."""
    line: Mapping[str, object] = {
        "name": f"standards.{name}",
        "value": round(value, 3),
        "unit": unit,
        "peer": peer,
        "peer_value": round(other, 3),
        "ratio": round(other / value, 2) if value else None,
        "size": size,
        "memory_mb": round(memory),
        **more,
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)


def peers() -> Path:
    """The Python of the peers' own environment."""
    home = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "luming-bench-standards"
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS], check=True, capture_output=True)
    return python


def main() -> None:
    """Make the firms, measure, print."""
    chosen = standards(catalogue_of())
    python = str(peers())
    with tempfile.TemporaryDirectory(prefix="luming-bench-") as home:
        folder = Path(home)
        source, target = folder / "firms.parquet", folder / "out.parquet"
        write_firms(source, asked(chosen), MILLION)
        size = f"{MILLION} firms x {len(asked(chosen))} facts x {len(chosen)} standards"
        least = own("floor", source, target)
        six = own("six", source, target)
        tell(
            "six",
            six[0],
            "s",
            "plain scan and write of the same file (floor)",
            least[0],
            size,
            six[2],
            cpu=round(six[1], 2),
            floor_cpu=round(least[1], 2),
        )
        checked = own("checked", source, target)
        tell(
            "six_with_cells_checked",
            checked[0],
            "s",
            "plain scan and write of the same file (floor)",
            least[0],
            size,
            checked[2],
        )
        one = own("one", source, target)
        narrow = own("narrow", source, target)
        fisca = apart([python, str(HERE / "standards_openfisca.py"), str(source), str(target)])
        tell(
            "tech_sme",
            one[0],
            "s",
            "openfisca-core, whole columns",
            fisca[0],
            f"{MILLION} firms, tech_sme",
            one[2],
            peer_memory_mb=round(fisca[2]),
            cpu=round(one[1], 2),
            peer_cpu=round(fisca[1], 2),
        )
        tell(
            "tech_sme_floor",
            one[0],
            "s",
            "reading its facts and writing four columns (floor)",
            narrow[0],
            f"{MILLION} firms, tech_sme",
            one[2],
            floor_cpu=round(narrow[1], 2),
        )
        zen = apart([python, str(HERE / "standards_zen.py"), str(source), str(ZEN_FIRMS)])
        rate, theirs = one[0] / MILLION * 1e6, zen[0] / ZEN_FIRMS * 1e6
        tell(
            "tech_sme_per_firm",
            rate,
            "us",
            "zen-engine, its batch call",
            theirs,
            f"{MILLION} firms, zen {ZEN_FIRMS}",
            one[2],
        )
        source.unlink()
        for count in SIZES:
            if count != MILLION:
                write_firms(source, asked(chosen), count)
                found, least_ = own("six", source, target), own("floor", source, target)
                source.unlink()
            else:
                found, least_ = six, least
            tell(
                "growth",
                found[0],
                "s",
                "plain scan and write of the same file (floor)",
                least_[0],
                f"{count} firms",
                found[2],
                cpu=round(found[1], 2),
                us_per_firm=round(found[0] / count * 1e6, 2),
            )


if __name__ == "__main__":
    if len(sys.argv) == 4:
        run(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
