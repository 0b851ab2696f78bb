"""`mrgvali forms …`: questionnaires on the command line."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import forms_authoring, forms_eval, forms_trace
from bot.clock import Clock
from bot.settings import Settings
from domain.forms.calls import Mode

Beside = Annotated[Path | None, typer.Option("--media", help="The folder of the files that the form needs.")]

forms = typer.Typer(no_args_is_help=True, help="Questionnaires.")


@forms.callback()
def questionnaires() -> None:
    """Questionnaires."""


@forms.command("eval")
def evaluate() -> None:
    """Works out XPath expressions: one JSON object a line in, one line each and in order out."""
    settings = Settings()
    for answer in forms_eval.answers(sys.stdin.buffer, Clock(settings.now).now, settings.timezone):
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()


@forms.command()
def check(
    file: Path,
    media: Beside = None,
    repair: Annotated[bool, typer.Option(help="Mend what needs no guessing, and write the mended file.")] = False,
) -> None:
    """Reads an XLSForm as it would be before it is published: "ready", or what is wrong in which row."""
    asyncio.run(forms_authoring.check(file, media, repair=repair))


@forms.command()
def play(file: Path, language: str = "en", media: Beside = None) -> None:
    """Answers a form here in the terminal, as people would."""
    asyncio.run(forms_authoring.play(file, language, media, sys.stdin, sys.stdout))


@forms.command()
def publish(
    file: Path,
    whom: Annotated[str, typer.Option("--for", help="A community's name, or a group's name or number.")],
    mode: Annotated[Mode | None, typer.Option(help="Who answers: each person, the group together, households.")] = None,
    media: Beside = None,
) -> None:
    """Puts a form, or a new version of it, to people."""
    asyncio.run(forms_authoring.publish(Settings(), file, media, whom, mode))


@forms.command()
def trace(
    form: Annotated[str, typer.Argument(help="An XForm (.xml) or an XLSForm; - where the operations bring their own.")],
    media: Annotated[Path | None, typer.Option(help="The folder with its lists.", exists=True, file_okay=False)] = None,
) -> None:
    """Plays a form: one operation as JSON a line in, what changed at its nodes out."""
    settings = Settings()
    for row in forms_trace.rows(form, media, sys.stdin.buffer, Clock(settings.now).now, settings.timezone):
        sys.stdout.write(row + "\n")
        sys.stdout.flush()
