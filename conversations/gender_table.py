"""The gender-responsive budgeting table of a municipality and a year, to look at, to print and to send on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.people import Action
from locales import _, current
from storage import gender_budget


async def gender_table(chat: Chat) -> None:
    if not await chat.look("any", partial(_any, person=chat.person)):
        return chat.say(_("Nothing is promised in your municipality yet."))
    where = await chat.pick("municipality", _("Of which municipality?"), partial(_municipalities, chat.person))
    this = chat.today().year
    years = [Option(year, str(year)) for year in (this, this + 1, this - 1)]
    year = await chat.pick("year", _("Of which year's budget?"), years)
    forms = [
        Option("png", _("A picture of the sums")),
        Option("pdf", _("A paper to print (PDF)")),
        Option("xlsx", _("A table for Excel")),
    ]
    form = await chat.pick("form", _("What shall I make?"), forms)
    args = {"municipality": where, "year": int(year), "form": form, "language": current()}
    made = await chat.work("make", "gender_budget", {**args, "day": chat.today().isoformat()})
    if made.get("empty"):
        return chat.say(_("For {year} nothing is promised, and nobody has looked for money yet.").format(year=year))
    text = _("The budget of {year} for women and men. You may pass it on: it names no resident.").format(year=year)
    if "photos" in made:
        return chat.send(text, photo=made["photos"][0])
    chat.send(text, document=made["document"])


async def _municipalities(person: Person, db: AsyncConnection) -> Sequence[Option]:
    found = await gender_budget.municipalities(db, person_id=person.id)
    return [Option(one.id, one.named(current())) for one in found]


async def _any(db: AsyncConnection, person: Person) -> bool:
    return bool(await gender_budget.municipalities(db, person_id=person.id))


ENTRY = Entry(
    "gender_table",
    gender_table,
    lambda: _("⚖️ The budget for women and men"),
    action=Action.MAKE_GENDER_TABLE,
    in_menu=True,
    offered=_any,
    nudge_after=None,
)
