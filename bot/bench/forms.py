"""`mrgvali bench forms`: a form of 300 questions, loaded and answered by our engine; beside it, in the same run and one
after the other, @getodk/xforms-engine in Node and JavaRosa (the jar that pyxform brings), each where it is there; then
whole turns on that form beside turns on a short one."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.bench import form_turns
from bot.bench.forms_case import answers, table
from bot.bench.turn import machine
from domain.forms.form import compile_form
from domain.forms.session import Session, Setting

Figures = dict[str, Any]
PEERS = Path(__file__).with_name("peers")
SETTING = Setting(datetime(2026, 11, 22, tzinfo=UTC))


def run(questions: int, *, with_peers: bool, repeat: int, node_modules: Path | None) -> Figures:
    from pyxform.xls2xform import convert  # noqa: PLC0415 (slow to import)

    xml = str(convert(table(questions), form_name="data", file_type=".md").xform)
    given = answers(questions)
    out: Figures = {"questions": questions, "repeat": repeat, "machine": {**machine(), "cores_used": 1}}
    with TemporaryDirectory() as folder:
        cases: dict[str, Callable[[], Figures]] = {"ours": lambda: _ours(xml, given)}
        if with_peers:
            cases |= _peers(Path(folder), xml, given, node_modules)
        rounds = [{name: case() for name, case in cases.items()} for _ in range(repeat)]
    out |= {name: _median([each[name] for each in rounds]) for name in cases} | _missing(cases, with_peers)
    return out | {"turns": form_turns.run(questions, repeat=repeat)}


def _ours(xml: str, given: list[tuple[str, str]]) -> Figures:
    start = time.perf_counter()
    form = compile_form(xml)
    session = Session(form, SETTING)
    load = time.perf_counter() - start
    times = []
    for ref, value in given:
        start = time.perf_counter()
        session.answer(ref, value)
        times.append((time.perf_counter() - start) * 1000)
    kept = json.dumps(session.answers())
    start = time.perf_counter()
    Session.load(form, json.loads(kept), SETTING).next_after(given[len(given) // 2][0])
    resumed = (time.perf_counter() - start) * 1000
    return _figures(load * 1000, times, 0) | {"resume_and_next_ms": round(resumed, 3)}


def _figures(load: float, times: list[float], refused: int) -> Figures:
    ordered = sorted(times)
    return {
        "load_ms": round(load, 1),
        "answers": len(times),
        "refused": refused,
        "mean_ms": round(statistics.mean(times), 3),
        "median_ms": round(ordered[len(ordered) // 2], 3),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)], 3),
        "max_ms": round(ordered[-1], 3),
    }


def _median(rounds: list[Figures]) -> Figures:
    return {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}


def _peers(
    folder: Path, xml: str, given: list[tuple[str, str]], node_modules: Path | None
) -> dict[str, Callable[[], Figures]]:
    form, as_json, as_lines = folder / "form.xml", folder / "answers.json", folder / "answers.tsv"
    form.write_text(xml)
    as_json.write_text(json.dumps(given))
    as_lines.write_text("".join(f"{ref}\t{value}\n" for ref, value in given))
    found: dict[str, Callable[[], Figures]] = {}
    node, java = shutil.which("node"), shutil.which("java")
    if node and node_modules and (node_modules / "@getodk" / "xforms-engine").is_dir():
        command = [node, str(PEERS / "web_forms.mjs"), str(node_modules.resolve()), str(form), str(as_json)]
        found["web_forms"] = lambda: _child(command)
    jar = files("pyxform") / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
    if java and jar.is_file():
        lines = [java, "-cp", str(jar), str(PEERS / "JavaRosaForms.java"), str(form), str(as_lines)]
        found["javarosa"] = lambda: _child(lines)
    return found


def _child(command: list[str]) -> Figures:
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    said = json.loads(done.stdout.splitlines()[-1])
    return _figures(said["load_ms"], said["times_ms"], said["refused"])


def _missing(cases: dict[str, Callable[[], Figures]], with_peers: bool) -> Figures:
    wanted = {
        "web_forms": "npm i @getodk/xforms-engine jsdom, and --node-modules",
        "javarosa": "a Java development kit (17 or newer)",
    }
    return {"missing": {name: how for name, how in wanted.items() if name not in cases}} if with_peers else {}
