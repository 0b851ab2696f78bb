"""`mrgvali play` from a pipe: what was typed comes out as a test and as a transcript."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from bot.errors import OperatorError
from bot.play.script import Script
from bot.play.session import play


async def played(typed: str, conversation: str = "welcome", **options: object) -> str:
    screen = io.StringIO()
    wishes = {"language": "en", "who": None, "out": None, **options}
    await play(conversation, source=io.StringIO(typed), screen=screen, **wishes)  # type: ignore[arg-type]
    return screen.getvalue()


async def test_numbers_press_buttons_and_the_talk_becomes_a_test(tmp_path: Path) -> None:
    shown = await played("\n99\n1\n2\n", out=tmp_path / "no.json")
    assert "There are buttons 1 to 5." in shown
    assert "Hello! Which language shall we speak?" in shown
    test = shown.partition("# As a test:\n\n")[2]
    assert 'await phone.tap("No")' in test
    compile(test, "test_welcome.py", "exec")
    script = Script.read(tmp_path / "no.json")
    assert (script.who, script.asks, [step.asks for step in script.steps]) == (
        "resident",
        "language",
        ["consent", None],
    )
    assert [step.what for step in script.steps] == ["language:en", "consent:no"]


async def test_the_printed_test_holds(tmp_path: Path) -> None:
    shown = await played("1\nThe bridge is broken\n/back\nquit\n", "needs_poll")
    names: dict[str, object] = {}
    exec(shown.partition("# As a test:\n\n")[2], names)  # noqa: S102  it is our own
    await names["test_needs_poll"](tmp_path)  # type: ignore[operator]


async def test_a_photo_and_a_place_can_be_sent() -> None:
    shown = await played("1\n1\n1\n4\nplace\n1\n2\n1\n1\n3\nphoto\n2\n", "needs_poll")
    assert "phone.location(41.5931, 44.5017)" in shown
    assert "phone.photo()" in shown


async def test_the_end_of_the_input_ends_it() -> None:
    assert re.search(r"# As a test:\n\n.*pending\(\"leader\"\)", await played("", "promise_check"), re.DOTALL)


@pytest.mark.parametrize(
    ("conversation", "options", "mend"),
    [
        ("quarrel", {}, "These can: .*forget, "),
        ("need_on_list", {}, "cannot be played"),  # it is told by the program, never begun
        ("welcome", {"language": "xx"}, "These are: ka, en"),
    ],
)
async def test_what_cannot_be_played_is_said(conversation: str, options: dict[str, str], mend: str) -> None:
    with pytest.raises(OperatorError, match=mend):
        await played("", conversation, **options)
