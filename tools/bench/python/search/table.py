"""Figures as JSON lines, a file for each engine and set, and the table of them."""

import json

MODES = ["keyword", "semantic", "hybrid"]


def read(output):
    """[(header, {phase: figures})], by number of texts, in the order of the files."""
    found = []
    for file in sorted(output.glob("*.jsonl")):
        header, *lines = map(json.loads, file.read_text().splitlines())
        found.append((header, {line["phase"]: line for line in lines}))
    return sorted(found, key=lambda one: (one[0]["texts"], one[0]["engine"] != "akin"))


def percentile(values, share):
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def write(figures, output):
    """Writes table.md; returns it."""
    lines = []
    for texts in sorted({header["texts"] for header, _ in figures}):
        here = [one for one in figures if one[0]["texts"] == texts]
        columns = ["engine", "build s", "size MB", "memory MB", *[f"{mode}: p50 / p99 ms (overlap)" for mode in MODES]]
        lines += [f"{here[0][0]['machine']} · {texts:,} texts, one thread", "", "| " + " | ".join(columns) + " |", "|---" * len(columns) + "|"]
        lines += ["| " + " | ".join(row(*one)) + " |" for one in here] + [""]
        lines += notes(here)
    text = "\n".join(lines) + "\n"
    (output / "table.md").write_text(text)
    return text


def row(header, phases):
    build = phases.get("build")
    made = [f"{build['seconds']:.0f}", f"{build['bytes'] / 1e6:.0f}", f"{build['memory'] / 1e6:.0f}"] if build else ["–"] * 3
    return [header["engine"], *made, *[cell(phases.get(mode)) for mode in MODES]]


def cell(figures):
    if not figures:
        return "–"
    quality = f" ({figures['overlap']:.3f})" if "overlap" in figures else ""
    return f"{percentile(figures['ms'], 0.5):.2f} / {percentile(figures['ms'], 0.99):.2f}{quality}"


def notes(here):
    """What the table has no columns for: ratios to the best peer, two threads, a cold process."""
    akin = next((phases for header, phases in here if header["engine"] == "akin"), None)
    if not akin:
        return []
    lines = []
    for mode in MODES:
        peers = {header["engine"]: percentile(phases[mode]["ms"], 0.5) for header, phases in here if header["engine"] != "akin" and mode in phases}
        if mode not in akin:
            continue
        own = percentile(akin[mode]["ms"], 0.5)
        best = min(peers, key=peers.get, default=None)
        beside = f"; {best}, the fastest peer, takes {peers[best] / own:.2f} × as long" if best else ""
        lines.append(f"* {mode}: two threads {akin[mode]['speedup']:.2f} × one{beside}.")
    if "cold" in akin:
        lines.append(f"* A hybrid question from a cold process: {percentile(akin['cold']['ms'], 0.5):.0f} ms.")
    return lines + [""]
