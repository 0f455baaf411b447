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

# Akin's kinds of index: how they keep the rows that the best are compared with at the end.
AKIN = {"akin float16": "float16", "akin int8": "int8"}
CANDIDATES = [10, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512]


def arguments():
    parser = argparse.ArgumentParser(prog="tools/bench/index", description="Sets Akin's index beside other libraries.")
    parser.add_argument("--quick", action="store_true", help="every 8th gloss and 300 queries")
    parser.add_argument("--million", action="store_true", help="a million vectors: the glosses' and mixtures of them (6 GB of memory)")
    parser.add_argument("--output", type=Path, metavar="FOLDER", help="where figures, table and curves go; a library measured again takes the place of its figures there")
    parser.add_argument("--engines", default="", metavar="LIST", help="only these, by comma; a part of a name takes all that have it")
    parser.add_argument("--threads", default="1,2", metavar="LIST", help="threads of search; the last is also that of building")
    parser.add_argument("--ef", default=",".join(map(str, CANDIDATES)), metavar="LIST", help="numbers of candidates")
    parser.add_argument("--table", action="store_true", help="write table and curves of the figures that are there, and measure nothing")
    return parser.parse_args()


def main():
    asked = arguments()
    home = Path(os.environ["AKIN_BENCH_HOME"])
    output = asked.output or home / ("index-results-million" if asked.million else "index-results")
    output.mkdir(parents=True, exist_ok=True)
    if not asked.table:
        measure(asked, home, output)
    figures = table.Figures(output)
    plot.write(figures, output)
    print(table.write(figures, output))


def measure(asked, home, output):
    kind, every, queries = ("quick", 8, 300) if asked.quick else ("full", 1, 1000)
    data = Data(home / "vectors" / kind, os.environ["AKIN_MODEL"], every, queries)
    if asked.million:
        kind = "million"
        data = Data(home / "vectors" / kind, os.environ["AKIN_MODEL"], every, queries, widened=data)
    work = {
        "vectors": str(data.vectors_file), "queries": str(data.queries_file), "truth": str(data.truth_file),
        "threads": [int(one) for one in asked.threads.split(",")], "ef": [int(one) for one in asked.ef.split(",")],
    }
    wanted = [part.strip() for part in asked.engines.split(",") if part.strip()]
    for name in [*AKIN, *PEERS]:
        if wanted and not any(part in name for part in wanted):
            continue
        print(name, file=sys.stderr, flush=True)
        one = akin if name in AKIN else peer
        header = {"engine": name, "machine": machine.name(), "vectors": len(data.vectors), "queries": queries}
        table.save(output, name, [header, *one(name, work, home / "indexes" / kind)])


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
        for figures in run([sys.executable, "-m", "index.worker", phase, order], max(work["threads"]))
    ]


def akin(name, work, folder):
    """The same figures from AkinBench, of searching the index as it lies mapped in its file."""
    path = folder / name.replace(" ", "-")
    folder.mkdir(parents=True, exist_ok=True)
    lines = run([
        ".build/release/AkinBench", "index", "--vectors", work["vectors"], "--queries", work["queries"], "--rows", AKIN[name],
        "--threads", str(work["threads"][-1]), "--search-threads", ",".join(map(str, work["threads"])), "--ef",
        ",".join(map(str, work["ef"])), "--file", str(path),
    ], max(work["threads"]))
    for line in lines:
        if line["phase"] == "build":
            yield {
                "phase": "build", "threads": line["threads"], "seconds": line["seconds"], "peak_bytes": line["peak_rss_mb"] * 1e6,
                "file_bytes": line["file_bytes"], "share_of_vectors": line["file_share"],
            }
            (opened,) = run([".build/release/AkinBench", "memory", "--file", str(path), "--queries", work["queries"]], 1)
            yield {
                "phase": "open", "seconds": opened["open_ms"] / 1e3, "resident_bytes": opened["resident_bytes"],
                "anonymous_bytes": opened["anonymous_bytes"],
            }
        elif line["index"] == "mapped":
            yield {"phase": "search"} | {figure: line[figure] for figure in ("threads", "ef", "recall", "qps")}


def run(command, threads):
    """The JSON lines of a process; ends the benchmark when it fails."""
    done = subprocess.run(command, env=machine.environment(threads), stdout=subprocess.PIPE)
    if done.returncode:
        sys.exit(f"{' '.join(command[:4])} ended with {done.returncode}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith(b"{")]


if __name__ == "__main__":
    main()
