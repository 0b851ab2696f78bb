"""The command line: whatever is wrong is told in a sentence that names it and its mend; exit code 1 or 2."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from bot.__main__ import main
from tests.bad_input.test_lists import GOOD, WRONG
from tests.postgres import Server

ROOT = Path(__file__).parents[2]


Says = Callable[..., tuple[int, str]]


@pytest.fixture
def mrgvali(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Says]:
    """The program's own main, in a folder of its own: exit code, and all that it wrote."""

    def run(*words: str, **settings: str) -> tuple[int, str]:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["mrgvali", *words])
        with pytest.raises(SystemExit) as end:
            main()
        return int(end.value.code or 0), "".join(capsys.readouterr())

    for name in filter(lambda name: name.startswith("MRGVALI_"), [*os.environ]):
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    before = logging.root.handlers[:]
    yield run
    structlog.reset_defaults()
    logging.root.handlers[:] = before


def told(outcome: tuple[int, str], *parts: str) -> str:
    code, said = outcome
    assert code in (1, 2), said
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) <= 12, said
    for part in parts:
        assert part in said
    return said


SETTINGS = {
    "a port that is a word": ({"MRGVALI_PORT": "many"}, ("MRGVALI_PORT",)),
    "a port beyond all": ({"MRGVALI_PORT": "70000"}, ("MRGVALI_PORT", "65535")),
    "a time zone of nowhere": (
        {"MRGVALI_TIMEZONE": "Asia/Nowhere"},
        ("MRGVALI_TIMEZONE", "Nowhere", "Asia/Tbilisi"),
    ),
    "a time zone that is a path": ({"MRGVALI_TIMEZONE": "../../etc/passwd"}, ("MRGVALI_TIMEZONE",)),
    "an unknown database": ({"MRGVALI_DATABASE_URL": "mysql://a:b@c/d"}, ("MRGVALI_DATABASE_URL", "postgresql")),
    "a database that is a word": ({"MRGVALI_DATABASE_URL": "nonsense"}, ("MRGVALI_DATABASE_URL", "postgresql")),
    "a database of an unknown driver": ({"MRGVALI_DATABASE_URL": "sqlite+foo:///x.db"}, ("MRGVALI_DATABASE_URL",)),
    "a database with a port in words": (
        {"MRGVALI_DATABASE_URL": "postgresql://u:p@host:port/db"},
        ("MRGVALI_DATABASE_URL",),
    ),
    "no rights": ({"MRGVALI_DATABASE_URL": "sqlite:////proc/none/town.db"}, ("MRGVALI_DATABASE_URL",)),
    "an unreachable PostgreSQL": (
        {"MRGVALI_DATABASE_URL": "postgresql://u:hidden@127.0.0.1:1/db", "MRGVALI_SECRET_KEY": "x" * 40},
        ("MRGVALI_DATABASE_URL",),
    ),
    "an address without https": ({"MRGVALI_PUBLIC_URL": "http://mrgvali.ge"}, ("MRGVALI_PUBLIC_URL", "https://")),
    "an hour that is none": ({"MRGVALI_NOW": "yesterday"}, ("MRGVALI_NOW",)),
    "an hour without its zone": ({"MRGVALI_NOW": "2026-11-23T09:00:00"}, ("MRGVALI_NOW", "timezone")),
    "half a token": ({"MRGVALI_TELEGRAM_TOKEN": "AAhidden"}, ("MRGVALI_TELEGRAM_TOKEN", "BotFather")),
    "a rate of nothing": ({"MRGVALI_TELEGRAM_RATE": "0"}, ("MRGVALI_TELEGRAM_RATE",)),
}


@pytest.mark.parametrize("what", SETTINGS)
def test_a_wrong_setting(mrgvali: Says, what: str) -> None:
    settings, parts = SETTINGS[what]
    said = told(mrgvali("parked", **settings), *parts)
    assert "hidden" not in said, "a password is nobody's to read"


def test_settings_that_no_editor_wrote(mrgvali: Says, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"MRGVALI_PORT=8080\n\xff\xfe\0\n")
    told(mrgvali("parked"), ".env", "UTF-8")


def test_a_port_that_is_taken(mrgvali: Says) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        told(mrgvali("serve", "--role", "web", MRGVALI_PORT=port), port, "MRGVALI_PORT")


def test_a_database_without_tables(mrgvali: Says, postgres: Server) -> None:
    url = asyncio.run(postgres.fresh())
    settings = {"MRGVALI_DATABASE_URL": url, "MRGVALI_SECRET_KEY": "x" * 40}
    told(mrgvali("parked", **settings), "mrgvali db upgrade")
    told(mrgvali("serve", "--role", "worker", **settings), "mrgvali db upgrade")
    asyncio.run(postgres.drop(url))


COMMANDS = {
    "an unknown command": (("destroy",), "destroy"),
    "an unknown role of the program": (("serve", "--role", "king"), "king"),
    "an unknown role of a person": (("invite", "king"), "king"),
    "a leader of no group": (("invite", "leader"), "--group"),
    "a leader of a group that is none": (("invite", "leader", "--group", "99"), "group"),
    "a group without end": (("invite", "leader", "--group", "9" * 30), "group"),
    "an official of nowhere": (("invite", "official", "--municipality", "Atlantis"), "Atlantis"),
    "a place with a wildcard": (("invite", "official", "--municipality", "%"), "%"),
    "a message that is not parked": (("parked", "--again", "7"), "7"),
    "a message without end": (("parked", "--again", "9" * 30), "--again"),
    "a poll that is none": (("export", "answers", "7"), "Poll 7"),
    "a poll without end": (("export", "answers", "9" * 30), ""),
    "a conversation that is none": (("play", "nothing"), "nothing"),
    "a demo on a port beyond all": (("demo", "--port", "70000"), "65535"),
    "a file that is none": (("places", "import", "nowhere.csv"), "nowhere.csv"),
    "a file that is a folder": (("places", "import", "."), "."),
}


@pytest.mark.parametrize("what", COMMANDS)
def test_a_wrong_command(mrgvali: Says, what: str) -> None:
    words, part = COMMANDS[what]
    told(mrgvali(*words), part)


@pytest.mark.parametrize(
    "what", ["a column is missing", "Latin-1", "a number in words", "a cell without end", "a format string"]
)
def test_a_wrong_list(mrgvali: Says, tmp_path: Path, what: str) -> None:
    content, _answer = WRONG[what]
    (tmp_path / "places.csv").write_bytes(content)
    told(mrgvali("places", "import", "places.csv"), "places.csv")


def test_as_a_process_of_its_own(tmp_path: Path) -> None:
    """The exit code and the sentence reach the shell."""
    (tmp_path / "places.csv").write_text(GOOD.replace("120", "many"))
    words = [sys.executable, "-m", "bot", "places", "import", "places.csv"]
    env = {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, cwd=tmp_path, env=env, check=False, capture_output=True, text=True)  # noqa: S603
    assert done.returncode == 1
    assert done.stdout == ""
    assert "places.csv: Row 2: voters is not a number: “many”." in done.stderr
    assert len(done.stderr.splitlines()) == 1
