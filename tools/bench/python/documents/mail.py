"""Mails as programs send them: plain, encoded, in HTML, in two forms, in other character sets, with files and with mails
in them."""

import html
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from email.utils import format_datetime

from source import Writer


def mail(folder, count, seed):
    for number in range(count):
        writer = Writer(seed + 2000 + number)
        paragraphs = [part.text for part in writer.document(1)[0]]
        subject = "Über " + " ".join(writer.words(3, 6))
        message = head(subject, number)
        plain = "\n\n".join(paragraphs) + "\n"
        page = "<html><body>" + "".join(f"<p>{html.escape(p)}</p>" for p in paragraphs) + "</body></html>"
        text = plain
        kind = number % 10
        if kind == 0:
            message.set_content(plain)
        elif kind == 1:
            message.set_content(plain, cte="base64")
        elif kind == 2:
            message.set_content(page, subtype="html")
        elif kind == 3:
            message.set_content(plain)
            message.add_alternative(page, subtype="html")
        elif kind == 4:
            text = plain.encode("latin-1", "ignore").decode("latin-1")
            message.set_content(text, charset="iso-8859-1", cte="quoted-printable")
        elif kind == 5:
            text = plain.encode("cp1252", "ignore").decode("cp1252") + "\n– “quoted” €\n"
            message.set_content(text, charset="windows-1252", cte="quoted-printable")
        elif kind == 6:
            text = "港に船が着きました。\n\n川は長いです。\n" + plain.encode("ascii", "ignore").decode()
            message.set_content(text, charset="iso-2022-jp", cte="7bit")
        elif kind == 7:
            text = "港口有一条船。\n\n河流很长。\n" + plain.encode("ascii", "ignore").decode()
            message.set_content(text, charset="gb18030", cte="base64")
        elif kind == 8:
            note = writer.paragraph()
            message.set_content(plain)
            message.add_attachment(note, filename="Notiz über alles.txt")
            text = plain + note
        else:
            note = writer.paragraph()
            inner = head("Inner " + " ".join(writer.words(3, 5)), number)
            inner.set_content(note)
            message.set_content(plain)
            message.add_attachment(inner)
            text = plain + inner["Subject"] + " " + note
        path = folder / f"{number:02}.eml"
        path.write_bytes(message.as_bytes())
        yield path, subject + " " + text, []


def head(subject, number):
    message = EmailMessage()
    message["From"] = "Jürgen Müller <j@example.org>"
    message["To"] = "a@example.org"
    message["Subject"] = subject
    message["Date"] = format_datetime(datetime(2024, 3, 5, 9, 30, tzinfo=timezone.utc) + timedelta(days=number))
    return message
