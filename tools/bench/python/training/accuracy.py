"""Sets the accuracy of Akin's fine-tuning beside PyTorch's: the same recipe, examples and scored texts, several seeds.

A file is a TSV with a header and the columns "text" and "label". Without a file to score on, every tenth line is scored.
"""

import argparse
import csv
import json
import math
import pathlib
import statistics
import subprocess
import sys
import tempfile

from shared import machine


def read(path):
    with open(path, encoding="utf8", newline="") as file:
        return [(row["text"], row["label"]) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def split(path, scored, limit):
    rows = read(path)
    if scored:
        train, test = rows, read(scored)
    else:
        train, test = [r for i, r in enumerate(rows) if i % 10 != 9], rows[9::10]
    # Spread over the file, which may be sorted by label.
    step = max(1.0, len(train) / limit) if limit else 1.0
    train = [train[int(i * step)] for i in range(int(len(train) / step))]
    known, seen = {label for _, label in train}, {" ".join(text.lower().split()) for text, _ in train}
    return train, [r for r in test if r[1] in known and " ".join(r[0].lower().split()) not in seen]


def pytorch(folder, model, seed, threads, precision):
    row = json.dumps([str(folder), model, seed, threads, precision])
    return float(subprocess.run([sys.executable, "-m", "training.classifier", row], check=True, capture_output=True, text=True).stdout)


def akin(program, folder, model, seed, threads, precision, method="fine-tuned"):
    with tempfile.TemporaryDirectory() as output:
        command = [
            program, "train", "classify", str(folder / "train.jsonl"), "--score", str(folder / "test.jsonl"), "--method", method,
            "--model", model, "--epochs", "3", "--seed", str(seed), "--threads", str(threads), "--precision", precision, "--max-tokens", "128",
            "--output", f"{output}/model", "--json", "--quiet"]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["accuracy"]


def described(values):
    mean = statistics.mean(values)
    error = statistics.stdev(values) / math.sqrt(len(values)) if len(values) > 1 else math.nan
    return f"{mean:.4f} ± {error:.4f}", mean, error


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", metavar="TRAIN[,TEST]")
    parser.add_argument("--model", required=True, help="the folder of the model to start from")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit", type=int, default=0, help="the most examples to learn from")
    parser.add_argument("--precisions", default="bf16,fp32")
    parser.add_argument("--program", default=".build/release/akin")
    arguments = parser.parse_args()
    print(f"{machine.name()}; accuracy, mean of {arguments.seeds} seeds ± standard error\n")
    print("| examples | learnt from, scored | precision | frozen | PyTorch | Akin | difference (its standard error) |\n|---|---|---|---|---|---|---|")
    for name in arguments.sets:
        path, _, scored = name.partition(",")
        train, test = split(path, scored, arguments.limit)
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            for part, rows in (("train", train), ("test", test)):
                lines = (json.dumps(dict(text=text, label=label)) for text, label in rows)
                (folder / f"{part}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf8")
            for precision in arguments.precisions.split(","):
                # What the program calls its fastest arithmetic is bfloat16 in training where the processor has it.
                own = "fp32" if precision == "fp32" else "auto"
                frozen = akin(arguments.program, folder, arguments.model, 1, arguments.threads, own, "frozen")
                found = [[], []]
                for seed in range(1, arguments.seeds + 1):
                    found[0].append(pytorch(folder, arguments.model, seed, arguments.threads, precision))
                    found[1].append(akin(arguments.program, folder, arguments.model, seed, arguments.threads, own))
                    print(f"{name} {precision} seed {seed}: PyTorch {found[0][-1]:.4f}, Akin {found[1][-1]:.4f}", file=sys.stderr, flush=True)
                (one, mean, error), (other, own_mean, own_error) = map(described, found)
                print(
                    f"| {pathlib.Path(path).parent.name} | {len(train)}, {len(test)} | {precision} | {frozen:.4f} | {one} | {other} "
                    f"| {own_mean - mean:+.4f} ({math.hypot(error, own_error):.4f}) |", flush=True)


main()
