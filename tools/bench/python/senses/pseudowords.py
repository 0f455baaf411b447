"""Makes words with a known number of senses out of any texts (pseudo-words: Schütze 1992; Gale, Church and Yarowsky 1992).

Sentences with a noun of one meaning are one sense; those of two to four nouns, in all of which the noun is replaced by the first of them,
are a word of two to four senses. The output has the columns of the other data: word, sense, token_index, text. Half of the sets with more
than one sense have senses of unequal size.

usage: python3 -m senses.pseudowords TEXTS... > pseudo.tsv      (lines of text, or JSON lines with a field "text")
"""

import argparse
import collections
import json
import random
import re

NOUNS = """abstract airfoil airplane algorithm amplifier angel atom barley bedroom bibliography bicycle bishop breakfast bullet butter
butterfly cancer carpenter carpet castle catalogue cathedral cheese church coffee compiler congress cotton cylinder database desert dinner
disease doctor dragon drought earthquake editor election elephant emperor farmer forest funeral garden ghost grandmother guitar hospital
hydrogen ionosphere island journalist keyboard kidney kitchen knife lawyer leather librarian liver meadow microscope milk modem monk
murderer nephew newspaper nozzle nurse ocean opera oscillator oxygen parliament password philosopher piano pig pigeon pistol poem potato
president printer prisoner professor rainfall rifle sailor salmon sculpture senator sheep shoe skull sofa software soldier sparrow stomach
submarine sugar surgeon sword tax teacher telescope tomato transistor trumpet turbulence umbrella uncle uranium vaccine violin volcano
waveguide wedding wheat wing witch wizard wolf wool""".split()


def sentences(paths):
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line).get("text", "") if path.endswith(".jsonl") else line
                for sentence in re.split(r"(?<=[.!?])\s+", text.strip()):
                    yield sentence.split()


def found(paths, longest):
    """By noun: (tokens, place) of the sentences that hold it as a token of its own."""
    wanted = set(NOUNS)
    by_noun = collections.defaultdict(list)
    for tokens in sentences(paths):
        if not 6 <= len(tokens) <= longest:
            continue
        seen = set()
        for place, token in enumerate(tokens):
            noun = token.lower()
            if noun in wanted and noun not in seen:
                seen.add(noun)
                by_noun[noun].append((tokens, place))
    return by_noun


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sets", type=int, default=30, help="words of each number of senses")
    parser.add_argument("--longest", type=int, default=60, help="words of a sentence at most")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    by_noun = found(options.texts, options.longest)
    nouns = [noun for noun in NOUNS if len(by_noun[noun]) >= 60]
    for noun in nouns:
        rng.shuffle(by_noun[noun])
    print("word\tsense\ttoken_index\ttext")
    made = set()
    for count in range(1, 5):
        for number in range(min(options.sets, len(nouns)) if count == 1 else options.sets // count * 2 if count < 4 else options.sets // 3):
            chosen = rng.sample(nouns, count)
            while tuple(chosen) in made:
                chosen = rng.sample(nouns, count)
            made.add(tuple(chosen))
            sizes = [60] * count if number % 2 == 0 or count == 1 else [80] + [40] * (count - 2) + [25]
            for noun, size in zip(chosen, sizes):
                for tokens, place in by_noun[noun][:size]:
                    text = " ".join(tokens[:place] + [chosen[0]] + tokens[place + 1 :])
                    print(f"{'+'.join(chosen)}\t{noun}\t{place}\t{text}")


if __name__ == "__main__":
    main()
