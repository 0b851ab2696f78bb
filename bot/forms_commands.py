"""`mrgvali forms …`: questionnaires on the command line."""

from __future__ import annotations

import sys

import typer

from bot import forms_eval
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
