"""The texts that are encoded, made of WordNet's glosses and kept in a folder as one text a line."""

import json
import re
import subprocess
from pathlib import Path

from tokenizers import Tokenizer


def tokenizer(model):
    """The model's tokenizer, without padding, cutting where the model does."""
    made = Tokenizer.from_file(str(Path(model) / "tokenizer.json"))
    made.no_padding()
    made.enable_truncation(256)
    return made


def lines(path):
    return [line for line in Path(path).read_text(encoding="utf-8").split("\n") if line]


def prepare(folder, model, tokens):
    """Writes short.txt, passages115.txt and passages256.txt, each of about as many tokens, and queries.txt; returns their paths by name.

    Beside the folder go WordNet itself and texts to calibrate a peer with.
    """
    folder.mkdir(parents=True, exist_ok=True)
    corpus = folder.parent / "wordnet.jsonl"
    if not corpus.exists():
        subprocess.run(["tools/wordnet-corpus", corpus], check=True)
    glosses = [json.loads(line)["text"] for line in corpus.open(encoding="utf-8")]
    split = tokenizer(model)
    split.no_truncation()
    made = {
        "short": short(glosses, split, tokens),
        "passages115": passages(glosses, split, tokens, 115),
        "passages256": passages(glosses, split, tokens, 256),
        "queries": queries(glosses),
    }
    paths = {}
    for name, texts in made.items():
        paths[name] = folder / f"{name}.txt"
        write(paths[name], texts)
    # Other glosses than the ones that are timed.
    write(folder.parent / "calibration.txt", short(glosses[1:], split, 8_000) + passages(glosses[1:], split, 8_000, 115))
    return paths


def write(path, texts):
    """One text a line; a file that holds the same already keeps its time, by which vectors made of it are known to be of it."""
    content = "".join(text + "\n" for text in texts)
    if not path.exists() or path.read_text(encoding="utf-8") != content:
        path.write_text(content, encoding="utf-8")


def count(paths, model):
    """Texts and tokens of each set."""
    split = tokenizer(model)
    read = {name: lines(path) for name, path in paths.items()}
    return {name: {"texts": len(texts), "tokens": sum(len(e.ids) for e in split.encode_batch(texts))} for name, texts in read.items()}


def short(glosses, split, tokens):
    """Glosses of 20 to 40 tokens from all over WordNet: about 27 in the mean."""
    chosen, total = [], 0
    for gloss in glosses[:: len(glosses) * 7 // tokens]:
        length = len(split.encode(gloss).ids)
        if 20 <= length <= 40 and total < tokens:
            chosen.append(gloss)
            total += length
    return chosen


def passages(glosses, split, tokens, limit):
    """Glosses one after the other, cut at a word's end so that each passage has at most `limit` tokens."""
    chosen, rest, source = [], "", iter(glosses[:: len(glosses) * 14 // tokens])
    while len(chosen) * limit < tokens:
        encoded = split.encode(rest)
        while len(encoded.ids) <= limit:
            rest = f"{rest} {next(source)}.".strip()
            encoded = split.encode(rest)
        # The token at limit - 1 would take the place of [SEP]; back to the first token of its word.
        last = limit - 1
        while encoded.word_ids[last] == encoded.word_ids[last - 1]:
            last -= 1
        end = encoded.offsets[last - 1][1]
        chosen.append(rest[:end].strip())
        rest = rest[end:].strip()
    return chosen


def queries(glosses, count=200):
    """The usage examples that glosses quote: 4 to 12 words, as people ask."""
    found = []
    for gloss in glosses:
        found += [text for text in re.findall(r'"([^"]+)"', gloss) if 4 <= len(text.split()) <= 12]
    return found[:: len(found) // count][:count]
