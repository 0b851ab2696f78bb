"""`mrgvali forms trace`: operations in, changed states out."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.errors import OperatorError
from bot.forms_trace import rows
from tests.domain.forms.questionnaires import xml

TABLE = """
| survey |
| | type | name | label | constraint | relevant |
| | integer | age | Age | . < 120 | |
| | text | school | School | | ${age} < 18 |
"""


def play(file: Path, *operations: dict[str, Any]) -> list[dict[str, Any]]:
    lines = [json.dumps(one) for one in operations]
    return [json.loads(row) for row in rows(str(file), None, lines, lambda: datetime(2026, 11, 25, tzinfo=UTC), "UTC")]


def test_each_operation_tells_what_changed(tmp_path: Path) -> None:
    file = tmp_path / "form.xml"
    file.write_text(xml(TABLE))
    begun, answered = play(file, {"op": "init"}, {"op": "set", "ref": "/data/age", "value": "130"})
    assert begun["changed"]["/data/school"] == {"t": "input", "rel": False, "v": "", "label": "School"}
    assert answered["changed"] == {
        "/data/age": {"t": "input", "rel": True, "v": "130", "viol": "constraint", "label": "Age"}
    }


def test_an_xlsform_is_converted(tmp_path: Path) -> None:
    file = tmp_path / "form.md"
    file.write_text(TABLE)
    _, answered = play(file, {"op": "init"}, {"op": "set", "ref": "/data/age", "value": "7"})
    assert answered["changed"]["/data/school"]["rel"] is True


def test_a_place_that_is_not_there_is_an_error_of_that_line(tmp_path: Path) -> None:
    file = tmp_path / "form.xml"
    file.write_text(xml(TABLE))
    _, wrong = play(file, {"op": "init"}, {"op": "set", "ref": "/data/ghost", "value": "7"})
    assert wrong["error"] == "NoSuchPlace: /data/ghost"


def test_a_file_that_is_no_form_is_said(tmp_path: Path) -> None:
    file = tmp_path / "form.xml"
    file.write_text("no form")
    with pytest.raises(OperatorError, match=r"form\.xml"):
        play(file, {"op": "init"})
    with pytest.raises(OperatorError, match="No such file"):
        play(tmp_path / "none.xml", {"op": "init"})
