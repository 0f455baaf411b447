"""The figures as tables in Markdown."""

from statistics import mean


def write(lines, output):
    parts = [f"{lines[0]['machine']}, {lines[0]['threads']} threads"]
    parts += [section(lines) for section in (k_means, million, labelled, topics, maps)]
    text = "\n\n".join(part for part in parts if part)
    (output / "table.md").write_text(text + "\n")
    return text


def rows_of(lines, phase, key="engine"):
    grouped = {}
    for line in lines:
        if line["phase"] == phase:
            grouped.setdefault(line[key], []).append(line)
    return grouped


def k_means(lines):
    engines = rows_of(lines, "k-means")
    if not engines:
        return ""
    head = lines[0]
    own = mean(line["seconds"] for line in engines["akin"])
    text = f"| k-means, k = {head['k']}, {head['iterations']} iterations, {engines['akin'][0]['rows']:,} points | s | times Akin's | sum of cosines |\n|---|---|---|---|\n"
    for engine, found in engines.items():
        seconds = mean(line["seconds"] for line in found)
        text += f"| {engine} | {seconds:.2f} | {seconds / own:.1f} | {mean(line['objective'] for line in found):,.0f} |\n"
    return text


def million(lines):
    return "".join(f"Akin over {line['rows']:,} points: {line['seconds']:.2f} s" for line in lines if line["phase"] == "million")


def labelled(lines):
    sets = rows_of(lines, "labelled", "set")
    if not sets:
        return ""
    text = "| set | true k | Akin, V-measure | scikit-learn (n_init 10) | Akin's k by itself | V-measure | of that at the true k |\n|---|---|---|---|---|---|---|\n"
    for name, found in sets.items():
        own = mean(line["v"] for line in found if line["engine"] == "akin")
        other = mean(line["v"] for line in found if line["engine"] == "scikit-learn")
        chosen = [line for line in lines if line["phase"] == "auto" and line["set"] == name]
        at_auto = mean(line["v"] for line in chosen)
        numbers = ", ".join(str(line["k"]) for line in chosen)
        text += f"| {name} | {found[0]['true_k']} | {own:.3f} | {other:.3f} | {numbers} | {at_auto:.3f} | {at_auto / own:.2f} |\n"
    return text


def topics(lines):
    found = [line for line in lines if line["phase"] == "topics"]
    if not found:
        return ""
    text = "| set | by | s | topics | V-measure | coherence (NPMI) | diversity |\n|---|---|---|---|---|---|---|\n"
    for line in found:
        text += f"| {line['set']} | {line['engine']} | {line['seconds']:.1f} | {line['k']} | {line['v']:.3f} | {line['coherence']:.3f} | {line['diversity']:.2f} |\n"
    return text


def maps(lines):
    found = [line for line in lines if line["phase"] == "map"]
    if not found:
        return ""
    text = f"| map of {found[0]['rows']:,} points | s | nearest 15 kept |\n|---|---|---|\n"
    return text + "".join(f"| {line['engine']} | {line['seconds']:.1f} | {line['kept']:.3f} |\n" for line in found)
