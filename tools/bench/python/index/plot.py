"""The curves: queries a second against recall, as PNG and SVG."""

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402, the backend has to be chosen first

LOWEST_RECALL = 0.9


def write(figures, output):
    if not figures.threads:
        return
    picture, axes = pyplot.subplots(1, len(figures.threads), figsize=(7 * len(figures.threads), 5), sharey=True, squeeze=False)
    for axis, threads in zip(axes[0], figures.threads):
        for engine in figures.engines:
            points = [point for point in figures.points(engine, threads) if point[0] >= LOWEST_RECALL]
            if points:
                recalls, rates = zip(*points)
                own = engine.startswith("akin")
                style = {"linewidth": 2.5, "color": "black", "linestyle": "--" if "int8" in engine else "-"} if own else {"linewidth": 1.2}
                axis.plot(recalls, rates, marker="o", markersize=4, label=engine, **style)
        axis.set_yscale("log")
        axis.set_xlabel("recall@10")
        axis.set_title(f"{threads} thread{'s' if threads > 1 else ''}")
        axis.grid(alpha=0.3, which="both")
    axes[0][0].set_ylabel("queries a second")
    axes[0][0].legend(fontsize=8)
    picture.suptitle(f"{figures.header['vectors']:,} vectors of 384, inner product · {figures.header['machine']}", fontsize=9)
    picture.tight_layout()
    for kind in ("png", "svg"):
        picture.savefig(output / f"curves.{kind}", dpi=140)
    pyplot.close(picture)
