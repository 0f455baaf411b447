"""Figures as JSON lines, a file for each library, and the table of them."""

import json

# Where the curves are cut for the table.
RECALLS = [0.96, 0.98, 0.988, 0.994]


def save(output, engine, lines):
    if len(lines) > 1:
        (output / f"{engine.replace(' ', '-')}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))


class Figures:
    """The figures of every library in a folder."""

    def __init__(self, output):
        self.engines = {}
        for file in sorted(output.glob("*.jsonl")):
            header, *lines = map(json.loads, file.read_text().splitlines())
            self.engines[header["engine"]] = (header, lines)

    @property
    def header(self):
        return next((header for header, _ in self.engines.values()), {})

    def line(self, engine, phase):
        return next((line for line in self.engines[engine][1] if line["phase"] == phase), {})

    def points(self, engine, threads):
        """(recall, QPS), by recall, with only those that no other point beats in both."""
        found = sorted((line["recall"], line["qps"]) for line in self.engines[engine][1] if line["phase"] == "search" and line["threads"] == threads)
        return [point for place, point in enumerate(found) if all(point[1] > other[1] for other in found[place + 1 :])]

    @property
    def threads(self):
        return sorted({line["threads"] for _, lines in self.engines.values() for line in lines if line["phase"] == "search"})

    def qps_at(self, engine, threads, recall):
        """On the straight line between the points on either side; None where the library does not get there."""
        points = self.points(engine, threads)
        for (low, fast), (high, slow) in zip(points, points[1:]):
            if low <= recall <= high:
                share = (recall - low) / (high - low) if high > low else 0
                return fast + share * (slow - fast)
        # Its coarsest point is better than asked for.
        return points[0][1] if points and points[0][0] >= recall else None


def write(figures, output):
    """Writes table.md; returns it."""
    header = figures.header
    lines = [f"{header.get('machine', '')} · {header.get('vectors', 0):,} vectors, {header.get('queries', 0):,} queries, recall@10", ""]
    titles = [f"QPS at {recall}, {threads} thread{'s' if threads > 1 else ''}" for threads in figures.threads for recall in RECALLS]
    columns = ["index", "build s", "file ÷ vectors", "open ms", "memory MB, anonymous / resident", *titles]
    lines += ["| " + " | ".join(columns) + " |", "|---" * len(columns) + "|"]
    lines += ["| " + " | ".join([engine, *cells(figures, engine)]) + " |" for engine in figures.engines]
    text = "\n".join(lines) + "\n"
    (output / "table.md").write_text(text)
    return text


def cells(figures, engine):
    build, opening = figures.line(engine, "build"), figures.line(engine, "open")
    yield f"{build['seconds']:.1f}" if build else "–"
    yield f"{build['share_of_vectors']:.2f}" if build else "–"
    yield f"{opening['seconds'] * 1e3:.0f}" if opening else "–"
    yield f"{opening['anonymous_bytes'] / 1e6:.0f} / {opening['resident_bytes'] / 1e6:.0f}" if "resident_bytes" in opening else "–"
    for threads in figures.threads:
        for recall in RECALLS:
            qps = figures.qps_at(engine, threads, recall)
            yield f"{qps:,.0f}" if qps else "–"
