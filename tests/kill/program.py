"""The program as operators run it: real processes, which can be killed and started again."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.fakes.telegram_server import TOKEN
from tests.fakes.viber_server import TOKEN as VIBER_TOKEN
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
ONE = ("all",)
SEVERAL = ("web", "worker", "sender")
SENDERS = ("all", "sender")
FAST = "1000"  # messages a second: the bot's own pace is not what is tried here
SECONDS_TO_END = 30.0


@dataclass
class Program:
    """`roles` run in a process each; what they log goes to log.txt in `folder`."""

    folder: Path
    database_url: str
    telegram: str
    roles: tuple[str, ...] = ONE
    webhook: bool = False
    viber: str | None = None
    _port: int = field(default_factory=free_port)
    _running: dict[str, Process] = field(default_factory=dict)

    async def start(self, role: str) -> None:
        with (self.folder / "log.txt").open("ab") as log:
            self._running[role] = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "serve", "--role", role,
                cwd=self.folder, env=self._environment(), stdout=log, stderr=log,
            )  # fmt: skip

    async def start_all(self) -> None:
        for role in self.roles:
            await self.start(role)

    async def kill(self, role: str) -> None:
        """As a power cut would: the process gets no chance to tidy up."""
        process = self._running.pop(role)
        process.kill()
        if await process.wait() != -signal.SIGKILL:
            raise RuntimeError(f"{role} had ended by itself:\n{self.log()}")

    async def stop(self) -> dict[str, int]:
        """Asks everybody to end, and answers how they did."""
        for process in self._running.values():
            process.terminate()
        codes = {}
        for role, process in self._running.items():
            codes[role] = await asyncio.wait_for(process.wait(), SECONDS_TO_END)
        self._running.clear()
        return codes

    async def discard(self) -> None:
        """Leaves nobody behind, whatever happened."""
        for process in self._running.values():
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    def log(self) -> str:
        return (self.folder / "log.txt").read_text("utf-8", "replace")[-5000:]

    def _environment(self) -> dict[str, str]:
        settings = {
            "database_url": self.database_url,
            "telegram_token": TOKEN,
            "telegram_api": self.telegram,
            "telegram_rate": FAST,
            "secret_key": "only for this trial",
            "port": str(self._port),
        }
        if self.viber is not None:
            settings |= {"viber_token": VIBER_TOKEN, "viber_api": self.viber}
        if self.webhook:
            settings["public_url"] = f"http://127.0.0.1:{self._port}"
        common = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        ours = {f"MRGVALI_{name.upper()}": value for name, value in settings.items()}
        return {**common, **ours, "PYTHONPATH": str(ROOT), "NO_PROXY": "127.0.0.1", "PYTHONUTF8": "1"}
