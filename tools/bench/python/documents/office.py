"""Office documents by other programs than pandoc: LibreOffice's docx and odt, slides and sheets."""

import subprocess

from source import Writer, markdown


def by_libreoffice(folder, kind, count, seed):
    """odt by pandoc, and of it docx by LibreOffice, whose styles and lists are written in another way."""
    made = []
    for number in range(count):
        writer = Writer(seed + 6000 + number)
        chapters = writer.document(6)
        source = folder / f"{number:02}.md"
        source.write_text(markdown(f"Report number {number}", chapters))
        path = folder / f"{number:02}.odt"
        subprocess.run(["pandoc", str(source), "-o", str(path)], check=True, stderr=subprocess.DEVNULL)
        source.unlink()
        made.append((path, [part for parts in chapters for part in parts]))
    if kind == "docx":
        subprocess.run(
            ["soffice", "--headless", "--convert-to", "docx", "--outdir", str(folder)] + [str(path) for path, _ in made],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
    for path, parts in made:
        if kind == "docx":
            path.unlink()
        yield path.with_suffix("." + kind), " ".join(part.text for part in parts), parts


def slides(folder, count, seed):
    from pptx import Presentation
    from pptx.util import Inches

    for number in range(count):
        writer = Writer(seed + 7000 + number)
        deck = Presentation()
        parts = []
        for chapter in writer.document(6):
            slide = deck.slides.add_slide(deck.slide_layouts[1])
            slide.shapes.title.text = chapter[0].text
            body = [part for part in chapter[1:] if part.kind != "row"]
            slide.placeholders[1].text_frame.text = "\n".join(part.text for part in body)
            rows = [part for part in chapter if part.kind == "row"]
            if rows:
                table = slide.shapes.add_table(len(rows), 3, Inches(1), Inches(5), Inches(8), Inches(2)).table
                for y, row in enumerate(rows):
                    for x, cell in enumerate(row.cells):
                        table.cell(y, x).text = cell
            note = writer.sentence()
            slide.notes_slide.notes_text_frame.text = note
            parts += [chapter[0].text] + [part.text for part in body + rows] + [note]
        path = folder / f"{number:02}.pptx"
        deck.save(str(path))
        yield path, " ".join(parts), []


def sheets(folder, count, seed):
    from openpyxl import Workbook

    for number in range(count):
        writer = Writer(seed + 8000 + number)
        book = Workbook()
        book.remove(book.active)
        texts = []
        for place in range(3):
            sheet = book.create_sheet(f"Sheet of {place}")
            texts.append(f"Sheet of {place}")
            for row in range(40):
                cells = [" ".join(writer.words(1, 4)) + "." for _ in range(4)] + [row * 3]
                sheet.append(cells)
                texts += [str(cell) for cell in cells]
        path = folder / f"{number:02}.xlsx"
        book.save(str(path))
        yield path, " ".join(texts), []
