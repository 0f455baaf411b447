"""Measurements as JSON lines, and the table of their medians."""

import json
from collections import defaultdict
from statistics import median

from .engines import AKIN, ALL

TITLES = {
    "short": "short texts, tokens/s",
    "passages115": "115-token passages, tokens/s",
    "passages256": "256-token passages, tokens/s",
    "texts": "your texts, tokens/s",
    "query": "one short query, µs p50 / p99",
    "cold start": "process start to one vector, s",
    "peak memory": "peak memory",
    "cosine": "cosine to fp32, mean / min",
}
SETS = ["short", "passages115", "passages256", "texts"]
MEASUREMENTS = "measurements.jsonl"


class Recorder:
    """Adds figures to a folder's measurements."""

    def __init__(self, output, **header):
        self.file = (output / MEASUREMENTS).open("a")
        self.write(header)

    def add(self, engine, threads, figures):
        self.write({"engine": engine, "threads": threads} | figures)

    def write(self, value):
        self.file.write(json.dumps(value) + "\n")
        self.file.flush()


class Medians:
    """The medians of all measurements in a folder."""

    def __init__(self, output):
        self.header = {}
        # (engine, threads, row, figure) to all values; threads is 0 for what does not depend on them.
        self.values = defaultdict(list)
        for line in (output / MEASUREMENTS).read_text().splitlines():
            one = json.loads(line)
            if "engine" not in one:
                self.header |= one
                continue
            for figure in one.keys() - {"engine", "threads", "row"}:
                value = one[figure]
                if figure == "seconds":
                    value = median(value)
                self.values[one["engine"], one["threads"], one["row"], figure].append(value)

    def get(self, engine, threads, row, figure):
        found = self.values.get((engine, threads, row, figure))
        return median(found) if found else None

    def rate(self, engine, threads, row):
        """Tokens a second in bulk."""
        seconds = self.get(engine, threads, row, "seconds")
        return self.header["tokens"][row]["tokens"] / seconds if seconds else None

    def engines_with(self, threads):
        seen = {key[0] for key in self.values if key[1] == threads}
        return [name for name in ALL if name in seen]

    @property
    def threads(self):
        return sorted({key[1] for key in self.values} - {0}, reverse=True)

    @property
    def sets(self):
        return [row for row in SETS if any(key[2] == row for key in self.values)]


def write(output):
    """Writes table.md and table.json; returns the Markdown."""
    medians = Medians(output)
    parts = [medians.header.get("machine", "")]
    for threads in medians.threads:
        parts += ["", f"{threads} thread{'s' if threads > 1 else ''}", "", *table(medians, threads)]
        parts += ["", *ratios(medians, threads)]
    text = "\n".join(parts) + "\n"
    (output / "table.md").write_text(text)
    (output / "table.json").write_text(json.dumps(as_json(medians), indent=1) + "\n")
    return text


def table(medians, threads):
    """A row for each engine."""
    rows = [*medians.sets, "query", "cold start", "peak memory", "cosine"]
    yield "| engine | " + " | ".join(TITLES[row] for row in rows) + " |"
    yield "|---" * (len(rows) + 1) + "|"
    for engine in medians.engines_with(threads):
        name = f"**{engine}**" if engine in AKIN else engine
        yield f"| {name} | " + " | ".join(cell(medians, engine, threads, row) for row in rows) + " |"


def cell(medians, engine, threads, row):
    """Its figures in a row; a dash where there are none."""
    if row == "cosine":
        means, least = ([medians.get(engine, 0, name, figure) for name in medians.sets] for figure in ("cosine_mean", "cosine_min"))
        return f"{sum(means) / len(means):.5f} / {min(least):.4f}" if None not in means else "–"
    if row in SETS:
        found, shown = [medians.rate(engine, threads, row)], "{:,.0f}"
    elif row == "query":
        found, shown = [medians.get(engine, threads, row, figure) for figure in ("p50", "p99")], "{:,.0f} / {:,.0f}"
    elif row == "cold start":
        found, shown = [medians.get(engine, threads, row, "seconds")], "{:.2f}"
    else:
        found, shown = [medians.get(engine, threads, row, "bytes")], "{:,.0f} MB"
    return shown.format(*(value / 1e6 if "MB" in shown else value for value in found)) if None not in found else "–"


# Which peers each of Akin's kinds is compared with: those of its precision and finer ones; int8 without VNNI with single precision.
LIKE = {
    "akin fp32": [name for name in ALL if name.endswith("fp32") and name not in AKIN],
    "akin bf16": [name for name in ALL if name.endswith(("fp32", "bf16")) and name not in AKIN],
    "akin int8": [name for name in ALL if name not in AKIN],
    "akin int8 avx2": ["onnxruntime fp32", "onnxruntime fused fp32"],
}


def ratios(medians, threads):
    """How many times as fast as the best peer of like precision Akin is."""
    rows = [*medians.sets, "query"]
    yield "| Akin ÷ best peer of its precision or finer | " + " | ".join(TITLES[row].split(",")[0] for row in rows) + " |"
    yield "|---" * (len(rows) + 1) + "|"
    for engine in filter(AKIN.__contains__, medians.engines_with(threads)):
        cells = []
        for row in rows:
            own, others = speed(medians, engine, threads, row), {}
            for name in LIKE[engine]:
                found = speed(medians, name, threads, row)
                if found:
                    others[name] = found
            best = max(others, key=others.get, default=None)
            cells.append(f"{own / others[best]:.2f} ({best})" if own and best else "–")
        yield f"| {engine} | " + " | ".join(cells) + " |"


def speed(medians, engine, threads, row):
    if row == "query":
        p50 = medians.get(engine, threads, row, "p50")
        return 1 / p50 if p50 else None
    return medians.rate(engine, threads, row)


def as_json(medians):
    """The header and, for each engine, threads and row, its medians."""
    found = [
        {"engine": engine, "threads": threads, "row": row, "figure": figure, "median": median(values), "runs": len(values)}
        for (engine, threads, row, figure), values in sorted(medians.values.items())
    ]
    return medians.header | {"medians": found}
