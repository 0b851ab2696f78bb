"""`mrgvali forms check` and `publish` with files that cannot work: row, value, exit code, and nothing is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bad_input.bad_forms import BAD, GOOD
from tests.bad_input.test_command_line import Says, mrgvali, told

__all__ = ["mrgvali"]


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
