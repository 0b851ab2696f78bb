"""`mrgvali bench turn`: from raw JSON to a committed answer and a built reply, on SQLite with synchronous=FULL.

Everything runs on one core, each in a process of its own, one after the other; with `repeat` that many times in turn,
and the median round is shown, so that a noisy minute does not decide.
"""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

DIALOGUE, NEEDS_POLL = {"dialogue": ["bot.bench.case", "dialogue"]}, {"needs_poll": ["bot.bench.case", "needs_poll"]}
RIVALS = {"python_telegram_bot": ["bot.bench.peers.ptb"], "aiogram": ["bot.bench.peers.aiogram3"]}

Figures = dict[str, Any]


def run(users: int, *, with_peers: bool, repeat: int = 1) -> dict[str, Any]:
    on_one_core()
    cases = {**DIALOGUE, **(RIVALS if with_peers else {}), **NEEDS_POLL}  # what is compared, side by side in time
    rounds = [{name: _measured([*case, str(users)]) for name, case in cases.items()} for _round in range(repeat)]
    out = {"users": users, "repeat": repeat, "machine": machine(), "synchronous": "FULL"}
    out |= {name: _median([each[name] for each in rounds]) for name in cases}
    if with_peers:
        out["dialogue_is_times"] = {name: _times(rounds, name) for name in RIVALS}
    return out


def on_one_core() -> None:
    """Ours, its database thread and the rivals: all on one processor, so that the figures are a core's."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _measured(arguments: list[str]) -> Figures:
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    figures: Figures = json.loads(done.stdout)
    return figures


def _median(figures: list[Figures]) -> Figures:
    """The round in the middle, and how fast all of them were."""
    middle = sorted(figures, key=lambda each: float(each["updates_per_s"]))[(len(figures) - 1) // 2]
    return {**middle, "all_rounds_per_s": [each["updates_per_s"] for each in figures]}


def _times(rounds: list[dict[str, Figures]], rival: str) -> dict[str, float]:
    """How many times the rival's rate ours is, round by round: the median."""

    def ratio(name: str) -> float:
        return round(statistics.median(float(each["dialogue"][name] / each[rival][name]) for each in rounds), 2)

    return {"by_the_clock": ratio("updates_per_s"), "by_processor_time": ratio("cpu_updates_per_s")}


def machine() -> dict[str, str]:
    return {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "processor": _processor(),
        "cores_used": "1",
    }


def _processor() -> str:
    try:
        info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor()
    return info.partition("model name")[2].partition("\n")[0].strip("\t :")
