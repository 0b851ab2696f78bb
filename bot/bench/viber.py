"""`mrgvali bench viber`: our sender beside viberbot's own, and how soon a callback is acknowledged.

All against one local server, each in a process of its own, one after the other; with `repeat` that many times in turn,
and the median is shown.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from bot.bench.turn import machine
from bot.bench.viber_case import TOKEN

Figures = dict[str, Any]
OURS, RIVALS = "ours", ("viberbot", "viberbot_threads")
PATIENCE = 30.0


def run(messages: int, *, repeat: int, rate: int, seconds: int) -> Figures:
    with _server() as port:
        rounds = [
            {case: _figures("bot.bench.viber_case", case, port, messages) for case in (OURS, *RIVALS)}
            for _round in range(repeat)
        ]
        calls = _callbacks(port, rate, seconds)
    out: Figures = {"messages": messages, "repeat": repeat, "machine": {**machine(), "cores_used": os.cpu_count()}}
    out |= {f"{case}_per_s": _median([each[case]["updates_per_s"] for each in rounds]) for case in (OURS, *RIVALS)}
    out["is_times"] = {
        case: _median([each[OURS]["updates_per_s"] / each[case]["updates_per_s"] for each in rounds]) for case in RIVALS
    }
    out["is_times_by_processor_time"] = {
        case: _median([each[OURS]["cpu_updates_per_s"] / each[case]["cpu_updates_per_s"] for each in rounds])
        for case in RIVALS
    }
    return {**out, "callback": calls}


@contextmanager
def _server() -> Iterator[int]:
    with _child("bot.bench.viber_server", stdout=subprocess.PIPE) as server:
        assert server.stdout is not None  # noqa: S101 asked for above
        yield int(server.stdout.readline())


def _callbacks(viber: int, rate: int, seconds: int) -> Figures:
    """The whole program on SQLite, as `mrgvali serve` runs it."""
    with TemporaryDirectory() as folder:
        port = _free_port()
        settings = {
            "PORT": port, "PUBLIC_URL": f"http://127.0.0.1:{port}", "VIBER_TOKEN": TOKEN,
            "VIBER_API": f"http://127.0.0.1:{viber}", "TELEGRAM_TOKEN": "",
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bench.db", "MEDIA_DIR": folder,
        }  # fmt: skip
        environment = {f"MRGVALI_{name}": str(value) for name, value in settings.items()}
        with _child("bot", "serve", cwd=folder, added=environment, stdout=subprocess.DEVNULL):
            _wait_for(f"http://127.0.0.1:{port}/health")
            return _figures("bot.bench.viber_calls", port, TOKEN, rate, seconds)


@contextmanager
def _child(
    module: str, *arguments: str, cwd: str | None = None, added: dict[str, str] | None = None, stdout: int
) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", module, *arguments]
    # Nothing of the operator's own settings: no real bot has a part in this.
    environment = {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1", **(added or {})}
    child = subprocess.Popen(command, cwd=cwd, env=environment, stdout=stdout, text=True)  # noqa: S603
    try:
        yield child
    finally:
        child.terminate()
        child.wait()


def _figures(module: str, *arguments: object) -> Figures:
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    figures: Figures = json.loads(done.stdout)
    return figures


def _wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(address):  # noqa: S310 our own
                return
        except (URLError, OSError):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _median(values: list[float]) -> float:
    return round(statistics.median(values), 2)
