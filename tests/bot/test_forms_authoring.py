"""`mrgvali forms play` from a pipe, and `mrgvali forms publish` into a valley that has people."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from bot import forms_authoring
from bot.errors import OperatorError
from bot.settings import Settings
from conversations.catalogue import everything
from domain.forms.calls import Mode
from storage import migrate
from storage.engine import write_engine
from storage.tables.forms import form_calls
from storage.tables.roles import groups
from tests.stories.forms import md
from tests.stories.valley import GROUP, VALLEY, Valley
from tests.town import Town

GARDEN = md(
    "select_one yn | has | Do you have a garden?",
    "integer | trees | How many trees? | ${has} = 'yes' | . < 100",
    choices=("yn | yes | Yes indeed", "yn | no | Not at all"),
)


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    file = tmp_path / "garden.md"
    file.write_bytes(GARDEN)
    return file


async def test_a_form_is_played_to_its_end(garden: Path) -> None:
    """Begun; a wrong answer, a step back, and the right ones."""
    screen = io.StringIO()
    typed = io.StringIO('1\n"500"\n/back\n1\n"12"\n1\n')
    await forms_authoring.play(garden, "en", None, typed, screen)
    shown = screen.getvalue()
    assert "does not fit" in shown
    assert shown.count("Do you have a garden?") >= 2
    assert "2 answers" in shown
    assert "Thank you! Your answers are kept." in shown


async def test_a_language_that_is_not_spoken_is_named(garden: Path) -> None:
    with pytest.raises(OperatorError, match="These are: ka, en"):
        await forms_authoring.play(garden, "xx", None, io.StringIO(), io.StringIO())


@pytest.fixture
async def valley(tmp_path: Path) -> AsyncIterator[Valley]:
    """On a file that was migrated, as the operator's is."""
    url = f"sqlite+aiosqlite:///{tmp_path}/mrgvali.db"
    await migrate.upgrade(url)
    engine = write_engine(url)
    settled = Valley(Town(engine, everything()))
    await settled.settle()
    yield settled
    await engine.dispose()


async def publish(valley: Valley, form: Path, whom: str, mode: Mode | None = None) -> None:
    url = valley.town.engine.url.render_as_string(hide_password=False)
    settings = Settings(database_url=url, secret_key="x" * 40)  # type: ignore[arg-type]
    await forms_authoring.publish(settings, form, None, whom, mode)


@pytest.mark.parametrize(
    ("whom", "mode", "reached"),
    [
        ("Valley", None, ("person", VALLEY, None)),
        ("ხეობა", None, ("person", VALLEY, None)),
        ("Valley", Mode.HOUSEHOLD, ("household", VALLEY, GROUP)),
        ("valley group", None, ("group", VALLEY, GROUP)),
        ("1", None, ("group", VALLEY, GROUP)),
    ],
)
async def test_a_form_is_put_to_people(
    valley: Valley, garden: Path, whom: str, mode: Mode | None, reached: tuple[str, int, int | None]
) -> None:
    await publish(valley, garden, whom, mode)
    [call] = await valley.rows(select(form_calls))
    assert (call.mode, call.community_id, call.group_id) == reached


async def test_a_resident_answers_what_the_operator_published(valley: Valley, garden: Path) -> None:
    nino = await valley.resident("nino")
    await publish(valley, garden, "Valley")
    [call] = await valley.rows(select(form_calls))
    await nino.start(f"f{call.id}")
    assert "Do you have a garden?" in (await nino.tap("Let us begin")).text


async def test_of_two_groups_the_operator_names_one(valley: Valley, garden: Path) -> None:
    async with valley.town.engine.begin() as db:
        await db.execute(
            insert(groups), [{"community_id": VALLEY, "name": "Second", "created_at": valley.town.clock.now()}]
        )
    with pytest.raises(OperatorError, match=r"several groups .* 1 \(Valley group, Valley\), 2 \(Second, Valley\)"):
        await publish(valley, garden, "Valley", Mode.GROUP)


async def test_a_community_without_a_group_is_told(valley: Valley, garden: Path) -> None:
    with pytest.raises(OperatorError, match="“Hill” has none yet"):
        await publish(valley, garden, "Hill", Mode.GROUP)
