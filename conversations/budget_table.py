"""The table for women and men comes to who decides on the budget; one tap says that they have it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.doors import Door
from conversations.person import Person
from conversations.registry import Entry
from domain.budget_sending import Due, Occasion
from locales import _, current
from publish import budget_sending_words as words
from storage import budget_sendings


async def table_arrived(chat: Chat) -> None:
    found = await chat.look("table", partial(_table, person_id=chat.person.id, sending_id=int(chat.args["sending"])))
    if found is None:
        return
    for media_id in found["files"]:
        chat.send(found["title"], document=media_id)
    ask = _("It shows what was promised to the villages, for whom and for how much. Please press once you have it.")
    chat.say(ask, doors=(Door("table_received", _("✓ I have it")),))


async def _table(db: AsyncConnection, *, person_id: int, sending_id: int) -> dict[str, Any] | None:
    """None once it was received, or sent anew."""
    found = await budget_sendings.waiting(db, person_id=person_id, sending_id=sending_id)
    if not found:
        return None
    sending, language = found[0].sending, current() if current() in ("ka", "en") else "ka"
    files = [media_id for name, media_id in sending.files.items() if name.rpartition(".")[0].endswith(f"-{language}")]
    return {"title": words.table(sending.year, sending.occasion), "files": files}


async def table_received(chat: Chat) -> None:
    """One tap: whatever was sent to them and is not yet said to be there."""
    waits = await chat.look("waits", partial(_waiting, person_id=chat.person.id))
    if not waits:
        return chat.say(_("It is written down already that you have it."))
    for at, each in enumerate(waits):
        await chat.part(str(at)).do("receive", partial(budget_sendings.receive, now=chat.now(), **each))
    chat.say(_("Thank you. It is written down that you have it, for which office, and since when."))


async def _waiting(db: AsyncConnection, *, person_id: int) -> list[dict[str, Any]]:
    found = await budget_sendings.waiting(db, person_id=person_id)
    return [{"ids": [each.id], "name": each.name, "office": each.office} for each in found]


async def table_due(chat: Chat) -> None:
    """To the desk: it is time, and nothing was sent."""
    due = Due(Occasion(chat.args["occasion"]), int(chat.args["year"]), 1)
    if due.occasion is Occasion.DRAFT:
        said = _(
            "The council makes its remarks on the budget of {year} until 25 November. Now is the time to send it the "
            "table for women and men."
        )
    else:
        said = _(
            "The budget of {year} is adopted. Now is the time to send the table for women and men again, with last "
            "year's sums beside it."
        )
    chat.say(said.format(year=due.year), doors=(Door("budget_desk", _("📨 Send it")),))


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return bool(await budget_sendings.waiting(db, person_id=person.id))


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    return bool(await budget_sendings.waiting(db, person_id=person.id, sending_id=int(args["sending"])))


async def _unsent(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    due = Due(Occasion(args["occasion"]), int(args["year"]), 1)
    return int(args["municipality"]) in await budget_sendings.unsent(db, due=due)


ENTRIES = (
    Entry("table_arrived", table_arrived, lambda: _("The budget for women and men"), notice=True, still=_still),
    Entry(
        "table_waiting",
        table_arrived,
        lambda: _("The budget for women and men waits for you"),
        notice=True,
        reminder=True,
        still=_still,
    ),
    Entry(
        "table_received",
        table_received,
        lambda: _("✓ I have the budget for women and men"),
        in_menu=True,
        offered=_offered,
    ),
    Entry(
        "table_due",
        table_due,
        lambda: _("It is time to send the budget for women and men"),
        notice=True,
        reminder=True,
        still=_unsent,
    ),
)
