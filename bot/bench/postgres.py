"""A PostgreSQL that lives as long as a bench or the tests do. In a bench every commit is on the disk."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
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
    programs = installed()
    if programs is None:
        raise OperatorError("PostgreSQL is not installed here. Install it, or run: mrgvali bench scale --sqlite")
    with started(programs, SETTINGS) as port:
        yield Server(port)


@contextmanager
def started(programs: Path, settings: Mapping[str, str]) -> Iterator[int]:
    """The port of a server that is taken away again with all it held; it lets in whoever is on this machine."""
    folder, port = Path(tempfile.mkdtemp(prefix="mrgvali-postgres-")), _free_port()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data, log = folder / "data", folder / "log"
    _quietly([*_as_postgres(), str(programs / "initdb"), "-D", str(data), *INITDB])
    with log.open("wb") as written:
        command = [*_as_postgres(), str(programs / "postgres"), "-D", str(data), *_settings(settings, port)]
        process = subprocess.Popen(command, stdout=written, stderr=written)  # noqa: S603
        try:
            _wait(process, log)
            yield port
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait()
            shutil.rmtree(folder, ignore_errors=True)


def installed() -> Path | None:
    """The folder of initdb and postgres; the newest, when there are several."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    named = shutil.which("initdb")
    return Path(named).resolve().parent if named else None


def _settings(settings: Mapping[str, str], port: int) -> list[str]:
    given = {**settings, "port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
    return [word for name, value in given.items() for word in ("-c", f"{name}={value}")]


def _as_postgres() -> list[str]:
    """The server refuses to run as root; and it must not outlive who started it."""
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
