"""What people may tell of themselves, each skippable: woman or man, and the age band."""

from __future__ import annotations

from typing import Any

from conversations.chat import Chat
from conversations.questions.option import Option
from domain.people import AgeBand, Sex
from locales import _
from publish import need_words

BEFORE = "before"


async def sex(chat: Chat) -> str | None:
    return (await sex_or_as_before(chat, None))[0]


async def sex_or_as_before(chat: Chat, told: dict[str, Any] | None) -> tuple[str | None, bool]:
    """`told` {"sex", "age"} is what the last neighbour told: one tap says that it is the same here, age too."""
    options = [Option(each.value, need_words.sex(each)) for each in (Sex.WOMAN, Sex.MAN)]
    if told is not None:
        options.append(Option(BEFORE, _("As at the house before: {told}").format(told=_in_words(told))))
    hint = _("So that women and men are both heard. Only numbers are shown.")
    answer: str | None = await chat.pick("sex", _("Woman or man?"), options, hint=hint, optional=_("Prefer not to say"))
    return (told["sex"], True) if told is not None and answer == BEFORE else (answer, False)


def _in_words(told: dict[str, Any]) -> str:
    return ", ".join(part for part in (need_words.sex(told["sex"]), need_words.age_band(told["age"])) if part)


async def age_band(chat: Chat) -> str | None:
    options = [Option(band.value, band.value) for band in AgeBand if band is not AgeBand.UNDISCLOSED]
    answer: str | None = await chat.pick("age", _("And the age?"), options, optional=_("Prefer not to say"))
    return answer
