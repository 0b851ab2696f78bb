"""The group looks for the money of a promise: in the draft budget, in the adopted one, or further on its way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import promise_page
from conversations.chat import Chat
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.money import MOST, Asked, Look, Money, Source, Stage
from domain.people import Action
from locales import _
from publish import money_words
from storage import promise_money
from storage.ledger import Witness

FOUND, NOT_FOUND = "found", "not_found"


async def budget_look(chat: Chat) -> None:
    """Asked on a day of the budget about its stage, or begun from the menu about any."""
    if not await chat.look("wanted", partial(_waiting, chat.person, chat.args, chat.now())):
        if _asked(chat.args) is None:
            chat.say(_("No promise has been written down yet."))
        return
    promise_id = await chat.pick("promise", _opening(chat.args), partial(_options, chat), title=_("Promise"))
    stage, year = await _stage(chat)
    source = await chat.pick("source", _guide(stage, year), _sources(), title=_("Where you looked"))
    where = money_words.stage(stage, year)
    answers = [Option(FOUND, _("I found it")), Option(NOT_FOUND, _("I did not find it"))]
    found = await chat.pick(
        "found", _("Is the money for this promise {where}?").format(where=where), answers, title=_("The money")
    )
    code, amount = await _numbers(chat) if found == FOUND else (None, None)
    photo = await chat.photo("photo", _("Do you have a photo of that page?"), optional=_("No photo"), title=_("Photo"))
    money = Money(stage, year, found == FOUND, chat.today(), Source(source), code, amount)
    if not await chat.confirm(
        "sure", partial(_read_back, promise_id, money, chat.today()), yes=_("Yes, write it down")
    ):
        return chat.say(_("Nothing was written down."))
    witness = Witness(chat.person.id, media_id=photo["photo"] if photo else None)
    save = partial(promise_money.tell, promise_id=promise_id, money=money, witness=witness, now=chat.now())
    await chat.do("save", save)
    chat.say(_("Thank you. It stands with the promise now, for everybody to read."))
    if await chat.look("left", partial(_waiting, chat.person, chat.args, chat.now())):
        chat.say(_('For another promise press "The money of a promise" in the /menu.'))


async def _stage(chat: Chat) -> tuple[Stage, int]:
    asked = _asked(chat.args)
    if asked is not None:
        return asked.stage, asked.year
    stages = [Option(one.value, _stage_label(one)) for one in Stage]
    stage = await chat.pick("stage", _("How far has the money come?"), stages, title=_("How far"))
    this = chat.today().year
    years = [Option(year, str(year)) for year in (this, this + 1)]
    year = await chat.pick("year", _("Of which year's budget?"), years, title=_("Year"))
    return Stage(stage), int(year)


def _stage_label(stage: Stage) -> str:
    return {
        Stage.PLANNED: _("In the plans"),
        Stage.DRAFT: _("In the draft budget"),
        Stage.ADOPTED: _("In the adopted budget"),
        Stage.CONTRACTED: _("In a contract"),
        Stage.PAID: _("Paid"),
    }[stage]


def _sources() -> list[Option]:
    return [
        Option(Source.SITE.value, _("On the municipality's site")),
        Option(Source.LAWS.value, _("On matsne.gov.ge")),
        Option(Source.PAPER.value, _("On paper, at the town hall")),
        Option(Source.OFFICE.value, _("I asked the finance department")),
    ]


async def _numbers(chat: Chat) -> tuple[str | None, int | None]:
    code: str | None = await chat.text(
        "code",
        _("What is the programme code? It is the number that stands before the name, like 03 02 01."),
        longest=30,
        optional=_("I do not know"),
        title=_("Programme code"),
    )
    amount: int | None = await chat.number(
        "amount",
        _("How much money stands there, in lari?"),
        least=1,
        most=MOST,
        hint=_("If the table is in thousands of lari, add three zeros."),
        optional=_("I do not know"),
        title=_("Amount"),
    )
    return code, amount


def _opening(args: dict[str, Any]) -> str:
    asked = _asked(args)
    if asked is None:
        return _("The money of which promise did you look for?")
    news = {
        Look.DRAFT: _(
            "The mayor has brought the draft budget of {year} to the council. Is what you were promised in it?"
        ),
        Look.REMARKS: _(
            "These days the council makes its remarks on the draft budget of {year}. Is what you were promised in it?"
        ),
        Look.CORRECTED: _(
            "The draft budget of {year} has come to the council again. Is what you were promised in it now?"
        ),
        Look.ADOPTED: _("The budget of {year} is adopted about these days. Is what you were promised in it?"),
    }[asked.look].format(year=asked.year)
    return "\n\n".join([news, _("For which promise will you look?")])


def _guide(stage: Stage, year: int) -> str:
    """Where to find it, in three steps that anybody can follow."""
    find = {
        Stage.PLANNED: _("Look into the priorities document of the municipality."),
        Stage.DRAFT: _('On the municipality\'s site look for "draft budget of {year}"; it must be published there.'),
        Stage.ADOPTED: _('On the municipality\'s site or on matsne.gov.ge look for the "budget of {year}".'),
        Stage.CONTRACTED: _("Ask the municipality with whom the contract was made; tenders stand on the state's site."),
        Stage.PAID: _("Look into the report on how the budget of {year} was carried out."),
    }[stage].format(year=year)
    steps = [
        find,
        _("Find the programme: roads, water, kindergartens … Then the name of your village."),
        _("Beside it stand a code and an amount. Take a photo of that page."),
    ]
    lines = [f"{number}. {step}" for number, step in enumerate(steps, start=1)]
    return "\n".join([*lines, "", _('"Not found" is an answer too.'), _("Where did you look?")])


async def _read_back(promise_id: int, money: Money, today: date, db: AsyncConnection) -> str:
    said = await promise_page.said(db, promise_id=promise_id, today=today)
    return "\n\n".join([said, money_words.line(money), _("Shall I write it down like this?")])


async def _options(chat: Chat, db: AsyncConnection) -> Sequence[Option]:
    asked, today = _asked(chat.args), chat.today()
    waiting = await promise_money.open_to(db, person_id=chat.person.id, asked=asked, today=today)
    return promise_page.options(waiting, today)


def _asked(args: dict[str, Any]) -> Asked | None:
    return Asked(Look(args["look"]), args["year"]) if "look" in args else None


async def _waiting(person: Person, args: dict[str, Any], now: datetime, db: AsyncConnection) -> bool:
    found = await promise_money.open_to(db, person_id=person.id, asked=_asked(args), today=now.date())
    return bool(found)


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    """Another of the group may have looked since, or it was kept."""
    return await _waiting(person, args, now, db)


async def _has_promises(db: AsyncConnection, person: Person) -> bool:
    return await promise_money.any_open(db, person_id=person.id)


ENTRY = Entry(
    "budget_look",
    budget_look,
    lambda: _("💰 The money of a promise"),
    action=Action.TELL_MONEY,
    in_menu=True,
    offered=_has_promises,
    reminder=True,
    nudge_after=None,  # the next day of the budget is enough
    expires_after=timedelta(days=14),
    still=_still,
)
