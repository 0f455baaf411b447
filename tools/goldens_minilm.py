"""Writes Tests/AkinTransformersTests/Goldens/minilm.json: what `transformers` computes with the real all-MiniLM-L6-v2.

Run:  pip install torch transformers && python tools/goldens_minilm.py FOLDER      (the folder that `akin model info minilm` names)
"""

import json
import pathlib
import sys

import torch
from transformers import AutoModel, AutoTokenizer

TARGET = pathlib.Path(__file__).resolve().parent.parent / "Tests" / "AkinTransformersTests" / "Goldens" / "minilm.json"
TEXTS = [
    "",
    "The river rose over its bank after the rain.",
    "She opened an account at the bank.",
    "[SEP] typed by hand",
    "bank " * 400,
    "一只猫 sat 🐱",
    "Ångström, naïve café — coöperation",
]
LONGEST = 256

tokenizer = AutoTokenizer.from_pretrained(sys.argv[1])
network = AutoModel.from_pretrained(sys.argv[1]).eval()
vectors = []
with torch.no_grad():
    for text in TEXTS:
        states = network(**tokenizer(text, return_tensors="pt", truncation=True, max_length=LONGEST)).last_hidden_state[0]
        mean = states.mean(0)
        vectors.append([round(float(x), 8) for x in mean / mean.norm()])
TARGET.write_text(json.dumps({"texts": TEXTS, "vectors": vectors}, ensure_ascii=False) + "\n")
