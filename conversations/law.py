"""The law in pocket size: a question in one's own words, or the list; a card, more of it, and a letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.law.card import CARDS, Of
from domain.law.fitting import fitting
from domain.needs import Kind
from locales import _
from publish import law_cards, need_words
from publish.letters import LETTERS
from storage import voters

QUESTIONS, SCREENS = 10, 20  # in one go
BEST = 3
CARD, MORE, LETTER, AGAIN, ENOUGH, NEED = "card.", "more", "letter", "again", "enough", "need"


async def law(chat: Chat) -> None:
    for number in range(1, QUESTIONS + 1):
        part = chat.part(str(number))
        names = await _which(part)
        if not names:
            chat.say(_("I did not understand that. Ask in other words, or look at the list."))
            continue
        wish, name = await _read(part, names)
        if wish == LETTER:
            return chat.go_on("letter", kind=name)
        if wish == ENOUGH:
            return chat.say(_("All right. It is all there in the menu, whenever you need it."))


async def _which(chat: Chat) -> list[str]:
    """Ids of cards, the best first."""
    question = await chat.text(
        "question",
        _("What would you like to know? Ask as you would ask a neighbour."),
        longest=300,
        hint=_("For example: how many signatures does a petition need?"),
        optional=_("📚 Show me the list"),
    )
    if question is not None:

        async def search(db: AsyncConnection) -> list[str]:
            return law_cards.search().best_first(question)[:BEST]

        return list(await chat.look("found", search))
    name = await chat.pick("card", _("What is it about?"), _list())
    if name != NEED:
        return [name]
    kinds = [Option(kind, title) for kind, title in need_words.kinds().items()]
    return list(fitting(Kind(await chat.pick("kind", _("What does your village need?"), kinds))))


def _list() -> Sequence[Option]:
    return [
        Option(NEED, _("🧭 What can we do about a need?")),
        *(Option(each, law_cards.title(each)) for each in CARDS),
    ]


async def _read(chat: Chat, names: Sequence[str]) -> tuple[str, str]:
    """What they wish in the end, and the card they saw last."""
    name, more = names[0], False
    for at in range(1, SCREENS + 1):
        step = chat.part(str(at))
        words = partial(_words, village_id=chat.person.village_id, name=name, more=more)
        wish = await step.pick("wish", words, _choices(name, names, more))
        if wish == MORE:
            more = True
        elif wish.startswith(CARD):
            name, more = wish.removeprefix(CARD), False
        else:
            return wish, name
    return ENOUGH, name


async def _words(db: AsyncConnection, *, village_id: int | None, name: str, more: bool) -> str:
    if more:
        return law_cards.more(name)
    needed = law_cards.cards()[name].signatures
    if needed is None:
        return law_cards.short(name)
    known = await voters.voters(db, village_id=village_id)
    here = known.village if needed.of is Of.VILLAGE else known.municipality
    return law_cards.short(name) + "\n\n" + law_cards.signatures(needed, here)


def _choices(name: str, names: Sequence[str], more: bool) -> Sequence[Option]:
    found = [] if more else [Option(MORE, _("📖 More: step by step"))]
    if name in LETTERS:
        found.append(Option(LETTER, _("✍️ Write the letter with me")))
    found += [Option(CARD + each, "→ " + law_cards.title(each)) for each in names if each != name]
    return [*found, Option(AGAIN, _("Another question")), Option(ENOUGH, _("Thank you, that is enough"))]


ENTRY = Entry(
    "law",
    law,
    lambda: _("⚖️ My rights in pocket size"),
    in_menu=True,
    browsing=True,
    nudge_after=None,
    expires_after=timedelta(days=1),
)
