"""The vocabulary of a conversation: pick, text, confirm, several, look, do, say, …

Every asking method records its answer under `key`, a literal that is never renamed or used for something else.
`title` names the question where a person may change the answer from the last summary. An optional question
answers None when it is skipped; `optional` may be the words of the button that skips it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.doors import Door, button
from conversations.forms.filling import REVIEW
from conversations.forms.filling import load as filling_of
from conversations.forms.parts import Around
from conversations.forms.question import FormQuestion
from conversations.message import Outgoing
from conversations.person import Person
from conversations.questions.attachment import Attachment
from conversations.questions.confirm import Confirm
from conversations.questions.option import Options, Words
from conversations.questions.pick import Pick
from conversations.questions.pick_many import PickMany
from conversations.questions.spoken import Find, Spoken
from conversations.questions.typed import Day, Number, Text
from conversations.questions.work import Work
from conversations.replay import Asked, Make, Replay
from conversations.world import World
from domain.links import Links
from locales import _, speak
from storage import media


async def _just(value: Any) -> Any:
    return value


def _never() -> FormQuestion:
    raise LookupError("a question that is answered is not made")


Reader = Callable[[AsyncConnection], Awaitable[Any]]
WEB = "web"
SHOWS_SHEETS = "web"
ONLY_PHONES_SEND_PLACES = "viber"  # on its desktop the button is not there


class Several:
    """The rounds of a loop: an object and not a generator, since a suspended generator would be closed by chance."""

    def __init__(self, chat: Chat, at_most: int, more: str) -> None:
        self._chat, self._at_most, self._more, self._round = chat, at_most, more, 0

    def __aiter__(self) -> Several:
        return self

    async def __anext__(self) -> Chat:
        self._round += 1
        if self._round > self._at_most:
            raise StopAsyncIteration
        part = self._chat.part(str(self._round))
        if self._round > 1 and not await part.confirm(
            "more", self._more, yes=_("Yes, one more"), no=_("No, that is all")
        ):
            raise StopAsyncIteration
        return part


class Chat:
    """What a conversation is written with. `args` is what it was started with."""

    def __init__(
        self, replay: Replay, world: World, person: Person, run: int, args: dict[str, Any], prefix: str = ""
    ) -> None:
        self._replay, self._world = replay, world
        self.person, self.run, self.args = person, run, args
        self._prefix = prefix

    def part(self, name: str) -> Chat:
        """The same conversation, with keys of its own: for a loop, or a dialogue inside another."""
        return Chat(self._replay, self._world, self.person, self.run, self.args, f"{self._prefix}{name}.")

    def now(self) -> datetime:
        """The domain's clock. It moves between two messages: branch on it through `look` only."""
        return self._world.now

    def today(self) -> date:
        return self._world.today()

    def speak(self, language: str) -> None:
        """From here on in the language that the person chose."""
        self.person.language = language
        speak(language)

    @property
    def zone(self) -> ZoneInfo:
        return self._world.zone

    @property
    def links(self) -> Links:
        """How this program is reached, for links to hand on."""
        return self._world.links

    @property
    def asked(self) -> list[Asked]:
        """The titled questions answered so far, for a summary."""
        return self._replay.asked

    def pick(
        self,
        key: str,
        text: Words,
        options: Options,
        *,
        hint: Words | None = None,
        optional: bool | str = False,
        title: str = "",
    ) -> Awaitable[Any]:
        """One choice; answers the chosen option's value."""
        return self._ask(key, lambda: Pick(*self._base(key, text), hint, optional, options), title)

    def pick_many(
        self,
        key: str,
        text: Words,
        options: Options,
        *,
        at_least: int = 1,
        at_most: int | None = None,
        hint: Words | None = None,
        optional: bool | str = False,
        title: str = "",
    ) -> Awaitable[Any]:
        """Several choices; answers the list of their values in the order they were pressed."""
        return self._ask(
            key, lambda: PickMany(*self._base(key, text), hint, optional, options, at_least, at_most), title
        )

    def text(
        self,
        key: str,
        text: Words,
        *,
        longest: int = 1000,
        hint: Words | None = None,
        optional: bool | str = False,
        title: str = "",
    ) -> Awaitable[Any]:
        """Words of at most `longest` characters, cleaned of what nobody can see."""
        return self._ask(key, lambda: Text(*self._base(key, text), hint, optional, longest), title)

    def spoken(
        self,
        key: str,
        text: Words,
        listener: Find,
        *,
        longest: int = 1000,
        hint: Words | None = None,
        optional: bool | str = False,
    ) -> Awaitable[Any]:
        """Words; or {"voice": media id, "listener": person id, "name": …} where `listener` finds who would hear it."""
        keep, records = self._world.keep_media, self.person.channel.startswith(WEB)
        return self._ask(key, lambda: Spoken(*self._base(key, text), hint, optional, longest, listener, keep, records))

    def number(
        self,
        key: str,
        text: Words,
        *,
        least: int | None = None,
        most: int | None = None,
        hint: Words | None = None,
        optional: bool | str = False,
        title: str = "",
    ) -> Awaitable[Any]:
        """A whole number, in digits or in words."""
        return self._ask(key, lambda: Number(*self._base(key, text), hint, optional, least, most), title)

    def date(
        self,
        key: str,
        text: Words,
        *,
        earliest: date | None = None,
        latest: date | None = None,
        hint: Words | None = None,
        optional: bool | str = False,
        title: str = "",
    ) -> Awaitable[Any]:
        """A day as "2026-10-14"."""
        return self._ask(
            key, lambda: Day(*self._base(key, text), hint, optional, earliest, latest, today=self.today), title
        )

    def photo(
        self, key: str, text: Words, *, hint: Words | None = None, optional: bool | str = False, title: str = ""
    ) -> Awaitable[Any]:
        """{"photo": media id}"""
        return self._attachment(key, text, ("photo",), hint, optional, title)

    def voice(
        self, key: str, text: Words, *, hint: Words | None = None, optional: bool | str = False, title: str = ""
    ) -> Awaitable[Any]:
        """{"voice": media id}"""
        return self._attachment(key, text, ("voice",), hint, optional, title)

    def document(
        self, key: str, text: Words, *, hint: Words | None = None, optional: bool | str = False, title: str = ""
    ) -> Awaitable[Any]:
        """{"document": media id}"""
        return self._attachment(key, text, ("document",), hint, optional, title)

    def file(
        self, key: str, text: Words, *, hint: Words | None = None, optional: bool | str = False, title: str = ""
    ) -> Awaitable[Any]:
        """A file of any kind, a picture or a recording too, under the kind that the channel calls it."""
        return self._attachment(key, text, ("document", "photo", "voice", "other"), hint, optional, title)

    def location(
        self, key: str, text: Words, *, hint: Words | None = None, optional: bool | str = False, title: str = ""
    ) -> Awaitable[Any]:
        """{"location": [latitude, longitude]}"""
        return self._attachment(key, text, ("location",), hint, optional, title)

    def photo_or_location(
        self, key: str, text: Words, *, hint: Words | None = None, optional: bool | str = False, title: str = ""
    ) -> Awaitable[Any]:
        """{"photo": media id} or {"location": [latitude, longitude]}"""
        return self._attachment(key, text, ("photo", "location"), hint, optional, title)

    async def form(self, key: str, fill_id: int, *, section: str | None = None, reviews: bool = True) -> Any:
        """All questions of a form, from where its answers stand; {"fill": id} when they are given.

        Its answers live in tables of their own (storage/fills.py), with their own Back. `section`: that part of it
        only. `reviews`: ends with a look at everything; without, as soon as nothing is left to ask.
        """
        base = self._prefix + key
        if self._replay.has(base):
            return await self._replay.ask(base, _never)
        who: dict[str, Any] = {"fill_id": fill_id, "person_id": self.person.id, "section": section}
        who["sheets"] = self.person.channel.startswith(SHOWS_SHEETS)
        filling = await filling_of(await self._world.open(), **who, now=self.now(), zone=self.zone)
        at = self._replay.place(base)
        if at is None or (at != REVIEW and not filling.stands(at)):
            at = filling.next()
        if at is None and not reviews:
            return await self._replay.look(base, partial(_just, {"fill": fill_id}))
        keep, phone = self._world.keep_media, self.person.channel.startswith(ONLY_PHONES_SEND_PLACES)
        around = Around(base, self.run, self._world.open, self.today, self.zone, keep, phone)
        question = FormQuestion(base, around, filling, at or REVIEW, self.now(), reviews)
        return await self._replay.ask(base, lambda: question)

    def confirm(
        self, key: str, text: Words, *, yes: str | None = None, no: str | None = None, hint: Words | None = None
    ) -> Awaitable[bool]:
        """Yes or no; answers with a title can be changed from here."""
        labels = yes or _("Yes"), no or _("No")
        return self._ask(key, lambda: Confirm(*self._base(key, text), hint, False, *labels, lambda: self.asked))

    def several(self, key: str, *, at_most: int, more: str) -> Several:
        """One part for each round; after the first, `more` asks whether there is another."""
        return Several(self.part(key), at_most, more)

    async def look(self, key: str, read: Reader) -> Any:
        """A reading that decides what is asked next: remembered until Back cuts it."""

        async def reading() -> Any:
            return await read(await self._world.open())

        return await self._replay.look(self._prefix + key, reading)

    async def do(self, key: str, act: Reader) -> Any:
        """An effect, in the transaction of this turn. A domain's Refused is spoken, and the run ends."""

        async def acting() -> Any:
            return await act(await self._world.open())

        return await self._replay.do(self._prefix + key, acting)

    async def work(self, key: str, kind: str, args: dict[str, Any]) -> Any:
        """Something slow, done outside the turn; answers what came of it, {"error": …} when it failed."""

        async def begin(db: AsyncConnection) -> None:
            where = {"run": self.run, "key": self._prefix + key}
            await media.begin_work(db, person_id=self.person.id, kind=kind, args={**args, **where}, now=self._world.now)

        await self.do(f"{key}.begin", begin)
        return await self._ask(key, lambda: Work(*self._base(key, _("One moment…"))))

    def say(self, text: str, *, doors: Sequence[Door] = ()) -> None:
        """`doors` are buttons below it that begin other conversations of the menu."""
        self._replay.say(Outgoing(text, tuple((button(door),) for door in doors)))

    def send(
        self,
        text: str,
        *,
        photo: str | None = None,
        document: str | None = None,
        voice: str | None = None,
        alone: bool = False,
    ) -> None:
        """A picture, a document or a recording, by its media id, with words under it.

        `alone` is a message to forward as it is.
        """
        self._replay.say(Outgoing(text, photo=photo, document=document, voice=voice, alone=alone))

    def clear(self, text: str, *, doors: Sequence[Door] = ()) -> None:
        """Says this alone: what was said here before is taken from the screen, as far as the channel can."""
        self._replay.say(Outgoing(text, tuple((button(door),) for door in doors), clears=True))

    def take_back(self, text: str, seqs: Sequence[int]) -> None:
        """Says this, and takes these earlier messages from the screen, where the channel still can."""
        self._replay.say(Outgoing(text, removes=tuple(seqs)))

    def go_on(self, conversation: str, **args: Any) -> None:
        """When this one ends, the person goes straight on with another: what takes long is many short runs."""
        self._replay.then = (conversation, args)

    def _attachment(
        self, key: str, text: Words, takes: tuple[str, ...], hint: Words | None, optional: bool | str, title: str
    ) -> Awaitable[Any]:
        keep, phone = self._world.keep_media, self.person.channel.startswith(ONLY_PHONES_SEND_PLACES)
        how = keep, phone, self.person.channel.startswith(WEB)
        return self._ask(key, lambda: Attachment(*self._base(key, text), hint, optional, takes, *how), title)

    def _ask(self, key: str, make: Make, title: str = "") -> Awaitable[Any]:
        """A question that is answered already is not even made: most are, each time a conversation is replayed."""
        return self._replay.ask(self._prefix + key, make, title)

    def _base(self, key: str, text: Words) -> tuple[str, int, Words, Callable[[], Awaitable[AsyncConnection]]]:
        return self._prefix + key, self.run, text, self._world.open
