"""Long lists of choices: pages, and a search by typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from conversations import tap
from conversations.message import Button, Rows
from conversations.questions.base import Base
from conversations.questions.option import Option
from locales import _

PAGE = 8
WHOLE = 14  # a list this short is shown at once: two columns of seven
ROW = 28  # two short labels share a row only when both have at most half of this many characters


def searched(options: Sequence[Option], draft: Any) -> list[Option]:
    word = (draft or {}).get("search", "")
    return [option for option in options if option.matches(word)] if word else list(options)


def page(question: Base, options: Sequence[Option], draft: Any, marked: Sequence[Any] = ()) -> Rows:
    """The buttons of one page of the options, and those that turn the page."""
    found = searched(options, draft)
    size = PAGE if len(found) > WHOLE else WHOLE
    number = min((draft or {}).get("page", 0), max(0, (len(found) - 1) // size))
    shown = found[number * size : (number + 1) * size]
    buttons = [question.button(_marked(option, marked), option.value) for option in shown]
    return _rows(buttons) + _turns(question, number, len(found), bool((draft or {}).get("search")))


def turned(value: str, draft: Any) -> Any | None:
    """The new draft when a page button was pressed, None for any other button."""
    if value == "!all":
        return {**(draft or {}), "search": "", "page": 0}
    if not value.startswith("!page."):
        return None
    return {**(draft or {}), "page": tap.number(value.removeprefix("!page.")) or 0}


def _marked(option: Option, marked: Sequence[Any]) -> str:
    return f"✓ {option.label}" if option.value in marked else option.label


def _rows(buttons: list[Button]) -> Rows:
    if len(buttons) > 3 and all(len(button.text) <= ROW // 2 + 4 for button in buttons):
        return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return tuple((button,) for button in buttons)


def _turns(question: Base, number: int, total: int, narrowed: bool) -> Rows:
    row = []
    if number > 0:
        row.append(question.button("‹ " + _("Earlier"), f"!page.{number - 1}"))
    if total > WHOLE and (number + 1) * PAGE < total:
        row.append(question.button(_("More") + " ›", f"!page.{number + 1}"))
    if narrowed:
        row.append(question.button(_("Show all"), "!all"))
    return (tuple(row),) if row else ()
