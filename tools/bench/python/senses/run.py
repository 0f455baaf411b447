"""Word sense induction on sentences whose senses are known: Akin's own number of senses against the gold ones.

The data is tab-separated with a header line: word, sense, token_index (the word's place among tokens parted by spaces), text; as
CoarseWSD-20 (Loureiro et al. 2021) has it. Each word's sentences are indexed into a database of their own, at most --most of a sense,
and `akin words senses WORD --json` divides them. Beside it stand one cluster for all, and k-means over static vectors of the sentences
(`akin index --encoder static`) at the same number of clusters.
"""

import argparse
import collections
import json
import math
import os
import random
import subprocess
import tempfile


def b_cubed(gold, found):
    """F1 of B-cubed precision and recall (Bagga and Baldwin 1998)."""
    precision = recall = 0.0
    both = collections.Counter(zip(gold, found))
    golds, founds = collections.Counter(gold), collections.Counter(found)
    for (g, f), n in both.items():
        precision += n * n / founds[f]
        recall += n * n / golds[g]
    precision, recall = precision / len(gold), recall / len(gold)
    return 2 * precision * recall / (precision + recall)


def entropy(counts):
    total = sum(counts)
    return -sum(n / total * math.log(n / total) for n in counts if n)


def v_measure(gold, found):
    """Harmonic mean of homogeneity and completeness (Rosenberg and Hirschberg 2007)."""
    h_gold, h_found = entropy(collections.Counter(gold).values()), entropy(collections.Counter(found).values())
    h_both = entropy(collections.Counter(zip(gold, found)).values())
    homogeneity = 1 - (h_both - h_found) / h_gold if h_gold else 1.0
    completeness = 1 - (h_both - h_gold) / h_found if h_found else 1.0
    return 2 * homogeneity * completeness / (homogeneity + completeness) if homogeneity + completeness > 0 else 0.0


def purity(gold, found):
    """The share of sentences whose cluster is mostly of their sense."""
    by_cluster = collections.defaultdict(collections.Counter)
    for g, f in zip(gold, found):
        by_cluster[f][g] += 1
    return sum(max(senses.values()) for senses in by_cluster.values()) / len(gold)


def adjusted_rand(gold, found):
    """The Rand index less what chance gives (Hubert and Arabie 1985)."""
    pairs = lambda counts: sum(n * (n - 1) / 2 for n in counts)
    both, golds, founds = (
        pairs(collections.Counter(values).values()) for values in (zip(gold, found), gold, found)
    )
    chance = golds * founds / max(1, len(gold) * (len(gold) - 1) / 2)
    most = (golds + founds) / 2
    return (both - chance) / (most - chance) if most > chance else 1.0


def read(path, most, seed):
    """The sentences of each word by sense: at most `most` of a sense, drawn at random."""
    by_word = collections.defaultdict(lambda: collections.defaultdict(list))
    with open(path, encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            word, sense, index, text = line.rstrip("\n").split("\t")
            by_word[word][sense].append((int(index), text))
    drawn = {}
    for word, senses in by_word.items():
        rng = random.Random(f"{seed} {word}")
        drawn[word] = [
            (sense, index, text)
            for sense, rows in sorted(senses.items())
            for index, text in (rows if len(rows) <= most else rng.sample(rows, most))
        ]
    return drawn


def akin(program, arguments, given=None):
    done = subprocess.run([program, *arguments], input=given, capture_output=True)
    if done.returncode:
        raise SystemExit(f"akin {' '.join(arguments)}: {done.stderr.decode()}")
    return done.stdout


def evaluate(program, word, rows, folder):
    """Gold senses and found ones, in the sentences' order, from one word's database."""
    database = os.path.join(folder, f"{word}.db")
    documents = "".join(json.dumps({"id": str(place), "text": text}) + "\n" for place, (_, _, text) in enumerate(rows))
    akin(
        program,
        ["index", "-", "--format", "jsonl", "--db", database, "--quiet", "--chunk-tokens", "0", "--encoder", "bert"],
        documents.encode(),
    )
    # A pseudo-word is named by its parts, and all its sentences hold the first of them.
    written = rows[0][2].split(" ")[rows[0][1]]
    answer = json.loads(akin(program, ["words", "senses", written, "--json", "--limit", "100000", "--db", database, "--quiet"]))
    starts = {}
    for place, (_, index, text) in enumerate(rows):
        starts[str(place)] = len(" ".join(text.split(" ")[:index])) + (1 if index else 0)
    best = {}
    for occurrence in answer["occurrences"]:
        # Where the word occurs more than once, the occurrence nearest to the labelled one counts.
        distance = abs(occurrence["range"][0] - starts[occurrence["id"]])
        if occurrence["id"] not in best or distance < best[occurrence["id"]][0]:
            best[occurrence["id"]] = (distance, occurrence["sense"])
    places = [str(place) for place in range(len(rows)) if str(place) in best]
    gold = [rows[int(place)][0] for place in places]
    found = [best[place][1] for place in places]
    return places, gold, found


def static_clusters(program, rows, places, folder, word, k):
    """The sentences' vectors by a static model, clustered into k by akin's own k-means."""
    database = os.path.join(folder, f"{word}-static.db")
    kept = [rows[int(place)][2] for place in places]
    documents = "".join(json.dumps({"id": place, "text": text}) + "\n" for place, text in zip(places, kept))
    akin(
        program,
        ["index", "-", "--format", "jsonl", "--db", database, "--quiet", "--chunk-tokens", "0", "--encoder", "static"],
        documents.encode(),
    )
    if k == 1:
        return [0] * len(places)
    answer = json.loads(akin(program, ["cluster", "-k", str(k), "--json", "--db", database, "--quiet"]))
    return [answer["assignments"][place] for place in places]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", help="the file of labelled sentences")
    parser.add_argument("--akin", default=".build/release/akin")
    parser.add_argument("--most", type=int, default=100, help="sentences of a sense at most")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--balance", action="store_true", help="as many sentences of each sense as the rarest has")
    parser.add_argument("--no-static", action="store_true", help="leave out k-means over static vectors")
    parser.add_argument("--word", action="append", help="only this word; may be given again")
    options = parser.parse_args()

    rows_by_word = read(options.data, options.most, options.seed)
    table = []
    with tempfile.TemporaryDirectory() as folder:
        for word, rows in sorted(rows_by_word.items()):
            if options.word and word not in options.word:
                continue
            if options.balance:
                least = min(collections.Counter(sense for sense, _, _ in rows).values())
                kept = collections.Counter()
                chosen = []
                for row in rows:
                    kept[row[0]] += 1
                    if kept[row[0]] <= least:
                        chosen.append(row)
                rows = chosen
            places, gold, found = evaluate(options.akin, word, rows, folder)
            one = [0] * len(gold)
            static = one if options.no_static else static_clusters(options.akin, rows, places, folder, word, len(set(found)))
            table.append(
                (word, len(gold), len(rows), len(set(gold)), len(set(found)))
                + tuple(measure(gold, clusters) for clusters in (found, one, static) for measure in (b_cubed, v_measure))
                + (purity(gold, found), adjusted_rand(gold, found))
            )
    print("word        sentences  gold  found   B3 F1     V    one: B3     V   static: B3     V   purity    ARI")
    for word, n, all_rows, k_gold, k_found, *scores in table:
        b, v, b1, v1, bs, vs, pure, rand = scores
        print(f"{word:12}{n:4}/{all_rows:4}{k_gold:6}{k_found:7}{b:8.3f}{v:7.3f}{b1:10.3f}{v1:7.3f}{bs:12.3f}{vs:7.3f}{pure:9.3f}{rand:7.3f}")
    mean = [sum(row[column] for row in table) / len(table) for column in range(3, 13)]
    print(
        f"{'mean':21}{mean[0]:6.2f}{mean[1]:7.2f}{mean[2]:8.3f}{mean[3]:7.3f}{mean[4]:10.3f}{mean[5]:7.3f}{mean[6]:12.3f}{mean[7]:7.3f}"
        f"{mean[8]:9.3f}{mean[9]:7.3f}"
    )
    for senses in sorted({row[3] for row in table}):
        rows = [row for row in table if row[3] == senses]
        right, near = (sum(abs(row[3] - row[4]) <= most for row in rows) for most in (0, 1))
        print(f"words of {senses} senses: {len(rows)}, number right {right}, within one {near}, {sum(row[4] for row in rows) / len(rows):.2f} on average")
    right, near = (sum(abs(row[3] - row[4]) <= most for row in table) for most in (0, 1))
    print(f"number of senses right for {right} of {len(table)} words, within one for {near}")


if __name__ == "__main__":
    main()
