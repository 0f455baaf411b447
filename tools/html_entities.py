#!/usr/bin/env python3
"""Writes Sources/AkinText/Readers/HTML/HTMLEntityTable.swift: the named character references of HTML.

The names are those of the table in the HTML Standard (section 13.5), which Python carries as html.entities.html5.

    tools/html_entities.py
"""

import html.entities
import textwrap
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "Sources/AkinText/Readers/HTML/HTMLEntityTable.swift"

HEAD = '''\
// Written by tools/html_entities.py; do not edit.

/// The named character references of HTML (HTML Standard, section 13.5).
enum HTMLEntityTable {
    /// Each name with its scalars in hexadecimal. `!` stands after names that are also known without a semicolon.
    static let entries: String = """
'''


def main():
    table = html.entities.html5
    entries = []
    for name in sorted(name[:-1] for name in table if name.endswith(";")):
        text = table[name + ";"]
        assert table.get(name, text) == text and name.isalnum()
        entries.append(f"{name}{'!' if name in table else '='}{'+'.join(f'{ord(c):X}' for c in text)}")
    assert {name for name in table if not name.endswith(";")} <= {name[:-1] for name in table if name.endswith(";")}
    lines = textwrap.wrap(" ".join(entries), 120 - 8, break_on_hyphens=False)
    FILE.write_text(HEAD + "".join(f"        {line}\n" for line in lines) + '        """\n}\n')


main()
