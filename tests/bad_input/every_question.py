"""A conversation with every kind of question, and how each of them is answered well."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from bot.phone import Phone, Shown
from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.registry import Entry, Registry
from tests.bad_input.door import TelegramUser
from tests.bad_input.unharmed import last_paragraph, unharmed
from tests.town import Town

KINDS = [Option("road", "Road"), Option("water", "Water"), Option("light", "Lighting")]
FILE = {"file_id": "f", "file_unique_id": "f", "file_size": 900}
THE_END = "The end."


async def every_question(chat: Chat) -> None:
    await chat.pick("kind", "Which one?", KINDS)
    await chat.pick_many("kinds", "Which ones?", KINDS, optional=True)
    await chat.text("words", "In your own words?", longest=1000)
    await chat.number("many", "How many?", least=1, most=500)
    await chat.date("day", "On which day?")
    await chat.photo("photo", "A photo?")
    await chat.voice("voice", "Would you say it?")
    await chat.document("file", "A list?")
    await chat.location("place", "Where is it?")
    await chat.confirm("sure", "Is it all right?")
    chat.say(THE_END)


def registry() -> Registry:
    made = Registry()
    made.add(Entry("welcome", every_question, lambda: "Everything", in_menu=True, needs_welcome=False))
    return made


async def _pressed(phone: TelegramUser, end: str) -> Shown:
    """A button by what it brings back: its words are in the person's language."""
    data = [data for message in await phone.messages() for _label, data in message.buttons if data.endswith(end)]
    return await phone.act(tap=data[-1])


Answering = Callable[[TelegramUser], Awaitable[Shown]]
# In the order in which they are asked.
ANSWERS: dict[str, Answering] = {
    "Which one?": lambda phone: phone.tap("Road"),
    "Which ones?": lambda phone: phone.send("skip"),
    "In your own words?": lambda phone: phone.send("The bridge is broken"),
    "How many?": lambda phone: phone.send("25"),
    "On which day?": lambda phone: phone.send("14.10.2026"),
    "A photo?": lambda phone: phone.act(photo=[{**FILE, "width": 9, "height": 9}]),
    "Would you say it?": lambda phone: phone.act(voice={**FILE, "duration": 2}),
    "A list?": lambda phone: phone.act(document={**FILE, "file_name": "list.csv"}),
    "Where is it?": lambda phone: phone.act(location={"latitude": 42.2, "longitude": 43.5}),
    "Is it all right?": lambda phone: _pressed(phone, ":yes"),
}

*_, LAST = ANSWERS


@dataclass
class Patience:
    """Says something bad at every question, and then the right thing."""

    town: Town
    phone: TelegramUser
    heard: list[str] = field(default_factory=list)

    async def with_(self, bad: Callable[[], Awaitable[object]], *, fits: tuple[str, ...] = ()) -> list[str]:
        """What was answered to it; where it `fits`, it is an answer like any other and not said."""
        await self.phone.start()
        for question, answer in ANSWERS.items():
            if question not in fits:
                await self._one(question, bad)
            if question == LAST:
                await unharmed(self.town, self.phone)
            await answer(self.phone)
        assert THE_END in (await self.phone.last()).text
        return self.heard

    async def _one(self, question: str, bad: Callable[[], Awaitable[object]]) -> None:
        before = len(await self.phone.messages())
        assert last_paragraph((await self.phone.last()).text) == question
        await bad()
        shown = await self.phone.messages()
        said = shown[-1].text
        assert len(shown) > before, f"{question} was answered with silence"
        assert last_paragraph(said) == question
        self.heard.append(said.removesuffix(question).strip())


def kind(phone: Phone, **fields: Any) -> Callable[[], Awaitable[Shown]]:
    """A message of this kind, to be sent later."""
    return lambda: phone.act(**fields)
