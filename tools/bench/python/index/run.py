"""Builds and searches with every library in turn, each in processes of its own, and writes figures, table and curves."""

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from shared import machine

from . import plot, table
from .data import Data
from .peers import PEERS

AKIN = "akin"
CANDIDATES = [10, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512]
# What AkinBench exits with when it does not know a subcommand or an option.
USAGE = 64


def arguments():
    parser = argparse.ArgumentParser(prog="tools/bench/index", description="Sets Akin's index beside other libraries.")
    parser.add_argument("--quick", action="store_true", help="every 8th gloss and 300 queries")
    parser.add_argument("--output", type=Path, metavar="FOLDER", help="where figures, table and curves go; a library measured again takes the place of its figures there")
    parser.add_argument("--engines", default="", metavar="LIST", help="only these, by comma; a part of a name takes all that have it")
    parser.add_argument("--threads", default="1,2", metavar="LIST", help="threads of search; the last is also that of building")
    parser.add_argument("--ef", default=",".join(map(str, CANDIDATES)), metavar="LIST", help="numbers of candidates")
    parser.add_argument("--table", action="store_true", help="write table and curves of the figures that are there, and measure nothing")
    return parser.parse_args()


def main():
    asked = arguments()
    home = Path(os.environ["AKIN_BENCH_HOME"])
    output = asked.output or home / "index-results"
    output.mkdir(parents=True, exist_ok=True)
    if not asked.table:
        measure(asked, home, output)
    figures = table.Figures(output)
    plot.write(figures, output)
    print(table.write(figures, output))


def measure(asked, home, output):
    kind, every, queries = ("quick", 8, 300) if asked.quick else ("full", 1, 1000)
    data = Data(home / "vectors" / kind, os.environ["AKIN_MODEL"], every, queries)
    work = {
        "vectors": str(data.vectors_file), "queries": str(data.queries_file), "truth": str(data.truth_file),
        "threads": [int(one) for one in asked.threads.split(",")], "ef": [int(one) for one in asked.ef.split(",")],
    }
    wanted = [part.strip() for part in asked.engines.split(",") if part.strip()]
    for name in [AKIN, *PEERS]:
        if wanted and not any(part in name for part in wanted):
            continue
        print(name, file=sys.stderr, flush=True)
        lines = akin(work) if name == AKIN else peer(name, work, home / "indexes" / kind)
        header = {"engine": name, "machine": machine.name(), "vectors": len(data.vectors), "queries": queries}
        table.save(output, name, [header, *lines])


def peer(name, work, folder):
    """The figures of one peer: one process builds, another opens what it left and searches."""
    path = folder / name.replace(" ", "-")
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    order = json.dumps(work | {"peer": name, "path": str(path)})
    return [
        figures
        for phase in ("build", "search")
        for figures in run([sys.executable, "-m", "index.worker", phase, order], max(work["threads"]))[1]
    ]


def akin(work):
    """The same figures from AkinBench, which takes one number of threads at a time; building is told of the largest."""
    lines = []
    for threads in work["threads"]:
        command = [".build/release/AkinBench", "index"]
        for name in ("vectors", "queries", "truth"):
            command += [f"--{name}", work[name]]
        status, figures = run([*command, "--threads", str(threads), "--ef", ",".join(map(str, work["ef"]))], threads, may_end_with=USAGE)
        if status == USAGE:
            print("AkinBench has no subcommand for the index: Akin is left out", file=sys.stderr)
            return []
        last = threads == work["threads"][-1]
        lines += [one for one in figures if one["phase"] == "search" or last]
    return lines


def run(command, threads, may_end_with=0):
    """Exit status and JSON lines of a process; ends the benchmark when it fails otherwise."""
    done = subprocess.run(command, env=machine.environment(threads), stdout=subprocess.PIPE)
    if done.returncode not in (0, may_end_with):
        sys.exit(f"{' '.join(command[:4])} ended with {done.returncode}")
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines() if line.startswith(b"{")]


if __name__ == "__main__":
    main()
