"""`mrgvali forms …`: questionnaires on the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import forms_eval, forms_trace
from bot.clock import Clock
from bot.settings import Settings

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
def trace(
    form: Annotated[str, typer.Argument(help="An XForm (.xml) or an XLSForm; - where the operations bring their own.")],
    media: Annotated[Path | None, typer.Option(help="The folder with its lists.", exists=True, file_okay=False)] = None,
) -> None:
    """Plays a form: one operation as JSON a line in, what changed at its nodes out."""
    settings = Settings()
    for row in forms_trace.rows(form, media, sys.stdin.buffer, Clock(settings.now).now, settings.timezone):
        sys.stdout.write(row + "\n")
        sys.stdout.flush()
