"""Times PyTorch's steps of training one network on one batch; prints a JSON line. Started by run.py, a process a row."""

import json
import resource
import sys
import time

import torch
from transformers import BertConfig, BertForMaskedLM, BertForSequenceClassification


def main():
    task, sizes, length, batch, threads, precision, steps = json.loads(sys.argv[1])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    dropout = 0.0 if task == "words" else 0.1
    config = BertConfig(**sizes, hidden_dropout_prob=dropout, attention_probs_dropout_prob=dropout, num_labels=6)
    model = (BertForMaskedLM if task == "words" else BertForSequenceClassification)(config)
    model.train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=5e-5)
    ids = torch.randint(0, config.vocab_size, (batch, length))
    mask = torch.ones_like(ids)
    labels = torch.randint(0, 6, (batch,))
    hidden = torch.arange(0, batch * length, 7)

    def loss():
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=precision == "bf16"):
            if task == "classes":
                return model(input_ids=ids, attention_mask=mask, labels=labels).loss
            # The head over the hidden words alone: several times faster than over all.
            states = model.bert(input_ids=ids, attention_mask=mask)[0].reshape(batch * length, -1)[hidden]
            return torch.nn.functional.cross_entropy(model.cls(states).float(), ids.reshape(-1)[hidden])

    times = []
    for _ in range(steps + 2):
        start = time.perf_counter()
        optimizer.zero_grad()
        loss().backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        times.append(time.perf_counter() - start)
    times = sorted(times[2:])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps(dict(tokens_per_second=round(batch * length / times[len(times) // 2]), peak_megabytes=round(peak / 1e6))))


main()
