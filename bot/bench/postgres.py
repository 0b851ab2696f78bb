"""A PostgreSQL that lives as long as a bench does, with its own defaults: every commit is on the disk."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import create_async_engine

from bot.errors import OperatorError

STARTS_WITHIN = 60  # seconds
INITDB = ("-U", "postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C")
# What an operator of a country would set; the rest is as PostgreSQL comes.
SETTINGS = {"shared_buffers": "1GB", "max_wal_size": "4GB", "random_page_cost": "1.1", "jit": "off"}


@dataclass(frozen=True, slots=True)
class Server:
    port: int

    async def make(self, name: str) -> str:
        """The address of a new database."""
        engine = create_async_engine(self._address("postgres"), isolation_level="AUTOCOMMIT")
        async with engine.connect() as db:
            await db.exec_driver_sql(f'CREATE DATABASE "{name}"')
        await engine.dispose()
        return self._address(name)

    def _address(self, name: str) -> str:
        made = URL.create("postgresql+asyncpg", "postgres", host="127.0.0.1", port=self.port, database=name)
        return made.render_as_string(hide_password=False)


@contextmanager
def server() -> Iterator[Server]:
    programs, folder, port = _programs(), Path(tempfile.mkdtemp(prefix="mrgvali-bench-")), _free_port()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data, log = folder / "data", folder / "log"
    _quietly([*_as_postgres(), str(programs / "initdb"), "-D", str(data), *INITDB])
    with log.open("wb") as written:
        started = [*_as_postgres(), str(programs / "postgres"), "-D", str(data), *_settings(port)]
        process = subprocess.Popen(started, stdout=written, stderr=written)  # noqa: S603
        try:
            _wait(process, log)
            yield Server(port)
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait()
            shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The folder of initdb and postgres; the newest, when there are several."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    named = shutil.which("initdb")
    if found:
        return found[-1].parent
    if named is None:
        raise OperatorError("PostgreSQL is not installed here. Install it, or run: mrgvali bench scale --sqlite")
    return Path(named).resolve().parent


def _settings(port: int) -> list[str]:
    given = {**SETTINGS, "port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
    return [word for name, value in given.items() for word in ("-c", f"{name}={value}")]


def _as_postgres() -> list[str]:
    """The server refuses to run as root; and it must not outlive a bench that was killed."""
    if shutil.which("setpriv") is None:
        return []
    user = ["--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    return ["setpriv", *user, "--pdeathsig=QUIT"]


def _quietly(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise OperatorError(f"{command[-1]}: {done.stdout}{done.stderr}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        if b"ready to accept connections" in log.read_bytes():
            return
        time.sleep(0.05)
    raise OperatorError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")
