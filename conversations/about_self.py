"""What people may tell of themselves, each skippable: woman or man, and the age band."""

from __future__ import annotations

from conversations.chat import Chat
from conversations.questions.option import Option
from domain.people import AgeBand, Sex
from locales import _
from publish import need_words


async def sex(chat: Chat) -> str | None:
    options = [Option(each.value, need_words.sex(each)) for each in (Sex.WOMAN, Sex.MAN)]
    hint = _("So that women and men are both heard. Only numbers are shown.")
    answer: str | None = await chat.pick("sex", _("Woman or man?"), options, hint=hint, optional=_("Prefer not to say"))
    return answer


async def age_band(chat: Chat) -> str | None:
    options = [Option(band.value, band.value) for band in AgeBand if band is not AgeBand.UNDISCLOSED]
    answer: str | None = await chat.pick("age", _("And the age?"), options, optional=_("Prefer not to say"))
    return answer
