"""What makes a choosing richer, if the group wishes: costs, money, and spoken names of needs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.needs_shown import label, whole
from conversations.questions.option import Option
from domain.choosing import HIGHEST_COST
from locales import _
from storage import choosings


def lari(amount: int) -> str:
    """ "12 500" """
    return f"{amount:,}".replace(",", " ")


async def cost(chat: Chat, choosing_id: int) -> None:
    need_id = await _need(chat, choosing_id)
    ask = _("About how much does it cost, in lari?")
    amount = await chat.number("cost", ask, least=1, most=HIGHEST_COST)
    price = partial(choosings.price, choosing_id=choosing_id, need_id=need_id, cost=int(amount), by=chat.person.id)
    await chat.do("price", lambda db: price(db, today=chat.today()))
    chat.say(
        _(
            "Noted: {amount} ₾. When you also say how much money there is, your group sees beside the list what it "
            "pays for. It is reckoned once, when the choosing ends."
        ).format(amount=lari(int(amount)))
    )
    chat.go_on("choosing_desk")


async def money(chat: Chat, choosing_id: int) -> None:
    ask = _("How much money is there, in lari? For example from the village support programme.")
    amount = await chat.number("money", ask, least=1, most=HIGHEST_COST)
    afford = partial(choosings.afford, choosing_id=choosing_id, money=int(amount), by=chat.person.id)
    await chat.do("afford", lambda db: afford(db, today=chat.today()))
    chat.say(_("Noted: {amount} ₾.").format(amount=lari(int(amount))))
    chat.go_on("choosing_desk")


async def spoken_name(chat: Chat, choosing_id: int) -> None:
    need_id = await _need(chat, choosing_id)
    said = await chat.look("words", partial(_words, choosing_id=choosing_id, need_id=need_id))
    ask = _("Please say in one sentence: “{need}”. Whoever chooses can hear it, in your voice.")
    recording = await chat.voice("voice", ask.format(need=said))
    speak = partial(choosings.speak, choosing_id=choosing_id, need_id=need_id, voice_id=recording["voice"])
    await chat.do("speak", lambda db: speak(db, by=chat.person.id, today=chat.today()))
    chat.say(_("Thank you, now it can be heard too."))
    chat.go_on("choosing_desk")


async def _need(chat: Chat, choosing_id: int) -> int:
    return int(await chat.pick("need", _("Of which need?"), partial(_needs, choosing_id=choosing_id)))


async def _needs(db: AsyncConnection, *, choosing_id: int) -> Sequence[Option]:
    return [
        Option(need.id, label(need), (need.name or "",)) for need in await choosings.shown(db, choosing_id=choosing_id)
    ]


async def _words(db: AsyncConnection, *, choosing_id: int, need_id: int) -> str:
    found = {need.id: need for need in await choosings.shown(db, choosing_id=choosing_id)}
    return whole(found[need_id]) if need_id in found else ""
