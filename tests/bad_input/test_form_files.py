"""`mrgvali forms check` and `publish` with files that cannot work: row, value, exit code, and nothing is kept."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from domain.forms.xlsform import book, source
from tests.bad_input.test_command_line import Says, mrgvali, told
from tests.stories.forms import md

__all__ = ["mrgvali"]

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


@pytest.mark.parametrize("command", ["check", "publish"])
@pytest.mark.parametrize("what", BAD)
def test_a_form_that_cannot_work_is_refused(mrgvali: Says, tmp_path: Path, what: str, command: str) -> None:
    name, content, parts = BAD[what]
    (tmp_path / name).write_bytes(content)
    whom = ("--for", "1") if command == "publish" else ()
    said = told(mrgvali("forms", command, name, *whom), name, *parts)
    assert len(said) > len(name) + 20, "it says what is wrong"
    assert not list(tmp_path.glob("*.db*")), "the database is not even opened"


def test_a_good_form_is_ready(mrgvali: Says, tmp_path: Path) -> None:
    (tmp_path / "age.md").write_bytes(GOOD)
    code, said = mrgvali("forms", "check", "age.md")
    assert code == 0
    assert "ready: 2 questions" in said


def test_a_form_for_nobody_names_the_place_and_the_mend(mrgvali: Says, tmp_path: Path) -> None:
    (tmp_path / "age.md").write_bytes(GOOD)
    told(mrgvali("forms", "publish", "age.md", "--for", "Nowhere"), "Nowhere", "mrgvali places import")
    told(mrgvali("forms", "publish", "age.md", "--for", "99"), "no group 99", "name of a community")
    told(mrgvali("forms", "publish", "age.md", "--for", "Nowhere", "--mode", "weekly"), "weekly")
    told(mrgvali("forms", "publish", "gone.md", "--for", "Nowhere"), "gone.md")
