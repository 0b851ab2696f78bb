"""Our XPath beside ODK's own suite, where it lies beside the project. MRGVALI does not carry it."""

import json
import math
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.forms_eval import answers

CASES = Path(__file__).parents[5] / "shared" / "checks" / "xpath_cases.jsonl"
RECORDED = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("America/Phoenix"))  # the day on which the suite was recorded


@pytest.mark.skipif(not CASES.exists(), reason="../shared/checks/xpath_cases.jsonl is not here")
def test_97_of_100_assertions_of_odk_s_suite_are_equal(capsys: pytest.CaptureFixture[str]) -> None:
    lines = CASES.read_text("utf-8").splitlines()
    cases = [case for case in map(json.loads, lines) if case["ok"]]
    given = [json.loads(line) for line in answers(map(json.dumps, cases), lambda: RECORDED, "UTC")]
    wrong = [(case, answer) for case, answer in zip(cases, given, strict=True) if not _equal(case, answer)]
    rate = 1 - len(wrong) / len(cases)
    with capsys.disabled():
        print(f"\n{len(cases) - len(wrong)} of {len(cases)} assertions equal: {rate:.1%}")
        for case, answer in wrong:
            print(f"  {case['expr']!r} ({case['kind']}): {case['expected']!r} expected, {answer}")
    assert rate >= 0.97


def _equal(case: dict[str, Any], answer: dict[str, Any]) -> bool:
    expected, value = case["expected"], answer.get("value")
    match case["kind"]:
        case "number":
            return value is not None and str(float(value)) == str(float(expected))
        case "rounded":
            rounded, factor = map(float, expected.split(";"))
            return value is not None and math.floor(float(value) * factor + 0.5) / factor == rounded
        case "matches":
            return value is not None and re.search(expected.strip("/"), value) is not None
        case "length":
            return value is not None and len(value) == expected
    return bool(value == expected)
