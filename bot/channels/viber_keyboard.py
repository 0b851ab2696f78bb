"""Buttons as Viber lays them out: six columns, heights of one or two, and pages where they are too many. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from conversations.message import Button, Rows

COLUMNS, TALLEST = 6, 12  # of a keyboard held upright; more would have to be scrolled
LONGEST_LABEL = 250
LETTERS_IN_A_COLUMN = 5  # about: what stands in one line
PRESSED = "mrgvali:"  # so that nobody's words are taken for a button
OPENED = "#mrgvali"  # a link that was opened comes back as if the person had written it
PLACE_FROM = 3  # the version of Viber's API in which a place can be picked

Keyboard = dict[str, Any]
Row = tuple[Button, ...]


def keyboard(rows: Rows, page: int = 0) -> Keyboard:
    """One page of the buttons; the last row leads to the others."""
    pages = _pages([row for each in _merged(rows) for row in _fitting(each)])
    shown = pages[page % len(pages)]
    if len(pages) > 1:
        shown = [*shown, _turning(page % len(pages), len(pages))]
    buttons = [button for row in shown for button in _laid(row)]
    return {"Type": "keyboard", "DefaultHeight": False, "Buttons": buttons}


def needs_version(rows: Rows) -> int | None:
    """What the phone must understand, where that is more than every phone does."""
    return PLACE_FROM if any(button.kind == "location" for row in rows for button in row) else None


def only_menu() -> Rows:
    """In no language: takes the place of buttons that have had their time."""
    return ((Button("☰", "/menu"),),)


def _merged(rows: Rows) -> list[Row]:
    """The days of a month come seven in a row, which is one more than there are columns: they flow on."""
    merged: list[Row] = []
    flows = False
    for row in rows:
        tiny = len(row) > 0 and all(len(button.text) <= 2 for button in row)
        if tiny and flows:
            merged[-1] = (*merged[-1], *row)
        else:
            merged.append(row)
        flows = tiny
    return [part for row in merged for part in _sixes(row)]


def _sixes(row: Row) -> list[Row]:
    return [row[at : at + COLUMNS] for at in range(0, len(row), COLUMNS)]


def _fitting(row: Row) -> list[Row]:
    """Words too long for their share of the row stand alone."""
    share = COLUMNS // len(row) * LETTERS_IN_A_COLUMN
    if len(row) == 1 or max(len(button.text) for button in row) <= share * 2:
        return [row]
    return [(button,) for button in row]


def _height(row: Row) -> int:
    share = COLUMNS // len(row) * LETTERS_IN_A_COLUMN
    return 2 if max(len(button.text) for button in row) > share else 1


def _pages(rows: Sequence[Row]) -> list[list[Row]]:
    if sum(map(_height, rows)) <= TALLEST:
        return [list(rows)]
    pages: list[list[Row]] = [[]]
    room = TALLEST - 1
    for row in rows:
        if sum(map(_height, pages[-1])) + _height(row) > room:
            pages.append([])
        pages[-1].append(row)
    return pages


def _turning(page: int, pages: int) -> Row:
    before, after = (page - 1) % pages, (page + 1) % pages
    return Button(f"‹ {before + 1}/{pages}", f"0:page:{before}"), Button(f"{after + 1}/{pages} ›", f"0:page:{after}")


def _laid(row: Row) -> list[dict[str, Any]]:
    """The columns of a row add up to six: else the next row would flow into what is left."""
    wide, over = divmod(COLUMNS, len(row))
    height = _height(row)
    return [
        {"Columns": wide + (at < over), "Rows": height, "Text": _label(button.text), "Silent": True, **_action(button)}
        for at, button in enumerate(row)
    ]


def _action(button: Button) -> dict[str, Any]:
    if button.kind == "url":
        return {"ActionType": "open-url", "ActionBody": f"{button.data}{OPENED}"}
    if button.kind == "location":
        return {"ActionType": "location-picker", "ActionBody": PRESSED + button.data}
    return {"ActionType": "reply", "ActionBody": PRESSED + button.data}


def _label(words: str) -> str:
    """Viber reads HTML in it."""
    label = escape(words, quote=False)
    while len(label) > LONGEST_LABEL:
        words = words[:-2].rstrip() + "…"
        label = escape(words, quote=False)
    return label
