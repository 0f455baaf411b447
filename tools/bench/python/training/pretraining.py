"""Repeats in PyTorch what AkinBench pretraining did: the same start, texts, masks and optimiser; compares losses and perplexity."""

import argparse
import json
import math
import pathlib
import subprocess
import sys
import tempfile

import torch
from transformers import BertForMaskedLM, BertForPreTraining

COMPARED = 100
LOSS_BAR, PERPLEXITY_BAR = 1e-3, 0.02


def akin(arguments, folder):
    command = [
        ".build/release/AkinBench", "pretraining", arguments.text, "--output", folder, "--steps", str(arguments.steps), "--layers",
        str(arguments.layers), "--hidden", str(arguments.hidden), "--threads", str(arguments.threads)]
    command += ["--nsp"] * arguments.nsp + ["--whole-words"] * arguments.whole_words
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def batches(file):
    """The padded tensors of each line: what the model takes by name."""
    for line in file.open():
        texts = json.loads(line)
        longest = max(map(len, texts["ids"]))
        pad = lambda rows, value: torch.tensor([row + [value] * (longest - len(row)) for row in rows])
        labels = dict(zip(texts["rows"], texts["words"]))
        wanted, first = [], 0
        for ids in texts["ids"]:
            wanted.append([labels.get(first + place, -100) for place in range(len(ids))])
            first += len(ids)
        inputs = dict(
            input_ids=pad(texts["ids"], 0), token_type_ids=pad(texts["segments"], 0),
            attention_mask=pad([[1] * len(ids) for ids in texts["ids"]], 0), labels=pad(wanted, -100))
        if texts["is_random"]:
            inputs["next_sentence_label"] = torch.tensor(texts["is_random"])
        yield inputs


def train(model, file, rate, warm_up_share, steps):
    plain = lambda name: name.endswith("bias") or "LayerNorm" in name
    groups = [
        dict(params=[p for n, p in model.named_parameters() if plain(n) == is_plain], weight_decay=0 if is_plain else 0.01)
        for is_plain in (False, True)]
    optimizer = torch.optim.AdamW(groups, lr=rate)
    warm_up = round(steps * warm_up_share)
    losses = []
    for step, inputs in enumerate(batches(file)):
        share = step / warm_up if step < warm_up else (steps - step) / max(steps - warm_up, 1)
        for group in optimizer.param_groups:
            group["lr"] = rate * share
        optimizer.zero_grad()
        loss = model(**inputs).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        losses.append(loss.item())
    return losses


@torch.no_grad()
def score(model, file):
    loss, words, right, pairs = 0.0, 0, 0, 0
    for inputs in batches(file):
        labels, following = inputs.pop("labels"), inputs.pop("next_sentence_label", None)
        output = model(**inputs)
        logits = output.logits if following is None else output.prediction_logits
        hidden = labels != -100
        loss += torch.nn.functional.cross_entropy(logits[hidden], labels[hidden], reduction="sum").item()
        words += hidden.sum().item()
        if following is not None:
            right += (output.seq_relationship_logits.argmax(1) == following).sum().item()
            pairs += len(following)
    return math.exp(loss / words), right / pairs if pairs else None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("text")
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--hidden", type=int, default=128)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--nsp", action="store_true")
    parser.add_argument("--whole-words", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    with tempfile.TemporaryDirectory() as folder:
        ours = akin(arguments, folder)
        folder = pathlib.Path(folder)
        kind = BertForPreTraining if arguments.nsp else BertForMaskedLM
        model = kind.from_pretrained(folder / "start", hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0).train()
        losses = train(model, folder / "steps.jsonl", ours["rate"], ours["warm_up_share"], arguments.steps)
        perplexity, accuracy = score(model.eval(), folder / "held-out.jsonl")
    difference = max(abs(a - b) / abs(b) for a, b in list(zip(ours["losses"], losses))[:COMPARED])
    ratio = ours["perplexity"] / perplexity
    print(f"{ours['training_sequences']} sequences to learn from, {ours['held_out_sequences']} to score on, {arguments.steps} steps\n")
    print("| | Akin | PyTorch | difference | bar |\n|---|---|---|---|---|")
    first = min(COMPARED, len(losses))
    print(f"| loss of step {first} | {ours['losses'][first - 1]:.5f} | {losses[first - 1]:.5f} | "
          f"largest of {first} steps {difference:.1e} | {LOSS_BAR:.0e} |")
    print(f"| loss of step {len(losses)} | {ours['losses'][-1]:.5f} | {losses[-1]:.5f} | | |")
    print(f"| held-out perplexity | {ours['perplexity']:.3f} | {perplexity:.3f} | {ratio - 1:+.2%} | {PERPLEXITY_BAR:.0%} |")
    if accuracy is not None:
        print(f"| next sentences right | {ours['next_sentence_accuracy']:.3f} | {accuracy:.3f} | | |")
    if difference > LOSS_BAR or abs(ratio - 1) > PERPLEXITY_BAR:
        sys.exit("above a bar")


main()
