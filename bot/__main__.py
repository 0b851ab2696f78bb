"""The command line. Errors of the operator are one sentence with the mend, and exit code 1."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from bot import alike_command, commands, law_command, logs, rank_command
from bot.bench import alike as alike_bench
from bot.bench import labelled
from bot.errors import OperatorError
from bot.forms_commands import forms
from bot.serve import Role
from bot.settings import Settings
from domain import people

MOST = 2**31 - 1  # as far as the database counts
app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
db = typer.Typer(no_args_is_help=True, help="The database.")
places = typer.Typer(no_args_is_help=True, help="Municipalities, communities and villages.")
ledger = typer.Typer(no_args_is_help=True, help="The chain of promises.")
export = typer.Typer(no_args_is_help=True, help="Files for the desk.")
bench = typer.Typer(no_args_is_help=True, help="Speed, beside others in the same run.")
for name, group in (("db", db), ("places", places), ("ledger", ledger), ("export", export), ("bench", bench)):
    app.add_typer(group, name=name)
app.add_typer(forms, name="forms")


@app.command()
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8080, host: str = "127.0.0.1", keep: bool = False
) -> None:
    """The whole story in the browser: four phones and a clock to move. --keep goes on with the last one."""
    logs.to_stderr(logging.WARNING)  # a village's year of daily work would bury the one line that is needed
    _run(commands.demo(host, port, keep=keep))


@app.command()
def serve(role: Role = Role.ALL) -> None:
    """The program: web pages, Telegram, turns, messages, clock; or one of these roles."""
    _run(commands.serve(Settings(), role))


@db.command()
def upgrade() -> None:
    """Brings the database's tables up to date."""
    _run(commands.upgrade(Settings()))


@app.command()
def invite(
    role: people.Role,
    municipality: Annotated[str | None, typer.Option(help="Its Georgian or English name, or its code.")] = None,
    group: Annotated[int | None, typer.Option(help="The number of the self-help group.", min=1, max=MOST)] = None,
    office: Annotated[str | None, typer.Option(help="What an official is called in public.")] = None,
) -> None:
    """Prints a link that gives this role to whoever opens it first."""
    _run(commands.invite(Settings(), role, municipality, group, office))


@places.command("import")
def import_(file: Path) -> None:
    """Takes a CSV of villages in; says which row and value is wrong."""
    _run(commands.import_places(Settings(), file))


@app.command()
def play(
    conversation: str,
    language: str = "en",
    who: Annotated[str | None, typer.Option("--as", help="Whose phone: resident, leader, official, …")] = None,
    out: Annotated[Path | None, typer.Option(help="Keep what was played as a transcript.")] = None,
) -> None:
    """Plays a conversation here in the terminal, and prints it as a test at the end."""
    _run(commands.play(conversation, language, who, out))


@app.command()
def parked(
    again: Annotated[int | None, typer.Option(help="Play this message once more.", min=1, max=MOST)] = None,
) -> None:
    """Messages that could not be played: numbers and reasons, never what was said."""
    _run(commands.parked(Settings(), again))


@app.command()
def rank(file: Path) -> None:
    """The order of a list from its ballots alone: {"ballots": [["a", "b"], …]} in, {"order": […]} out."""
    typer.echo(rank_command.rank(file))


@app.command()
def alike() -> None:
    """Judges pairs of needs: JSON lines with a and b in, score and same out."""
    for judged in alike_command.judge(sys.stdin):
        typer.echo(judged)


@app.command()
def law(words: list[str]) -> None:
    """The law cards that a question is about, best first, in any of our languages."""
    for card in law_command.found(words):
        typer.echo(card)


@ledger.command()
def verify() -> None:
    """Recomputes every hash; names the first place that does not fit."""
    _run(commands.verify_ledger(Settings()))


@ledger.command("export")
def export_ledger() -> None:
    """Prints every event as a line of JSON."""
    _run(commands.export_ledger(Settings()))


@export.command()
def answers(poll: Annotated[int, typer.Argument(min=1, max=MOST)], out: Path = Path("answers.xlsx")) -> None:
    """The answers of a poll as a workbook."""
    _run(commands.export_answers(Settings(), poll, out))


@bench.command()
def turn(users: int = 2000, peers: bool = False, repeat: int = 1) -> None:
    """From raw JSON to a committed answer and a built reply; with --peers beside python-telegram-bot and aiogram."""
    commands.bench_turn(users, with_peers=peers, repeat=repeat)


@bench.command()
def viber(messages: int = 3000, repeat: int = 1, rate: int = 200, seconds: int = 10) -> None:
    """Our sender beside viberbot's own, and how soon a callback is acknowledged; all on this computer."""
    commands.bench_viber(messages, repeat=repeat, rate=rate, seconds=seconds)


@bench.command("alike")
def bench_alike(file: Path = labelled.SET, language: str = "ka") -> None:
    """How well the same need is recognised, beside plain letter triples and rapidfuzz, on a labelled set."""
    typer.echo(json.dumps(alike_bench.run(file, language), indent=2))


@bench.command("forms")
def bench_forms(
    questions: Annotated[int, typer.Option(min=30, max=3000)] = 300,
    peers: bool = False,
    repeat: Annotated[int, typer.Option(min=1)] = 1,
    node_modules: Annotated[Path | None, typer.Option(help="Where @getodk/xforms-engine and jsdom are.")] = None,
) -> None:
    """A long form with skip logic: loading and each answer; with --peers beside web-forms and JavaRosa."""
    commands.bench_forms(questions, with_peers=peers, repeat=repeat, node_modules=node_modules)


@bench.command("scale")
def bench_scale(
    fraction: Annotated[float, typer.Option(min=0.001, max=1, help="How much of the country.")] = 1.0,
    sqlite: Annotated[bool, typer.Option(help="On SQLite, a tenth as large; else on a PostgreSQL of its own.")] = False,
) -> None:
    """A country of a million residents: sweeps, board pages, turns beside an empty database, the ledger's proof."""
    _run(commands.bench_scale(fraction, sqlite=sqlite))


def _run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def main() -> None:
    logs.to_stderr()
    try:
        app()
    except OperatorError as error:
        _fail(str(error))
    except ValidationError as error:
        _fail("\n".join(f"MRGVALI_{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in error.errors()))
    except UnicodeDecodeError:
        _fail(".env is not written in UTF-8. Please save it once more as plain text in UTF-8.")
    except (SQLAlchemyError, OSError) as error:
        _fail(commands.database_trouble(error))


def _fail(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    raise SystemExit(1)


if __name__ == "__main__":
    main()
