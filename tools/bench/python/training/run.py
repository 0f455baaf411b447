"""Sets Akin's steps of training beside PyTorch's, in float32 and bfloat16: a table in Markdown."""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

from shared import machine

MINILM = dict(vocab_size=30522, hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536)
SMALL = dict(vocab_size=30522, hidden_size=256, num_hidden_layers=4, num_attention_heads=4, intermediate_size=1024)
BASE = dict(vocab_size=30522, hidden_size=768, num_hidden_layers=12, num_attention_heads=12, intermediate_size=3072)
ROWS = [
    ("MiniLM, classes, 25 tokens × 16", "classes", MINILM, 25, 16), ("MiniLM, classes, 128 tokens × 16", "classes", MINILM, 128, 16),
    ("4 × 256, masked words, 128 tokens × 32", "words", SMALL, 128, 32), ("BERT-base, classes, 128 tokens × 16", "classes", BASE, 128, 16),
]


def pytorch(task, sizes, length, batch, threads, precision, steps):
    row = json.dumps([task, sizes, length, batch, threads, precision, steps])
    return json.loads(subprocess.run([sys.executable, "-m", "training.worker", row], check=True, capture_output=True, text=True).stdout)


def akin(task, sizes, length, batch, threads, precision, steps):
    with tempfile.TemporaryDirectory() as folder:
        config = dict(sizes, model_type="bert", max_position_embeddings=512, type_vocab_size=2)
        pathlib.Path(folder, "config.json").write_text(json.dumps(config))
        command = [
            ".build/release/AkinBench", "training", "--task", task, "--model", folder, "--length", str(length), "--batch", str(batch),
            "--threads", str(threads), "--steps", str(steps)]
        if precision == "fp32":
            command.append("--fp32")
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="fewer steps, and no BERT-base")
    arguments = parser.parse_args()
    print(f"{machine.name()}, {arguments.threads} threads; tokens a second (peak MB)\n")
    print("| work | PyTorch fp32 | PyTorch bf16 | Akin fp32 | Akin bf16 | bf16 beside the better of PyTorch |")
    print("|---|---|---|---|---|---|")
    for name, *row in ROWS[:3] if arguments.quick else ROWS:
        steps = 5 if arguments.quick else 12
        found = [run(*row, arguments.threads, precision, steps) for run in (pytorch, akin) for precision in ("fp32", "bf16")]
        cells = [f"{r['tokens_per_second']:,} ({r['peak_megabytes']:,})" for r in found]
        ratio = found[3]["tokens_per_second"] / max(r["tokens_per_second"] for r in found[:2])
        print(f"| {name} | {' | '.join(cells)} | {ratio:.2f} × |", flush=True)


main()
