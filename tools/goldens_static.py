"""Writes Tests/AkinTransformersTests/Goldens/static: folders of the `model2vec` project, and what that project computes from them.

Run:  pip install model2vec sentencepiece protobuf && python tools/goldens_static.py
"""

import json
import pathlib
import shutil

import numpy as np
from model2vec import StaticModel
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers

import goldens_unigram

ROOT = pathlib.Path(__file__).resolve().parent.parent / "Tests" / "AkinTransformersTests" / "Goldens"
TARGET = ROOT / "static"
DIMENSION = 8
TEXTS = [
    "",
    "the dog is walking to the bank",
    "The MAN, the woman and a child!",
    "zebra",
    "unbelievable new york 字",
    "dog dog dog 🐶 cat",
    "money " * 40,
]

rng = np.random.default_rng(7)


def tokenizer():
    # As `model2vec` leaves a BERT tokenizer: without [CLS] and [SEP].
    tokens = (ROOT / "bert" / "half" / "vocab.txt").read_text().splitlines()
    kept = [token for token in tokens if token not in ("[CLS]", "[SEP]", "[MASK]")]
    result = Tokenizer(models.WordPiece({token: place for place, token in enumerate(kept)}, unk_token="[UNK]"))
    result.normalizer = normalizers.BertNormalizer()
    result.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    result.decoder = decoders.WordPiece()
    result.add_special_tokens(["[PAD]", "[UNK]"])
    return result, len(kept)


def write(name, **settings):
    folder = TARGET / name
    shutil.rmtree(folder, ignore_errors=True)
    tokens, count = settings.pop("tokens", None) or tokenizer()
    rows = 20 if "token_mapping" in settings else count
    vectors = rng.normal(size=(rows, DIMENSION)).astype(np.float32)
    if "token_mapping" in settings:
        settings["token_mapping"] = rng.integers(0, rows, count)
        settings["weights"] = rng.uniform(0.1, 1, count).astype(settings.pop("weight_type"))
    kind = settings.pop("kind", "float32")
    vectors = np.round(vectors * 40).astype(np.int8) if kind == "int8" else vectors.astype(kind)
    StaticModel(vectors, tokens, **settings).save_pretrained(folder)
    for other in ("README.md", "modules.json"):
        (folder / other).unlink(missing_ok=True)
    model = StaticModel.from_pretrained(folder)
    expected = [[round(float(x), 6) for x in model.encode([text])[0].astype(np.float32)] for text in TEXTS]
    (folder / "expected.json").write_text(json.dumps({"texts": TEXTS, "vectors": expected}, ensure_ascii=False) + "\n")


write("plain", normalize=True, max_length=None)
write("half", kind="float16", normalize=True)
write("raw", normalize=False, max_length=12)
write("quantized", kind="int8", normalize=True, token_mapping=True, weight_type="float32")
write("quantized-double", normalize=True, token_mapping=True, weight_type="float64")
unigram = dict(goldens_unigram.cases())["multilingual"]
write("unigram", normalize=True, max_length=None, tokens=(unigram, unigram.get_vocab_size()))
