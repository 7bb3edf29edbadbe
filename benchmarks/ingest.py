"""How fast observations are read: rows a CPU second, memory, and the ratio to plain decoding.

    python benchmarks/ingest.py [--rows 30000000] [--csv] [--folder FOLDER]

Makes 31 days of latency samples (time, latency_ms, status; jittered order, a three-hour incident)
as Parquet or CSV and a year of minutes as CSV in a folder of its own, runs ``impactcalc sli`` on
them as a process, and prints one line a file. Plain decoding is DuckDB adding up the same columns.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

MONTH = "2024-01"
_SAMPLES = """
    select make_timestamptz((1704067200000000 + (second + jitter) * 1000000)::bigint) as time,
           case when second between 1000000 and 1010800 then latency * 40 else latency end
               as latency_ms,
           case when hash(i + 7) % 2000 = 0 then 503 else 200 end as status
    from (select i, i * 2678400 // {rows} as second, hash(i) % 60 as jitter,
                 round(exp(4.5 + (hash(i + 1) % 1000 + hash(i + 2) % 1000
                                  + hash(i + 3) % 1000)::bigint / 700.0 - 2.1), 1) as latency
          from range({rows}) as t(i))
"""
_MINUTES = """
    select strftime(to_timestamp(1672531200 + i * 60) at time zone 'UTC', '%Y-%m-%dT%H:%M:%SZ')
               as timestamp,
           (100 + hash(i) % 300 - (hash(i + 1) % 10 = 0)::int)::bigint as good,
           100 + hash(i) % 300 as total
    from range(525600) as t(i)
"""


class Cost(NamedTuple):
    """What a process took: CPU seconds, and its largest memory in MB."""

    cpu_s: float
    rss_mb: float


def main() -> None:
    """Make the files, read them, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=30_000_000)
    parser.add_argument("--csv", action="store_true", help="the samples as CSV, not Parquet")
    parser.add_argument("--folder", type=Path, help="keep the files here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="impactcalc-ingest-") as scratch:
        folder = options.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        _report_minutes(_make(folder / "year.csv", _MINUTES))
        name = "samples.csv" if options.csv else "samples.parquet"
        samples = _make(folder / name, _SAMPLES.format(rows=options.rows))
        _report_samples(samples, options.rows)


def _make(path: Path, query: str) -> Path:
    """Write the rows of a query, unless the file is there."""
    if not path.exists():
        form = "format parquet, compression zstd" if path.suffix == ".parquet" else "header"
        _duckdb(f"set TimeZone = 'UTC'; copy ({query}) to '{path}' ({form})")
    return path


def _duckdb(statement: str) -> Cost:
    """Run a statement in a process of its own."""
    return cost([sys.executable, "-c", f"import duckdb; duckdb.execute({statement!r})"])


def _report_minutes(path: Path) -> None:
    """Compare a year of minutes with the import of pandas."""
    ours = cost(_command(path, "--target", "99.9%"))
    pandas = cost([sys.executable, "-c", "import pandas"])
    ratio = ours.cpu_s / pandas.cpu_s
    print(f"{path.name}: 525,600 rows, {ours.cpu_s:.2f} CPU s, {ours.rss_mb:.0f} MB, "
          f"{ratio:.2f} x the import of pandas")  # fmt: skip


def _report_samples(path: Path, rows: int) -> None:
    """Compare samples with plain decoding of the same columns."""
    ours = cost(_command(path, "--target", "99%", "--period", MONTH, "--threshold", "500ms"))
    sums = "select count(time), sum(latency_ms), sum(status)"
    plain = _duckdb(f"{sums} from '{path}'")
    print(f"{path.name}: {rows:,} rows, {ours.cpu_s:.2f} CPU s "
          f"({rows / ours.cpu_s / 1e6:.1f} M rows a CPU second), {ours.rss_mb:.0f} MB, "
          f"{ours.cpu_s / plain.cpu_s:.1f} x plain decoding")  # fmt: skip


def _command(path: Path, *options: str) -> list[str]:
    """Write the command line of ``impactcalc sli``."""
    return [sys.executable, "-m", "impactcalc", "sli", str(path), *options, "--json"]


def cost(command: list[str]) -> Cost:
    """Run a process, and measure it.

    Raises
    ------
    RuntimeError
        When it fails.
    """
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
