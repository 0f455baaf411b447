"""Trains with every program in turn, seed after seed, and writes figures and a table."""

import argparse
import json
import os
import shutil
import statistics
import sys
from pathlib import Path

from shared import machine

from . import quality, text
from .trainers import GROUPS


def arguments():
    parser = argparse.ArgumentParser(prog="tools/bench/words", description="Sets Akin's training of word vectors beside other programs.")
    parser.add_argument("--quick", action="store_true", help="a million words and one seed")
    parser.add_argument("--text", type=Path, metavar="FILE", help="plain text to learn from (default: the dictionary of Debian's dict-gcide)")
    parser.add_argument("--words", type=int, default=0, metavar="N", help="at most so many words of it; 0 for all")
    parser.add_argument("--lists", type=Path, metavar="FOLDER", help="rated pairs, two words and a rating a line in .tsv files (default: gensim's)")
    parser.add_argument("--trainers", default="", metavar="LIST", help="only these, by comma; a part of a name takes all that have it")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), metavar="N")
    parser.add_argument("--epochs", type=int, default=3, metavar="N")
    parser.add_argument("--seeds", type=int, default=3, metavar="N")
    parser.add_argument("--dimension", type=int, default=100, metavar="N")
    parser.add_argument("--buckets", type=int, default=200_000, metavar="N", help="of n-grams")
    parser.add_argument("--output", type=Path, metavar="FOLDER", help="where figures and table go")
    return parser.parse_args()


def main():
    asked = arguments()
    if asked.quick:
        asked.words, asked.seeds = asked.words or 1_000_000, 1
    home = Path(os.environ["AKIN_BENCH_HOME"])
    output = asked.output or home / "words-results"
    output.mkdir(parents=True, exist_ok=True)
    path = text.prepared(asked.text, home / "words-text", asked.words)
    words = text.count(path)
    wanted = [part.strip() for part in asked.trainers.split(",") if part.strip()]
    has_fasttext = shutil.which("fasttext") is not None
    if not has_fasttext:
        print("fasttext is not here (apt install fasttext) and is left out", file=sys.stderr)
    results = []
    for group, trainers in GROUPS.items():
        chosen = {name: train for name, train in trainers.items() if not wanted or any(part in name for part in wanted)}
        if not has_fasttext:
            chosen.pop("fasttext skip-gram", None)
        # Seed by seed, so that what disturbs the machine for a while affects all alike
        runs = {name: [] for name in chosen}
        for seed in range(1, asked.seeds + 1):
            for name, train in chosen.items():
                print(f"{name}, seed {seed}", file=sys.stderr, flush=True)
                vectors = output / ("vectors.vec" if "fasttext skip" in name or "floret" in name else "vectors.bin")
                load = machine.OtherLoad()
                seconds, whole = train(path, vectors, seed, asked)
                runs[name].append({"seconds": seconds, "whole": whole, "load": load.cores(), **quality.scores(vectors, asked.lists, output)})
        results += [{"group": group, "trainer": name, "runs": found} for name, found in runs.items() if found]
    header = {"machine": machine.name(), "text": path.name, "words": words, "epochs": asked.epochs, "threads": asked.threads, "seeds": asked.seeds}
    (output / "figures.json").write_text(json.dumps({"header": header, "results": results}, indent=1) + "\n")
    table = written(header, results)
    (output / "table.md").write_text(table)
    print(table)


def written(header, results):
    """A Markdown table: medians of times, means of qualities, and each trainer's speed over that of the first of its group."""
    names = [name for name in results[0]["runs"][0] if name not in ("seconds", "whole", "load")]
    lines = [
        f"{header['machine']}; {header['text']}, {header['words']:,} words, {header['epochs']} epochs, {header['threads']} threads, "
        f"{header['seeds']} seeds.",
        "",
        "| trainer | words/s | × the first | training, s | whole, s | " + " | ".join(names) + " |",
        "|" + "---|" * (5 + len(names)),
    ]
    first = {}
    for result in results:
        seconds = statistics.median(run["seconds"] for run in result["runs"])
        whole = statistics.median(run["whole"] for run in result["runs"])
        epochs = 15 if "15 epochs" in result["trainer"] else header["epochs"]
        speed = header["words"] * epochs / seconds
        first.setdefault(result["group"], speed)
        means = [statistics.mean(run[name] for run in result["runs"]) for name in names]
        lines.append(
            f"| {result['trainer']} | {speed:,.0f} | {speed / first[result['group']]:.2f} | {seconds:.1f} | {whole:.1f} | "
            + " | ".join(f"{mean:.3f}" for mean in means) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
