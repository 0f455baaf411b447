#!/usr/bin/env python3
"""Writes what seqeval, scikit-learn, SciPy and torchmetrics say of made-up predictions, which the tests compare with.

    tools/goldens_scores.py      # needs `pip install seqeval scikit-learn scipy torchmetrics tokenizers`
"""

import json
import random
from pathlib import Path

import numpy
from scipy import stats
from seqeval.metrics import f1_score, precision_score, recall_score
from seqeval.scheme import BILOU, IOBES
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score as class_f1, matthews_corrcoef
from sklearn.metrics import precision_recall_fscore_support
from tokenizers import BertWordPieceTokenizer
from torchmetrics.functional.text import squad

GOLDENS = Path(__file__).resolve().parent.parent / "Tests/AkinTrainingTests/Goldens"


def write(name, value):
    GOLDENS.mkdir(parents=True, exist_ok=True)
    (GOLDENS / name).write_text(json.dumps(value, ensure_ascii=False) + "\n", encoding="utf-8")


def spans():
    """Tags drawn at random, so that they break every rule, and well-formed ones with some tags changed."""
    draw = random.Random(17)
    cases = []
    for scheme, prefixes in [("IOB", "BI"), ("IOE", "IE"), ("IOBES", "BIES"), ("BILOU", "BILU")]:
        tags = ["O"] + [f"{prefix}-{kind}" for prefix in prefixes for kind in ("PER", "LOC", "ORG")]
        for case in range(12):
            expected = [[draw.choice(tags) for _ in range(draw.randint(1, 12))] for _ in range(20)]
            changed = [[draw.choice(tags) if draw.random() < 0.25 else tag for tag in row] for row in expected]
            modes = {"lenient": {}}
            if scheme in ("IOBES", "BILOU"):
                modes = {"strict": {"mode": "strict", "scheme": {"IOBES": IOBES, "BILOU": BILOU}[scheme]}}
            for mode, options in modes.items():
                common = {"zero_division": 0, **options}
                cases.append({
                    "scheme": scheme, "mode": mode, "expected": expected, "predicted": changed,
                    "precision": precision_score(expected, changed, **common),
                    "recall": recall_score(expected, changed, **common),
                    "f1": f1_score(expected, changed, **common),
                    "macro_f1": f1_score(expected, changed, average="macro", **common),
                })
    return cases


def classes():
    draw = random.Random(5)
    cases = []
    for count in (2, 3, 7):
        expected = [draw.randrange(count) for _ in range(200)]
        predicted = [label if draw.random() < 0.6 else draw.randrange(count) for label in expected]
        precision, recall, f1, support = precision_recall_fscore_support(
            expected, predicted, labels=range(count), zero_division=0)
        cases.append({
            "count": count, "expected": expected, "predicted": predicted,
            "accuracy": accuracy_score(expected, predicted), "macro_f1": class_f1(expected, predicted, average="macro"),
            "matthews": matthews_corrcoef(expected, predicted),
            "confusion": confusion_matrix(expected, predicted, labels=range(count)).tolist(),
            "precision": precision.tolist(), "recall": recall.tolist(), "f1": f1.tolist(), "support": support.tolist(),
        })
    return cases


def correlations():
    draw = random.Random(9)
    cases = []
    for digits in (0, 1, 6):
        x = [round(draw.gauss(0, 3), digits) for _ in range(60)]
        y = [round(value + draw.gauss(0, 2), digits) for value in x]
        cases.append({"x": x, "y": y, "pearson": stats.pearsonr(x, y)[0], "spearman": stats.spearmanr(x, y)[0]})
    return cases


def calibration():
    """Bins of equal width, closed above; no library has the figure in one call."""
    draw = numpy.random.default_rng(3)
    confidences = draw.uniform(0.2, 1, 500)
    right = draw.uniform(size=500) < confidences**1.5
    bins = numpy.clip(numpy.ceil(confidences * 15) - 1, 0, 14)
    error = sum(abs(confidences[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins))
    return {"confidences": confidences.tolist(), "right": right.tolist(), "error": float(error)}


def answers():
    pairs = [
        ("the Eiffel Tower", "Eiffel Tower"), ("Eiffel Tower, Paris!", "the eiffel tower"), ("a cat and the dog", "Cat"),
        ("", ""), ("", "something"), ("an", "the"), ("1,024", "1024"), ("well-known", "well known"),
        ("the–end", "end"), ("The “Theatre” of a man", "theatre of man"), ("Ünïcode  É", "ünïcode é"), ("to be to be", "to be"),
        ("$5.5 billion", "5.5 billion"), ("A.", "b"),
    ]
    cases = []
    for one, two in pairs:
        score = squad([{"prediction_text": one, "id": "1"}], [{"answers": {"answer_start": [0], "text": [two]}, "id": "1"}])
        cases.append({"predicted": one, "answer": two, "exact": float(score["exact_match"]) / 100, "f1": float(score["f1"]) / 100})
    return cases


def logistic():
    draw = numpy.random.default_rng(11)
    cases = []
    for classes, dimension, rows, balanced, c in [(2, 12, 150, False, 1), (4, 16, 240, False, 1), (4, 16, 240, True, 1),
                                                  (3, 8, 90, False, 10), (2, 8, 80, True, 0.1)]:
        centres = draw.normal(size=(classes, dimension))
        labels = draw.choice(classes, size=rows, p=numpy.arange(1, classes + 1) / sum(range(1, classes + 1)))
        features = centres[labels] + draw.normal(scale=2.5, size=(rows, dimension))
        features /= numpy.linalg.norm(features, axis=1, keepdims=True)
        features = features.astype(numpy.float32).round(5)
        model = LogisticRegression(C=c, class_weight="balanced" if balanced else None, tol=1e-9, max_iter=20000)
        model.fit(features.astype(numpy.float64), labels)
        cases.append({
            "classes": classes, "balanced": balanced, "c": c, "labels": labels.tolist(),
            "features": [[float(f"{x:.5f}") for x in row] for row in features],
            "probabilities": model.predict_proba(features.astype(numpy.float64)[:20]).round(7).tolist(),
        })
    return cases


def vocabulary():
    """Words with a few frequent parts, accents, ideographs and rare letters; learnt as `tokenizers` learns them."""
    draw = random.Random(21)
    stems = ["light", "harbour", "read", "walk", "über", "café", "strasse", "quick", "nation", "form"]
    ends = ["", "s", "er", "ing", "ed", "less", "al", "ation", "ly", "ness"]
    words = [stem + end for stem in stems for end in ends] + list("海港灯台") + ["Ω", "don't", "3,14"]
    weights = [1 / (place + 1) for place in range(len(words))]
    draw.shuffle(words)
    lines = [" ".join(draw.choices(words, weights, k=12)) for _ in range(400)]
    (GOLDENS / "vocabulary.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    tokenizer = BertWordPieceTokenizer(lowercase=True)
    tokenizer.train([str(GOLDENS / "vocabulary.txt")], vocab_size=160, min_frequency=2, show_progress=False)
    entries = sorted(tokenizer.get_vocab(), key=tokenizer.get_vocab().get)
    return {"size": 160, "entries": entries, "tokens": sum(len(tokenizer.encode(line, add_special_tokens=False)) for line in lines)}


write("spans.json", spans())
write("classes.json", classes())
write("correlations.json", correlations())
write("calibration.json", calibration())
write("answers.json", answers())
write("logistic.json", logistic())
write("vocabulary.json", vocabulary())
