"""The curve: the time of a question against the number of texts, as PNG and SVG."""

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402, the backend has to be chosen first

from .table import MODES, percentile  # noqa: E402


def write(figures, output):
    if len({header["texts"] for header, _ in figures}) < 2:
        return
    picture, axes = pyplot.subplots(1, len(MODES), figsize=(15, 5), sharey=True)
    for axis, mode in zip(axes, MODES):
        for engine in dict.fromkeys(header["engine"] for header, _ in figures):
            points = [(header["texts"], percentile(phases[mode]["ms"], 0.5)) for header, phases in figures if header["engine"] == engine and mode in phases]
            if points:
                style = {"linewidth": 2.5, "color": "black"} if engine == "akin" else {"linewidth": 1.2}
                axis.plot(*zip(*points), marker="o", markersize=4, label=engine, **style)
        axis.set(xscale="log", yscale="log", xlabel="texts", title=mode)
        axis.grid(alpha=0.3, which="both")
        axis.legend(fontsize=8)
    axes[0].set_ylabel("milliseconds a question (median)")
    picture.suptitle(f"One thread · {figures[0][0]['machine']}", fontsize=9)
    picture.tight_layout()
    for kind in ("png", "svg"):
        picture.savefig(output / f"curve.{kind}", dpi=140)
    pyplot.close(picture)
