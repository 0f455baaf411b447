"""Fine-tunes a classifier with PyTorch on train.jsonl of a folder and prints its accuracy on test.jsonl. Started by accuracy.py."""

import json
import pathlib
import random
import sys

import torch
from transformers import AutoTokenizer, BertForSequenceClassification, get_linear_schedule_with_warmup

EPOCHS, BATCH, RATE, TOKENS = 3, 32, 5e-5, 128


def main():
    folder, source, seed, threads, precision = json.loads(sys.argv[1])
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    random.seed(seed)
    rows = {
        part: [json.loads(line) for line in (pathlib.Path(folder) / f"{part}.jsonl").read_text(encoding="utf8").splitlines()]
        for part in ("train", "test")}
    labels = sorted({row["label"] for row in rows["train"]})
    tokenizer = AutoTokenizer.from_pretrained(source)

    def encoded(part):
        texts = tokenizer([row["text"] for row in rows[part]], truncation=True, max_length=TOKENS)["input_ids"]
        return [(ids, labels.index(row["label"])) for ids, row in zip(texts, rows[part])]

    def padded(examples):
        length = max(len(ids) for ids, _ in examples)
        ids = torch.tensor([ids + [0] * (length - len(ids)) for ids, _ in examples])
        mask = torch.tensor([[1] * len(ids) + [0] * (length - len(ids)) for ids, _ in examples])
        return dict(input_ids=ids, attention_mask=mask), torch.tensor([label for _, label in examples])

    train, test = encoded("train"), encoded("test")
    model = BertForSequenceClassification.from_pretrained(source, num_labels=len(labels), hidden_dropout_prob=0.1, attention_probs_dropout_prob=0.1)
    model.train()
    kept = [p for n, p in model.named_parameters() if n.endswith("bias") or "LayerNorm" in n]
    decaying = [p for n, p in model.named_parameters() if not (n.endswith("bias") or "LayerNorm" in n)]
    optimizer = torch.optim.AdamW([dict(params=decaying, weight_decay=0.01), dict(params=kept, weight_decay=0)], lr=RATE)
    steps = (len(train) + BATCH - 1) // BATCH * EPOCHS
    schedule = get_linear_schedule_with_warmup(optimizer, round(steps * 0.1), steps)
    for _ in range(EPOCHS):
        random.shuffle(train)
        for first in range(0, len(train), BATCH):
            inputs, wanted = padded(train[first : first + BATCH])
            optimizer.zero_grad()
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=precision == "bf16"):
                loss = model(**inputs, labels=wanted).loss
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    model.eval()
    right = 0
    with torch.no_grad():
        for first in range(0, len(test), 64):
            inputs, wanted = padded(test[first : first + 64])
            right += (model(**inputs).logits.argmax(1) == wanted).sum().item()
    print(right / len(test))


main()
