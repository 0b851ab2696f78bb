"""What `mrgvali demo` says when it cannot begin, and how it ends."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

import pytest

from bot.demo.command import demo
from bot.errors import OperatorError

ROOT = Path(__file__).parents[3]


async def test_a_port_that_is_taken_is_named_with_the_mend() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OperatorError, match=f"make demo PORT={port + 1}"):
            await demo("127.0.0.1", port, keep=False)


async def test_it_says_where_it_is_and_ends_without_a_word(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--port", str(port), cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert running.stdout is not None
    assert running.stderr is not None
    assert "wakes up" in (await running.stdout.readline()).decode()
    assert f"http://127.0.0.1:{port}/demo" in (await running.stdout.readline()).decode()
    running.send_signal(signal.SIGINT)
    _said, wrong = await running.communicate()
    assert running.returncode == 0
    assert b"Traceback" not in wrong
