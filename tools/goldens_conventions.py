"""Writes what sentence-transformers makes of the conventions of model folders that the tiny checkpoints of goldens_bert.py lack:
Tests/AkinTransformersTests/Goldens/conventions.json.

Run:  pip install torch sentence-transformers && python tools/goldens_conventions.py

Each case is a folder of Goldens/bert with some files replaced, and the vectors that `SentenceTransformer` (float32, one text at a time)
gives its texts as passages and as queries; with `dimensions`, cut by `truncate_dim` and normalised. `cuts` holds what
torch.nn.functional makes of plain vectors by the steps of nomic-embed-text-v1.5: layer_norm, cut, normalize.
"""

import json
import pathlib
import shutil
import tempfile

import torch
import torch.nn.functional as F
from sentence_transformers import SentenceTransformer

GOLDENS = pathlib.Path(__file__).resolve().parent.parent / "Tests" / "AkinTransformersTests" / "Goldens"
TEXTS = ["A man is walking with the big dog.", "bank " * 12, "a", "the river bank is red"]
PROMPTS = {"prompts": {"query": "big red ", "passage": "the bank "}}


def pooling(modes, **rest):
    return {"embedding_dimension": 32, "pooling_mode": modes, **rest}


CASES = [
    {"name": "one mode by its new name", "folder": "half", "files": {"1_Pooling/config.json": pooling("max")}},
    {"name": "modes one after the other, in the list's order", "folder": "half",
     "files": {"1_Pooling/config.json": pooling(["lasttoken", "mean", "cls", "mean_sqrt_len_tokens"])}},
    {"name": "weights of places beside a prompt that is left out", "folder": "half",
     "files": {"1_Pooling/config.json": pooling(["weightedmean", "mean", "cls"], include_prompt=False),
               "config_sentence_transformers.json": PROMPTS}},
    {"name": "prompts of the names document, passage and corpus", "folder": "half",
     "files": {"config_sentence_transformers.json": {"prompts": {"corpus": "a ", "document": "money ", "passage": "the "}}}},
    {"name": "a prompt for all that is named as the default", "folder": "half",
     "files": {"config_sentence_transformers.json": {"prompts": {"sts": "tree "}, "default_prompt_name": "sts"}}},
    {"name": "the longest text under the network's own name", "folder": "half",
     "files": {"sentence_bert_config.json": None, "sentence_roberta_config.json": {"max_seq_length": 7, "do_lower_case": False}}},
    {"name": "the longest text of the tokenizer", "folder": "half",
     "files": {"sentence_bert_config.json": {"do_lower_case": False},
               "tokenizer_config.json": {"do_lower_case": True, "model_max_length": 9, "tokenizer_class": "BertTokenizer"}}},
    {"name": "cut and brought to unit length", "folder": "half", "files": {}, "dimensions": 8},
    {"name": "cut after a Dense module", "folder": "dense", "files": {}, "dimensions": 7},
    {"name": "cut where nothing is normalised before", "folder": "cls-prefixed", "files": {}, "dimensions": 5},
    {"name": "cut to one component", "folder": "half", "files": {}, "dimensions": 1},
]


def vectors(model, texts, prompt, dimensions):
    rows = [model.encode([text], prompt=prompt or None, convert_to_tensor=True)[0] for text in texts]
    rows = torch.stack(rows).to(torch.float32)
    if dimensions:
        rows = F.normalize(rows[:, :dimensions], dim=1)
    return [[round(float(x), 8) for x in row] for row in rows]


def measure(case):
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary) / case["folder"]
        shutil.copytree(GOLDENS / "bert" / case["folder"], folder)
        for path, contents in case["files"].items():
            if contents is None:
                (folder / path).unlink()
            else:
                (folder / path).write_text(json.dumps(contents))
        model = SentenceTransformer(str(folder), device="cpu", model_kwargs={"torch_dtype": torch.float32})
        default = model.prompts.get(model.default_prompt_name or "", "")
        passage = next((model.prompts[n] for n in ("document", "passage", "corpus") if model.prompts.get(n)), default)
        query = model.prompts.get("query") or default
        return {**case, "maximum": int(model.max_seq_length), "passages": vectors(model, TEXTS, passage, case.get("dimensions")),
                "queries": vectors(model, TEXTS, query, case.get("dimensions"))}


def cuts():
    generator = torch.Generator().manual_seed(7)
    found = []
    for size, dimensions in [(16, 4), (64, 24), (33, 32)]:
        for _ in range(2):
            vector = torch.randn(size, generator=generator) * 0.1 + 0.05
            cut = F.normalize(F.layer_norm(vector, (size,))[:dimensions], dim=0)
            found.append({"vector": vector.tolist(), "cut": cut.tolist()})
    return found


result = {"texts": TEXTS, "cases": [measure(case) for case in CASES], "cuts": cuts()}
(GOLDENS / "conventions.json").write_text(json.dumps(result, ensure_ascii=False) + "\n")
