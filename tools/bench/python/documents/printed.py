"""PDF by the programs that most PDF is made by: LaTeX, LibreOffice and Chromium. Each comes with its parts and, where the
program tells or the text does, the page of each."""

import html
import re
import shutil
import subprocess

from source import Writer


def has(*programs):
    return all(shutil.which(program) for program in programs)


def latex(folder, count, seed):
    """Every other one is in two columns without an outline; all have running heads, footnotes, formulas and ligatures."""
    for number in range(count):
        writer = Writer(seed + 3000 + number)
        chapters = writer.document(6)
        path = folder / f"{number:02}.tex"
        path.write_text(latex_of(f"Report number {number}", chapters, writer, columns=1 + number % 2))
        for _ in range(2):
            subprocess.run(
                ["pdflatex", "-interaction=batchmode", path.name], cwd=folder, check=True, stdout=subprocess.DEVNULL
            )
        labels = path.with_suffix(".aux").read_text(errors="replace")
        pages = dict(re.findall(r"\\newlabel\{(k\d+)\}\{\{[^}]*\}\{(\d+)\}", labels))
        parts = [part for chapter in chapters for part in chapter]
        for place, part in enumerate(parts):
            part.page = int(pages[f"k{place}"])
        for kind in ("tex", "aux", "log", "out"):
            path.with_suffix("." + kind).unlink(missing_ok=True)
        yield path.with_suffix(".pdf"), " ".join(part.text for part in parts), parts


def latex_of(title, chapters, writer, columns):
    out = [
        r"\documentclass[10pt%s]{article}" % (",twocolumn" if columns == 2 else ""),
        r"\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage{lmodern}\usepackage[english]{babel}",
        r"\usepackage{fancyhdr}\pagestyle{fancy}\fancyhead[L]{\leftmark}\fancyhead[R]{\thepage}\fancyfoot[C]{Draft 3}",
        r"\usepackage{hyperref}" if columns == 1 else "",
        r"\title{%s}\author{A. Writer}\date{}\begin{document}\maketitle\sloppy" % title,
    ]
    place = 0
    for parts in chapters:
        before = None
        for part in parts:
            for kind, begin, end in (
                ("item", r"\begin{itemize}", r"\end{itemize}"),
                ("row", r"\begin{center}\begin{tabular}{lll}", r"\end{tabular}\end{center}"),
                ("quote", r"\begin{quote}", r"\end{quote}"),
            ):
                if before == kind and part.kind != kind:
                    out.append(end)
                if part.kind == kind and before != kind:
                    out.append(begin)
            label = r"\label{k%d}" % place
            if part.kind == "heading":
                # LaTeX numbers them itself.
                name = part.text.split(" ", 1)[1]
                out.append(r"\%s{%s}%s" % ("section" if part.level == 1 else "subsection", name, label))
            elif part.kind == "item":
                out.append(r"\item " + label + part.text)
            elif part.kind == "row":
                out.append(label + " & ".join(part.cells) + r"\\")
            elif part.kind == "paragraph" and writer.random.random() < 0.3:
                note = r"\footnote{%s}" % writer.sentence()
                formula = r"\begin{equation} e_{%d} = \sum_i x_i^2 \end{equation}" % place
                out.append(r"\leavevmode" + label + part.text + writer.random.choice([note, formula]) + "\n")
            else:
                out.append(r"\leavevmode" + label + part.text + "\n")
            place += 1
            before = part.kind
        out.append({"item": r"\end{itemize}", "row": r"\end{tabular}\end{center}", "quote": r"\end{quote}"}.get(before, ""))
    out.append(r"\end{document}")
    return "\n".join(out)


def libreoffice(folder, count, seed):
    """Of a docx as Word writes it: styles, lists, tables, head and foot."""
    from docx import Document

    made = []
    for number in range(count):
        writer = Writer(seed + 4000 + number)
        chapters = writer.document(6)
        document = Document()
        document.add_heading(f"Report number {number}", 0)
        section = document.sections[0]
        section.header.paragraphs[0].text = "Running head"
        section.footer.paragraphs[0].text = "Foot of a page"
        for parts in chapters:
            table = None
            for part in parts:
                if part.kind == "row":
                    table = table or document.add_table(0, 3, style="Table Grid")
                    for cell, text in zip(table.add_row().cells, part.cells):
                        cell.text = text
                    continue
                table = None
                if part.kind == "heading":
                    document.add_heading(part.text, part.level)
                else:
                    styles = dict(item="List Bullet", quote="Quote")
                    document.add_paragraph(part.text, styles.get(part.kind))
        path = folder / f"{number:02}.docx"
        document.save(str(path))
        made.append((path, [part for parts in chapters for part in parts]))
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder)] + [str(path) for path, _ in made],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    for path, parts in made:
        path.unlink()
        yield with_pages(path.with_suffix(".pdf"), parts)


def chromium(folder, count, seed):
    """Printed with the head and foot of a browser; every other one has an outline."""
    for number in range(count):
        writer = Writer(seed + 5000 + number)
        chapters = writer.document(6)
        out = [f"<html lang=en><head><meta charset=utf-8><title>Report number {number}</title></head><body>"]
        for parts in chapters:
            before = None
            for part in parts:
                for kind, tag in (("item", "ul"), ("row", "table")):
                    if before == kind and part.kind != kind:
                        out.append(f"</{tag}>")
                    if part.kind == kind and before != kind:
                        out.append(f"<{tag}>")
                tag = {"heading": f"h{part.level}", "paragraph": "p", "item": "li", "quote": "blockquote"}.get(part.kind)
                if part.kind == "row":
                    out.append("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in part.cells) + "</tr>")
                else:
                    out.append(f"<{tag}>{html.escape(part.text)}</{tag}>")
                before = part.kind
            out.append({"item": "</ul>", "row": "</table>"}.get(before, ""))
        source, path = folder / f"{number:02}.html", folder / f"{number:02}.pdf"
        source.write_text("".join(out))
        outline = ["--generate-pdf-document-outline"] if number % 2 == 0 else []
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={path}", *outline, str(source)],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        source.unlink()
        yield with_pages(path, [part for parts in chapters for part in parts])


def with_pages(path, parts):
    """The page of a part is the one in whose text, as pypdf gives it, its beginning stands, where that is one page."""
    from pypdf import PdfReader

    def key(text):
        return "".join(re.findall(r"\w+", text.lower()))

    pages = [key(page.extract_text()) for page in PdfReader(str(path)).pages]
    for part in parts:
        wanted = key(part.cells[0] + part.cells[1] if part.cells else part.text)[:40]
        found = [number for number, text in enumerate(pages, 1) if wanted in text]
        part.page = found[0] if len(found) == 1 else 0
    return path, " ".join(part.text for part in parts), parts
