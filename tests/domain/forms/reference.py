"""Holds our engine against traces of @getodk/xforms-engine: the same operations, node by node the same states.

Run alone it measures all of them, which takes some minutes: `.venv/bin/python -m tests.domain.forms.reference`.
"""

import gzip
import json
import os
import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.forms_trace import MOST, WHO, xform
from domain.forms.form import Form, read_form
from domain.forms.session import Setting
from domain.forms.trace import Trace

CHECKS = Path(os.environ.get("MRGVALI_CHECKS", Path(__file__).parents[4] / "shared" / "checks"))
SCENARIOS, TRACES, FORMS = CHECKS / "scenario_traces.jsonl.gz", CHECKS / "form_traces", CHECKS / "forms"
CHANCE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
RANDOM = re.compile(r"0\.\d{12,}")
CLOCK = re.compile(r"2026-11-22T\d\d:\d\d:\d\d\.\d+[-+]\d\d:\d\d")
Line = dict[str, Any]


@dataclass
class Score:
    states: int = 0
    equal: int = 0
    unlike: list[tuple[str, Any, Any]] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return self.equal / self.states if self.states else 1.0

    def add(self, name: str, theirs: Any, ours: Any) -> None:
        self.states += 1
        if _plain(theirs) == _plain(ours):
            self.equal += 1
        else:
            self.unlike.append((name, theirs, ours))


def _plain(state: Any) -> Any:
    """Without what comes from chance and from the clock's milliseconds."""
    if state is None or not isinstance(state.get("v"), str):
        return state
    return state | {"v": RANDOM.sub("random", CLOCK.sub("moment", CHANCE.sub("uuid", state["v"])))}


def scenarios() -> list[list[Line]]:
    """The recorded tests, each beginning with its form."""
    with gzip.open(SCENARIOS, "rt") as file:
        groups: list[list[Line]] = []
        for line in map(json.loads, file):
            groups.append([]) if line["op"] == "init" else None
            groups[-1].append(line)
    return groups


def forms() -> Iterator[tuple[str, Path, Path]]:
    for trace in sorted(TRACES.glob("*.jsonl")):
        yield trace.stem, next(FORMS.glob(f"{trace.stem}.xls*")), trace


def lines(trace: Path, most: int = 1_000_000) -> list[Line]:
    with trace.open() as file:
        return [json.loads(line) for _, line in zip(range(most), file, strict=False)]


def load(file: Path) -> Form:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's, about what Excel added to the workbook
        return read_form(xform(file))


def play(operations: Iterable[Line], setting: Setting, form: Form | None = None) -> Score:
    score, trace = Score(), Trace(form, setting)
    theirs: dict[str, Any] = {}
    ours: dict[str, Any] = {}
    for operation in operations:
        row = trace.play(operation)
        if operation["op"] == "init":
            theirs, ours = {}, {}
        for states, changes in ((theirs, operation), (ours, row)):
            states.update(changes["changed"])
            for gone in changes["gone"]:
                states.pop(gone, None)
        for name in {**operation["changed"], **row["changed"]}:
            score.add(name, theirs.get(name), ours.get(name))
    return score


def phoenix() -> Setting:
    return Setting(datetime(2026, 11, 22, 14, 38, tzinfo=ZoneInfo("America/Phoenix")), most=MOST)


def greenwich() -> Setting:
    return Setting(datetime(2026, 11, 22, 14, 0, tzinfo=ZoneInfo("UTC")), properties=WHO, most=MOST)


def main() -> None:
    whole = Score()
    for group in scenarios():
        score = play(group, phoenix())
        whole.states, whole.equal = whole.states + score.states, whole.equal + score.equal
        if score.unlike:
            sys.stdout.write(f"{len(score.unlike):5} {group[0]['file']} {group[0]['test'][-90:]}\n")
    sys.stdout.write(f"scenarios {whole.equal} of {whole.states} ({whole.rate:.2%})\n")
    for name, file, trace in forms():
        score = play(lines(trace), greenwich(), load(file))
        sys.stdout.write(f"{name} {score.equal} of {score.states} ({score.rate:.2%})\n")


if __name__ == "__main__":
    main()
