"""Writes tiny models with heads under Tests/AkinTrainingTests/Goldens, and what PyTorch's gradients and AdamW make of them.

Run:  pip install torch transformers && python tools/goldens_training.py

Each folder is a model with random weights. `expected.json` holds one batch with its targets, the loss, and the losses of the steps after it;
`gradients.safetensors` the gradient of every parameter at the first step, `trained.safetensors` the parameters after the last one. No dropout.
"""

import json
import pathlib
import shutil

import torch
from safetensors.torch import save_file
from transformers import (
    BertConfig, BertForMaskedLM, BertForPreTraining, BertForQuestionAnswering, BertForSequenceClassification, BertForTokenClassification,
    BertModel, get_linear_schedule_with_warmup)

ROOT = pathlib.Path(__file__).resolve().parent.parent / "Tests" / "AkinTrainingTests" / "Goldens"
SIZES = dict(
    vocab_size=60, hidden_size=20, num_hidden_layers=2, num_attention_heads=2, intermediate_size=36, max_position_embeddings=24,
    type_vocab_size=2, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
STEPS, WARM_UP, RATE, DECAY = 6, 2, 1e-2, 0.01


def batch(lengths, generator):
    """Sequences of the given lengths, padded, and the segments of each: the second half is the second segment."""
    width = max(lengths)
    ids = torch.zeros(len(lengths), width, dtype=torch.long)
    segments, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    for row, length in enumerate(lengths):
        ids[row, :length] = torch.randint(5, 60, (length,), generator=generator)
        segments[row, length // 2:length] = 1
        mask[row, :length] = 1
    return dict(input_ids=ids, token_type_ids=segments, attention_mask=mask)


def plain(inputs):
    lengths = inputs["attention_mask"].sum(1).tolist()
    cut = lambda name: [row[:length].tolist() for row, length in zip(inputs[name], lengths)]
    return dict(ids=cut("input_ids"), segments=cut("token_type_ids"))


def build(name, make, lengths, targets, record, loss=None, **config):
    """`loss` makes a loss of the tokens' states and the targets, for a network without a head of its own."""
    torch.manual_seed(len(name))
    generator = torch.Generator().manual_seed(7)
    model = make(BertConfig(**{**SIZES, **config}), **(dict(add_pooling_layer=False) if make is BertModel else {}))
    # Wider weights than at the start of training, so that every gradient is well above rounding.
    for parameter in model.parameters():
        with torch.no_grad():
            parameter.add_(torch.randn(parameter.shape, generator=generator) * 0.15)
    model.eval()
    folder = ROOT / name
    shutil.rmtree(folder, ignore_errors=True)
    model.save_pretrained(folder)
    (folder / "generation_config.json").unlink(missing_ok=True)
    # Files name parameters as a model with a head does.
    prefix = "bert." if make is BertModel else ""
    inputs = batch(lengths, generator)
    labels = targets(inputs, generator)

    decayed = [p for n, p in model.named_parameters() if not n.endswith("bias") and "LayerNorm" not in n]
    kept = [p for n, p in model.named_parameters() if n.endswith("bias") or "LayerNorm" in n]
    optimizer = torch.optim.AdamW(
        [dict(params=decayed, weight_decay=DECAY), dict(params=kept, weight_decay=0.0)], lr=RATE, betas=(0.9, 0.999), eps=1e-8)
    schedule = get_linear_schedule_with_warmup(optimizer, WARM_UP, STEPS)
    losses, norms = [], []
    for step in range(STEPS):
        optimizer.zero_grad()
        value = loss(vectors(model, inputs), labels) if loss else model(**inputs, **labels).loss
        value.backward()
        if step == 0:
            gradients = {prefix + n: p.grad.clone() for n, p in model.named_parameters() if p.grad is not None}
            save_file(gradients, folder / "gradients.safetensors")
        norms.append(float(torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)))
        optimizer.step()
        schedule.step()
        losses.append(value.item())
    save_file({prefix + n: p.detach().clone() for n, p in model.named_parameters()}, folder / "trained.safetensors")
    expected = dict(plain(inputs), losses=losses, norms=norms, rate=RATE, warmUp=WARM_UP, **record(inputs, labels))
    (folder / "expected.json").write_text(json.dumps(expected))
    print(name, losses[0], losses[-1], norms[0])


def masked(inputs, generator):
    wanted = torch.full_like(inputs["input_ids"], -100)
    for row, place in ((0, 2), (0, 5), (1, 1), (2, 7), (2, 8)):
        wanted[row, place] = torch.randint(5, 60, (1,), generator=generator)
    return dict(labels=wanted)


def masked_record(inputs, labels):
    places = (labels["labels"] >= 0).nonzero().tolist()
    return dict(places=places, words=[labels["labels"][row, place].item() for row, place in places])


def vectors(model, inputs):
    """The mean of each text's states, at unit length."""
    mask = inputs["attention_mask"].unsqueeze(-1).float()
    states = model(**inputs).last_hidden_state
    return torch.nn.functional.normalize((states * mask).sum(1) / mask.sum(1), dim=1)


def cosent(texts, labels):
    scores, cosines = labels["scores"], 20 * (texts[0::2] * texts[1::2]).sum(1)
    differences = (cosines[None, :] - cosines[:, None])[scores[:, None] > scores[None, :]]
    return torch.logsumexp(torch.cat([torch.zeros(1), differences]), dim=0)


def squared(texts, labels):
    return torch.nn.functional.mse_loss((texts[0::2] * texts[1::2]).sum(1), labels["cosines"])


def matching(texts, labels):
    """The first texts are anchors; of the others, some are left out beside an anchor."""
    count = labels["anchors"]
    scores = 20 * texts[:count] @ texts[count:].T
    for anchor, other in labels["excluded"]:
        scores[anchor, other - count] = float("-inf")
    return torch.nn.functional.cross_entropy(scores, torch.arange(count))


LENGTHS = (9, 6, 12)
for activation in ("gelu", "gelu_new", "relu"):
    build(
        f"classes-{activation}", BertForSequenceClassification, LENGTHS, lambda i, g: dict(labels=torch.tensor([2, 0, 1])),
        lambda i, l: dict(classes=l["labels"].tolist()), hidden_act=activation, num_labels=3)
build(
    "flags", BertForSequenceClassification, LENGTHS, lambda i, g: dict(labels=torch.tensor([[1.0, 0, 1, 0], [0, 0, 0, 0], [1, 1, 0, 0]])),
    lambda i, l: dict(flags=l["labels"].tolist()), num_labels=4, problem_type="multi_label_classification")
build(
    "number", BertForSequenceClassification, LENGTHS, lambda i, g: dict(labels=torch.tensor([0.5, -1.0, 2.0])),
    lambda i, l: dict(numbers=l["labels"].tolist()), num_labels=1, problem_type="regression")
build(
    "tokens", BertForTokenClassification, LENGTHS,
    lambda i, g: dict(labels=torch.where((i["attention_mask"] > 0) & (i["input_ids"] % 4 > 0), i["input_ids"] % 5, -100)),
    lambda i, l: dict(tokens=[[t for t in row[:n].tolist()] for row, n in zip(l["labels"], LENGTHS)]), num_labels=5)
build(
    "answers", BertForQuestionAnswering, (10, 10, 10),
    lambda i, g: dict(start_positions=torch.tensor([2, 0, 6]), end_positions=torch.tensor([4, 0, 9])),
    lambda i, l: dict(starts=l["start_positions"].tolist(), ends=l["end_positions"].tolist()))
build("masked-words", BertForMaskedLM, LENGTHS, masked, masked_record)
build(
    "next-sentence", BertForPreTraining, LENGTHS, lambda i, g: dict(masked(i, g), next_sentence_label=torch.tensor([0, 1, 1])),
    lambda i, l: dict(masked_record(i, l), next=l["next_sentence_label"].tolist()))
build(
    "pairs-cosent", BertModel, (5, 4, 6, 3, 4, 5, 3, 6), lambda i, g: dict(scores=torch.tensor([2.5, 0.0, 5.0, 2.5])),
    lambda i, l: dict(scores=l["scores"].tolist()), loss=cosent)
build(
    "pairs-cosines", BertModel, (5, 4, 6, 3, 4, 5), lambda i, g: dict(cosines=torch.tensor([0.5, 0.0, 1.0])),
    lambda i, l: dict(cosines=l["cosines"].tolist()), loss=squared)
build(
    "pairs-matching", BertModel, (5, 4, 6, 3, 4, 5), lambda i, g: dict(anchors=3, excluded=[]), lambda i, l: l, loss=matching)
build(
    "pairs-negatives", BertModel, (5, 4, 6, 3, 4, 5, 3), lambda i, g: dict(anchors=3, excluded=[[0, 4], [2, 6]]), lambda i, l: l,
    loss=matching)
