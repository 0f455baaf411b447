"""Makes PDF, docx, epub and mails of known texts. Each comes with its words, and PDF with the page of each part."""

import html
import subprocess

from source import Writer, markdown


def parts_of(chapters):
    return [part for chapter in chapters for part in chapter]


def text_of(chapters):
    return " ".join(part.text for part in parts_of(chapters))


def by_pandoc(folder, kind, count, seed, options=()):
    for number in range(count):
        writer = Writer(seed + number)
        chapters = writer.document(6)
        title = f"Report number {number}"
        path = folder / f"{number:02}.{kind}"
        source = folder / f"{number:02}.md"
        source.write_text(markdown(title, chapters))
        subprocess.run(["pandoc", str(source), *options, "-o", str(path)], check=True, stderr=subprocess.DEVNULL)
        source.unlink()
        yield path, text_of(chapters), parts_of(chapters)


def pdf(folder, count, seed):
    for number in range(count):
        writer = Writer(seed + 1000 + number)
        chapters = writer.document(6)
        path = folder / f"{number:02}.pdf"
        if number % 2 == 0:
            pdf_of_page(path, f"Report number {number}", chapters)
        else:
            pdf_of_flow(path, f"Report number {number}", chapters, columns=2 if number % 4 == 3 else 1)
        yield path, text_of(chapters), parts_of(chapters)


def pdf_of_page(path, title, chapters):
    """By WeasyPrint, with hyphens, running heads and an outline. A chapter begins a page; its second page is found by
    the boxes that WeasyPrint lays out."""
    from weasyprint import HTML

    out = [
        "<html lang=en><head><style>@page{size:A5;@top-center{content:'", html.escape(title),
        "'}@bottom-center{content:counter(page)}} body{font-size:11pt} p{text-align:justify;hyphens:auto}",
        "h1{break-before:page}</style></head><body>",
    ]
    number = 0
    for parts in chapters:
        before = None
        for part in parts:
            part.key = f"k{number}"
            number += 1
            for kind, tag in (("item", "ul"), ("row", "table")):
                if before == kind and part.kind != kind:
                    out.append(f"</{tag}>")
                if part.kind == kind and before != kind:
                    out.append(f"<{tag}>")
            text = html.escape(part.text)
            tag = {"heading": f"h{part.level}", "paragraph": "p", "item": "li", "quote": "blockquote"}.get(part.kind)
            if part.kind == "row":
                out.append(f"<tr id={part.key}>" + "".join(f"<td>{html.escape(c)}</td>" for c in part.cells) + "</tr>")
            else:
                out.append(f"<{tag} id={part.key}>{text}</{tag}>")
            before = part.kind
        out.append({"item": "</ul>", "row": "</table>"}.get(before, ""))
    document = HTML(string="".join(out)).render()
    pages = {}
    for place, page in enumerate(document.pages, 1):
        for anchor in page.anchors:
            pages.setdefault(anchor, place)
    for parts in chapters:
        for part in parts:
            part.page = pages[part.key]
    document.write_pdf(str(path))


def pdf_of_flow(path, title, chapters, columns):
    """By ReportLab, one or two columns, no outline: fonts alone tell headings."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer, Table
    from xml.sax.saxutils import escape

    class Known(Paragraph):
        part = None

        def split(self, width, height):
            pieces = super().split(width, height)
            if pieces:
                pieces[0].part = self.part
            return pieces

    class Template(BaseDocTemplate):
        def afterFlowable(self, flowable):
            for part in [getattr(flowable, "part", None)] + getattr(flowable, "parts", []):
                if part is not None and not part.page:
                    part.page = self.page

    def furniture(canvas, document):
        canvas.setFont("Helvetica", 9)
        canvas.drawString(72, A4[1] - 40, title)
        canvas.drawCentredString(A4[0] / 2, 30, f"Page {document.page}")

    width = (A4[0] - 144 - 20 * (columns - 1)) / columns
    frames = [Frame(72 + place * (width + 20), 60, width, A4[1] - 130, 0, 0, 0, 0) for place in range(columns)]
    template = Template(str(path), pagesize=A4, title="draft")
    template.addPageTemplates(PageTemplate(frames=frames, onPage=furniture))
    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=10.5, leading=13, spaceAfter=6, alignment=4)
    heads = {
        1: ParagraphStyle("h1", parent=body, fontName="Helvetica-Bold", fontSize=16, leading=19, spaceBefore=12, alignment=0),
        2: ParagraphStyle("h2", parent=body, fontName="Helvetica-Bold", fontSize=12, leading=15, spaceBefore=8, alignment=0),
    }
    story = []
    for parts in chapters:
        for part in parts:
            # The standard fonts have no letters of Polish.
            part.text = part.text.replace("Łódź", "Danzig").replace("łódź", "danzig")
            part.cells = [cell.replace("Łódź", "Danzig").replace("łódź", "danzig") for cell in part.cells]
        rows = []
        for part in parts + [None]:
            if part is not None and part.kind == "row":
                rows.append(part)
                continue
            if rows:
                cell = ParagraphStyle("cell", parent=body, alignment=0, spaceAfter=0)
                table = Table([[Paragraph(escape(c), cell) for c in row.cells] for row in rows], colWidths=[width / 3] * 3)
                table.parts = rows
                story += [table, Spacer(0, 6)]
                rows = []
            if part is None:
                continue
            style = heads[part.level] if part.kind == "heading" else body
            text = escape(("• " if part.kind == "item" else "") + part.text)
            flowable = Known(text, style)
            flowable.part = part
            story.append(flowable)
    template.build(story)
