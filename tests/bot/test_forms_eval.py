"""`mrgvali forms eval`: one answer for each line, whatever the line is."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.forms_eval import answers

XML = '<data><a id="x">1</a> <b>two<c/></b></data>'
TRANSLATED = """
<model><itext>
  <translation lang="ka"><text id="hi"><value form="image">x.png</value><value>გამარჯობა</value></text></translation>
  <translation lang="en" default="true()"><text id="hi"><value>Hello</value></text></translation>
</itext><instance><data/></instance><instance id="list"><root><item>1</item></root></instance></model>
"""


def ask(**case: Any) -> dict[str, Any]:
    line = json.dumps({"xml": XML, **case})
    answer: dict[str, Any] = json.loads(next(answers([line], lambda: datetime(2026, 11, 22, 22, tzinfo=UTC), "UTC")))
    return answer


@pytest.mark.parametrize(
    ("case", "value"),
    [
        ({"expr": "/data/a = 1"}, True),
        ({"expr": "/data/a + 1"}, 2),
        ({"expr": "/data/a div 4", "kind": "number"}, 0.25),
        ({"expr": "/data/b"}, ["/node()[1]/node()[3]"]),
        ({"expr": "/data/b", "kind": "string"}, "two"),
        ({"expr": "/data/b", "kind": "boolean"}, True),
        ({"expr": "//@id | //c", "kind": "nodeset"}, ["/node()[1]/node()[1]/@id", "/node()[1]/node()[3]/node()[2]"]),
        ({"expr": "/"}, ["/"]),
        ({"expr": ".", "kind": "string", "context": "/node()[1]/node()[1]/@id"}, "x"),
        ({"expr": "..", "context": "/node()[1]/node()[1]/@id"}, ["/node()[1]/node()[1]"]),
        ({"expr": "/a", "root": "/node()[1]"}, ["/node()[1]/node()[1]"]),
        ({"expr": "../..", "root": "/node()[1]", "context": "/node()[1]/node()[1]"}, []),
        ({"expr": "1 div 0"}, "Infinity"),
        ({"expr": "-1 div 0"}, "-Infinity"),
        ({"expr": "0 div 0"}, "NaN"),
        ({"expr": "today()"}, "2026-11-22"),
        ({"expr": "today()", "tz": "Asia/Tbilisi"}, "2026-11-23"),
        ({"expr": "jr:itext('hi')", "kind": "string", "xml": TRANSLATED, "lang": "ka"}, "გამარჯობა"),
        ({"expr": "jr:itext('hi')", "kind": "string", "xml": TRANSLATED}, "Hello"),
        ({"expr": "jr:itext('bye')", "xml": TRANSLATED}, []),
        ({"expr": "instance('list')/root/item", "kind": "string", "xml": TRANSLATED}, "1"),
    ],
)
def test_values(case: dict[str, Any], value: object) -> None:
    assert ask(**case) == {"value": value}


@pytest.mark.parametrize(
    ("case", "error"),
    [
        ({"expr": "1 +"}, "XPathSyntaxError"),
        ({"expr": "nonsense()"}, "There is no function nonsense()"),
        ({"expr": "1", "kind": "nodeset"}, "needs a path"),
        ({"expr": "1", "xml": "<data>"}, "NotXML: Line 1"),
        ({"expr": "1", "context": "/node()[9]"}, "There is no node /node()[9]"),
        ({"expr": "1", "tz": "Mars/Base"}, "There is no time zone Mars/Base"),
        ({"expr": 1}, "both texts"),
    ],
)
def test_errors(case: dict[str, Any], error: str) -> None:
    assert error in ask(**case)["error"]


def test_one_line_each_and_in_order_whatever_they_are() -> None:
    lines: list[str | bytes] = ["nonsense", "[]", b"\xff", "", json.dumps({"xml": XML, "expr": "1"})]
    found = [json.loads(line) for line in answers(lines, lambda: datetime.now(UTC), "UTC")]
    assert ["value" in answer for answer in found] == [False, False, False, True]


def test_the_command_reads_lines_and_has_its_own_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MRGVALI_NOW", "2027-01-31T12:00:00+04:00")
    lines = [json.dumps({"xml": XML, "expr": expr}) for expr in ("today()", "1 +")]
    said = CliRunner().invoke(app, ["forms", "eval"], input="\n".join(lines)).stdout.splitlines()
    assert json.loads(said[0]) == {"value": "2027-01-31"}
    assert "error" in json.loads(said[1])
