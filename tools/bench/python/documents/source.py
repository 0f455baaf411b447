"""Texts whose words are known, in the parts that documents have."""

import random
from dataclasses import dataclass, field

WORDS = """the of and to in a is that for it was on are as with his they at be this from have or by one had not but what
all were when we there can an your which their said if do will each about how up out them then she many some so these would
other into has more her two like him see time could no make than first been its who now people my made over did down only way
find use may water long little very after words called just where most know river harbour bridge mountain valley winter summer
government development information international organisation representation philosophical considerable experimental continental
measurement temperature communication responsibility understanding administration agriculture particularly environmental
café naïve Zürich Ærø œuvre señor Łódź résumé façade jalapeño well-known north-east self-made 1995 3.14 42 2,500""".split()


@dataclass
class Part:
    kind: str  # heading, paragraph, item, row, quote, code
    text: str
    level: int = 0
    cells: list = field(default_factory=list)
    page: int = 0


class Writer:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def words(self, least, most):
        return [self.random.choice(WORDS) for _ in range(self.random.randint(least, most))]

    def sentence(self):
        words = self.words(6, 18)
        words[0] = words[0][0].upper() + words[0][1:]
        return " ".join(words) + self.random.choice(".....?!")

    def paragraph(self, least=3, most=7):
        return " ".join(self.sentence() for _ in range(self.random.randint(least, most)))

    def document(self, chapters):
        """Chapters of parts; a chapter fits on two pages."""
        result = []
        for number in range(1, chapters + 1):
            title = " ".join(w.capitalize() for w in self.words(2, 5))
            parts = [Part("heading", f"{number} {title}", 1)]
            for section in range(self.random.randint(1, 2)):
                heading = " ".join(self.words(2, 5)).capitalize()
                parts.append(Part("heading", f"{number}.{section + 1} {heading}", 2))
                parts += [Part("paragraph", self.paragraph()) for _ in range(self.random.randint(1, 3))]
                kind = self.random.choice(["item", "row", "quote", "none"])
                if kind == "item":
                    parts += [Part("item", " ".join(self.words(3, 9))) for _ in range(4)]
                if kind == "row":
                    for _ in range(4):
                        cells = [" ".join(self.words(1, 2)) for _ in range(3)]
                        parts.append(Part("row", " ".join(cells), cells=cells))
                if kind == "quote":
                    parts.append(Part("quote", self.paragraph(1, 2)))
            result.append(parts)
        return result


def markdown(title, chapters):
    lines = ["---", f"title: {title}", "lang: en", "---", ""]
    for parts in chapters:
        before = None
        for part in parts:
            if part.kind != before and before is not None:
                lines.append("")
            if part.kind == "heading":
                lines += ["#" * part.level + " " + part.text, ""]
            elif part.kind == "item":
                lines.append("- " + part.text)
            elif part.kind == "quote":
                lines += ["> " + part.text, ""]
            elif part.kind == "row":
                if before != "row":
                    lines += ["| " + " | ".join(part.cells) + " |", "|---|---|---|"]
                else:
                    lines.append("| " + " | ".join(part.cells) + " |")
            else:
                lines += [part.text, ""]
            before = part.kind
        lines.append("")
    return "\n".join(lines)
