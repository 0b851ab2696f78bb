"""The last look at a form: how much was answered, and any answer can be changed from here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conversations import tap
from conversations.forms.filling import HERE, MORE, Filling, path_of
from conversations.forms.parts import in_short
from conversations.message import Button, Rows
from domain.forms.plain import plain
from domain.people import Sex
from locales import _, ngettext

FINISH, CHANGE, LEAVE = "!finish", "!change", "!leave"
PAGE, SECTION, ANSWER = "!p.", "!s.", "!q."
SHOWN = 8
SEXES = {"woman": Sex.WOMAN, "female": Sex.WOMAN, "f": Sex.WOMAN, "man": Sex.MAN, "male": Sex.MAN, "m": Sex.MAN}
NAMES = ("sex", "gender")

MakeButton = Callable[[str, str], Button]


def text(filling: Filling, page: Any) -> str:
    if page is not None:
        return _("Which answer do you want to change?")
    given = sum(1 for ref in _answers(filling) if filling.session.state(ref).value)
    words = ngettext("That was all: {count} answer.", "That was all: {count} answers.", given).format(count=given)
    return f"{words} " + _("Shall I keep it so?")


def rows(filling: Filling, page: Any, button: MakeButton) -> Rows:
    if page is None:
        return ((button(_("✓ Yes, it is ready"), FINISH),), (button(_("✎ Change an answer"), CHANGE),))
    leave = (button(_("Leave it as it is"), LEAVE),)
    sections = _sections(filling)
    if page.get("section") is None and len(sections) > 1:
        title = filling.session.question
        return (*((button(plain(title(path).label), SECTION + _id(path)),) for path in sections), leave)
    refs = [ref for ref in _answers(filling) if page.get("section") in (None, _id(filling.section_of(ref)))]
    number = min(int(page.get("page", 0)), max(0, (len(refs) - 1) // SHOWN))
    shown = refs[number * SHOWN : (number + 1) * SHOWN]
    turns = []
    if number:
        turns.append(button("‹ " + _("Earlier"), f"{PAGE}{number - 1}"))
    if (number + 1) * SHOWN < len(refs):
        turns.append(button(_("More") + " ›", f"{PAGE}{number + 1}"))
    listed = tuple((button(_line(filling, ref), ANSWER + _id(ref)),) for ref in shown)
    return (*listed, *((tuple(turns),) if turns else ()), leave)


def turned(pressed: str | None, page: Any) -> Any | None:
    """The page that a button leads to; None for no such button."""
    if pressed == CHANGE:
        return {}
    if pressed and pressed.startswith(SECTION):
        return {"section": pressed.removeprefix(SECTION)}
    if pressed and pressed.startswith(PAGE):
        return {**(page or {}), "page": tap.number(pressed.removeprefix(PAGE)) or 0}
    return None


def chosen(filling: Filling, pressed: str | None) -> str | None:
    if pressed is None or not pressed.startswith(ANSWER):
        return None
    wanted = pressed.removeprefix(ANSWER)
    return next((ref for ref in _answers(filling) if _id(ref) == wanted), None)


def sex(filling: Filling) -> str | None:
    """What the form itself asks about the person who answers, where a question of it is called so."""
    for ref in filling.route():
        if not ref.startswith((MORE, HERE)) and path_of(ref).rpartition("/")[2].casefold() in NAMES:
            return SEXES.get((filling.session.state(ref).value or "").casefold())
    return None


def _answers(filling: Filling) -> list[str]:
    return [ref for ref in filling.answered() if not ref.startswith((MORE, HERE)) and filling.asks(ref)]


def _sections(filling: Filling) -> list[str]:
    found = dict.fromkeys(filling.section_of(ref) for ref in _answers(filling))
    return [path for path in found if path in filling.compiled.sections]


def _line(filling: Filling, ref: str) -> str:
    asked = filling.session.question(ref)
    line = " ".join(f"{plain(asked.label)} {in_short(asked)}".split())
    return line if len(line) <= 60 else line[:59].rstrip() + "…"


def _id(ref: str) -> str:
    return tap.digest(ref)[1:9]
