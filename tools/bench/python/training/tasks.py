"""Fine-tunes one model with Akin and with PyTorch by the same recipe and scores both on the same held-out part.

usage: python -m training.tasks pairs TRAIN DEV | answers SQUAD   [--model FOLDER] [--seeds N] ...

`pairs` takes files of two texts and a score (CoSENT; Spearman of cosines), `answers` one file of SQuAD's form, of whose paragraphs a fifth is
held out (F1 and exact match). PyTorch runs in fp32; Akin in the arithmetic of --precision.
"""

import argparse
import collections
import csv
import json
import os
import pathlib
import random
import re
import statistics
import string
import subprocess
import tempfile

import torch
from transformers import AutoModel, AutoTokenizer, BertForQuestionAnswering, get_linear_schedule_with_warmup

WINDOW, STRIDE, LONGEST = 384, 128, 15


def akin(arguments, options):
    command = [".build/release/akin", "train", *arguments, "--model", options.model, "--epochs", str(options.epochs), "--rate",
               str(options.rate), "--batch-size", str(options.batch), "--threads", str(options.threads), "--precision", options.precision,
               "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def train(model, batches, loss, options):
    """AdamW without decay of biases and normalisations, warm-up over a tenth, linear decay, gradients clipped to norm 1."""
    plain = [p for n, p in model.named_parameters() if n.endswith("bias") or "LayerNorm" in n]
    decayed = [p for n, p in model.named_parameters() if not (n.endswith("bias") or "LayerNorm" in n)]
    optimizer = torch.optim.AdamW([dict(params=decayed, weight_decay=0.01), dict(params=plain, weight_decay=0.0)], lr=options.rate)
    steps = options.epochs * len(batches())
    schedule = get_linear_schedule_with_warmup(optimizer, round(steps / 10), steps)
    model.train()
    for _ in range(options.epochs):
        for batch in batches():
            optimizer.zero_grad()
            loss(batch).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    model.eval()


def shuffled(examples, size):
    order = random.sample(examples, len(examples))
    return [order[first:first + size] for first in range(0, len(order), size)]


def ranks(values):
    order = sorted(range(len(values)), key=values.__getitem__)
    result, start = [0.0] * len(values), 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for place in order[start:end]:
            result[place] = (start + end - 1) / 2
        start = end
    return result


def read_pairs(path):
    names = [("text_a", "text_b"), ("sentence1", "sentence2"), ("s1", "s2")]
    with open(path, encoding="utf-8") as file:
        quoting = csv.QUOTE_NONE if path.endswith(".tsv") else csv.QUOTE_MINIMAL
        rows = list(csv.DictReader(file, delimiter="\t" if path.endswith(".tsv") else ",", quoting=quoting))
    first, second = next(pair for pair in names if pair[0] in rows[0])
    return [(row[first], row[second], float(row["score"])) for row in rows]


def pairs_with_pytorch(options, seed):
    torch.manual_seed(seed)
    random.seed(seed)
    tokenizer, model = AutoTokenizer.from_pretrained(options.model), AutoModel.from_pretrained(options.model)

    def vectors(texts):
        inputs = tokenizer(texts, padding=True, truncation=True, max_length=256, return_tensors="pt")
        mask = inputs["attention_mask"].unsqueeze(-1).float()
        states = (model(**inputs).last_hidden_state * mask).sum(1) / mask.sum(1)
        return torch.nn.functional.normalize(states, dim=1)

    def cosent(batch):
        cosines = 20 * (vectors([a for a, _, _ in batch]) * vectors([b for _, b, _ in batch])).sum(1)
        scores = torch.tensor([score for _, _, score in batch])
        differences = (cosines[None, :] - cosines[:, None])[scores[:, None] > scores[None, :]]
        return torch.logsumexp(torch.cat([torch.zeros(1), differences]), dim=0)

    training, held_out = read_pairs(options.data[0]), read_pairs(options.data[1])
    train(model, lambda: shuffled(training, options.batch), cosent, options)
    cosines = []
    with torch.no_grad():
        for first in range(0, len(held_out), 64):
            part = held_out[first:first + 64]
            cosines += (vectors([a for a, _, _ in part]) * vectors([b for _, b, _ in part])).sum(1).tolist()
    return dict(spearman=statistics.correlation(ranks(cosines), ranks([score for _, _, score in held_out])))


def pairs_with_akin(options, seed, folder):
    report = akin(["pairs", options.data[0], "--score", options.data[1], "--seed", str(seed), "--output", f"{folder}/{seed}"], options)
    return report["after"]


def split(options, folder):
    """A fifth of the paragraphs, drawn with seed 1, is held out: two files."""
    data = json.loads(pathlib.Path(options.data[0]).read_text())
    paragraphs = [paragraph for article in data["data"] for paragraph in article["paragraphs"]]
    random.Random(1).shuffle(paragraphs)
    held_out = len(paragraphs) // 5
    for name, part in (("dev", paragraphs[:held_out]), ("train", paragraphs[held_out:])):
        pathlib.Path(folder, f"{name}.json").write_text(json.dumps(dict(version="1.1", data=[dict(title=name, paragraphs=part)])))
    return str(pathlib.Path(folder, "train.json")), str(pathlib.Path(folder, "dev.json"))


def questions(path):
    data = json.loads(pathlib.Path(path).read_text())
    return [(entry["question"], paragraph["context"], entry["answers"]) for article in data["data"] for paragraph in article["paragraphs"]
            for entry in paragraph["qas"]]


def words(text):
    text = re.sub(r"\b(a|an|the)\b", " ", "".join(c for c in text.lower() if c not in string.punctuation))
    return text.split()


def overlap(found, answer):
    found, answer = words(found), words(answer)
    common = sum((collections.Counter(found) & collections.Counter(answer)).values())
    return 2 * common / (len(found) + len(answer)) if common else float(found == answer)


def answers_with_pytorch(options, seed):
    torch.manual_seed(seed)
    random.seed(seed)
    tokenizer, model = AutoTokenizer.from_pretrained(options.model), BertForQuestionAnswering.from_pretrained(options.model)

    def windows(question, context):
        return tokenizer(
            question, context, truncation="only_second", max_length=WINDOW, stride=STRIDE, return_overflowing_tokens=True,
            return_offsets_mapping=True)

    examples = []
    for question, context, answers in questions(options.train):
        found = windows(question, context)
        start, end = answers[0]["answer_start"], answers[0]["answer_start"] + len(answers[0]["text"])
        for index, offsets in enumerate(found["offset_mapping"]):
            second = [i for i, s in enumerate(found.sequence_ids(index)) if s == 1]
            inside = [i for i in second if offsets[i][0] < end and offsets[i][1] > start]
            whole = inside and offsets[inside[0]][0] <= start and offsets[inside[-1]][1] >= end
            span = (inside[0], inside[-1]) if whole else (0, 0)
            examples.append((found["input_ids"][index], found["token_type_ids"][index], *span))

    def loss(batch):
        inputs = tokenizer.pad(dict(input_ids=[b[0] for b in batch], token_type_ids=[b[1] for b in batch]), return_tensors="pt")
        return model(**inputs, start_positions=torch.tensor([b[2] for b in batch]), end_positions=torch.tensor([b[3] for b in batch])).loss

    train(model, lambda: shuffled(examples, options.batch), loss, options)
    f1, exact = [], []
    for question, context, answers in questions(options.dev):
        found, best, text = windows(question, context), -1.0, ""
        for index, offsets in enumerate(found["offset_mapping"]):
            second = [i for i, s in enumerate(found.sequence_ids(index)) if s == 1]
            with torch.no_grad():
                output = model(torch.tensor([found["input_ids"][index]]), token_type_ids=torch.tensor([found["token_type_ids"][index]]))
            places = [0] + second
            starts, ends = output.start_logits[0][places].softmax(0), output.end_logits[0][places].softmax(0)
            for a in range(1, len(places)):
                for b in range(a, min(a + LONGEST, len(places))):
                    if starts[a] * ends[b] > best:
                        best = float(starts[a] * ends[b])
                        # Whole words, as the question answering of transformers takes them.
                        ids = found.word_ids(index)
                        inside = [i for i in second if ids[places[a]] <= ids[i] <= ids[places[b]]]
                        text = context[offsets[inside[0]][0]:offsets[inside[-1]][1]]
        f1.append(max(overlap(text, answer["text"]) for answer in answers))
        exact.append(max(float(words(text) == words(answer["text"])) for answer in answers))
    return dict(f1=statistics.mean(f1), exact_match=statistics.mean(exact))


def answers_with_akin(options, seed, folder):
    return akin(["answer", options.train, "--score", options.dev, "--seed", str(seed), "--output", f"{folder}/{seed}"], options)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=["pairs", "answers"])
    parser.add_argument("data", nargs="+", help="pairs: TRAIN DEV; answers: one file")
    parser.add_argument("--model", default=os.environ.get("AKIN_MODEL"))
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--batch", type=int)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--precision", default="auto")
    parser.add_argument("--engines", default="akin,pytorch")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    is_pairs = options.task == "pairs"
    options.epochs = options.epochs or (2 if is_pairs else 3)
    options.rate = options.rate or (2e-5 if is_pairs else 1e-4)
    options.batch = options.batch or (32 if is_pairs else 16)
    scores = ("spearman",) if is_pairs else ("f1", "exact_match")
    print(f"| engine | seed | {' | '.join(scores)} |\n|---|---|{'---|' * len(scores)}")
    with tempfile.TemporaryDirectory() as folder:
        if not is_pairs:
            options.train, options.dev = split(options, folder)
        for engine in options.engines.split(","):
            rows = []
            for seed in range(1, options.seeds + 1):
                if engine == "akin":
                    rows.append((pairs_with_akin if is_pairs else answers_with_akin)(options, seed, folder))
                else:
                    rows.append((pairs_with_pytorch if is_pairs else answers_with_pytorch)(options, seed))
                print(f"| {engine} | {seed} | {' | '.join(f'{rows[-1][name]:.4f}' for name in scores)} |", flush=True)
            if len(rows) > 1:
                means = (statistics.mean(row[name] for row in rows) for name in scores)
                print(f"| {engine} | mean | {' | '.join(f'{mean:.4f}' for mean in means)} |", flush=True)


main()
