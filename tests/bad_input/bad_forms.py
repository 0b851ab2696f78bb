"""Forms that cannot work, by what is wrong with them: the file, and what whoever sent it has to read."""

from __future__ import annotations

import zipfile
from io import BytesIO

from domain.forms.xlsform import book, source
from tests.stories.forms import md

CALCULATED = "type | name | label | calculation"
REPEATED = "type | name | label | repeat_count"
GOOD = md("integer | age | How old?", "text | why | Why? | ${age} > 3")


def entities() -> bytes:
    """A workbook whose first part blows up when its entities are put in."""
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(book.write(source.read(GOOD).book))) as packed,
        zipfile.ZipFile(made, "w") as evil,
    ):
        for part in packed.infolist():
            bomb = (
                b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' if "workbook.xml" in part.filename else b""
            )
            evil.writestr(part, bomb + packed.read(part))
    return made.getvalue()


BAD: dict[str, tuple[str, bytes, tuple[str, ...]]] = {
    "not a form": ("form.xlsx", b"hello", ("not a form that I can read", ".xlsx")),
    "a circle": (
        "form.md",
        md("calculate | a | x | ${b} + 1", "calculate | b | x | ${a} + 1", "text | c | C?", columns=CALCULATED),
        ("row 2", "circle"),
    ),
    "brackets left open": ("form.md", md("integer | a | A? | ((("), ("row 2", "I cannot read")),
    "an unknown function": ("form.md", md("integer | a | A? | nothing()"), ("row 2", "nothing()")),
    "an unknown type": ("form.md", md("text | a | A?", "texxt | b | B?"), ("row 3", "texxt")),
    "a million rounds": (
        "form.md",
        md("begin repeat | r | R | 1000000", "text | a | A?", "end repeat | |", columns=REPEATED),
        ("row 2", "200 rounds at most"),
    ),
    "a pattern that explodes": (
        "form.csv",
        b"survey,,,,\n,type,name,label,constraint\n,text,a,A?,\"regex(., '^(a|aa)+$')\"\n",
        ("row 2", "could take hours"),
    ),
    "entities": ("form.xlsx", entities(), ("carries code",)),
    "a list that is not there": ("form.md", md("select_one_from_file towns.csv | a | A?"), ("row 2", "towns.csv")),
    "a table to look things up in": (
        "form.md",
        md(
            "integer | a | A? | ",
            "calculate | b | | pulldata('towns', 'name', 'key', ${a})",
            columns=CALCULATED,
        ),
        ("row 3", "towns.csv"),
    ),
    "fifty megabytes": ("form.xlsx", b"PK\x03\x04" + b"0" * 50_000_000, ("too large (50 MB",)),
    "never reached": ("form.md", md("integer | a | A? | false()", "text | c | C?"), ("row 2", "Nobody would ever")),
}
