"""The questions about one need: for residents, and for neighbours at the door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.replay import Trail
from domain.needs import AT_MOST
from domain.words.meaning import in_georgian
from locales import _
from publish import need_words
from storage import listeners, needs
from storage.answers import Told

NONE_OF_THESE = "mine"
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Asking:
    """In which poll and village, and whom; nobody (a neighbour at the door) has no needs of their own yet."""

    poll_id: int
    village_id: int
    person_id: int | None = None
    besides: tuple[int, ...] = ()  # needs of neighbours behind which they stand since this very talk


async def several_needs(chat: Chat, asking: Asking, first: str) -> list[Told]:
    """Up to three needs; `first` asks for the first one's kind."""
    told: list[Told] = []
    async for need in chat.several("need", at_most=AT_MOST, more=_("Thank you, I noted that. Is there another need?")):
        behind = [one.get("behind") for one in told]
        asked = replace(asking, besides=tuple(need_id for need_id in behind if need_id is not None))
        told.append(await one_need(need, asked, _("And what else?") if told else first))
    return told


async def one_need(chat: Chat, asking: Asking, ask: str) -> Told:
    kind = await chat.pick("kind", ask, _kinds())
    words, voice = await _words(chat, asking, kind)
    if voice is not None:
        chat.say(_("I pass it on to {name}. We can go on meanwhile.").format(name=voice["name"]))
    suffers = await chat.pick("suffers", _("Who suffers from it most?"), _hurts(), optional=_("Hard to say"))
    behind = None if voice is not None else await _behind(chat, asking, kind, words)
    told = Told(kind=kind, words=words, suffers=suffers, behind=behind, voice=voice)
    if behind is None:
        told.update(await _shown(chat))
    return told


async def _words(chat: Chat, asking: Asking, kind: str) -> tuple[str | None, dict[str, Any] | None]:
    """(words, recording): one of them, or neither. What was typed in Latin letters in Georgian ones, if that is what
    was meant."""
    listener = partial(listeners.listener, village_id=asking.village_id, speaker_id=chat.person.id)
    said = await chat.spoken(
        "words",
        _("{kind}: would you tell it in your own words? What is wrong, and where?").format(kind=need_words.kind(kind)),
        listener,
        longest=LONGEST,
        hint=_("The group reads your words first; until then nobody else sees them."),
        optional=_("Go on without words"),
    )
    words, voice = heard(said)
    read = await chat.look("read", partial(_reading, words)) if words else None
    if read is None:
        return words, voice
    ask = _("Did you mean: “{words}”?").format(words=read)
    meant = await chat.confirm("meant", ask, yes=_("Yes"), no=_("No, as I wrote it"))
    return (read if meant else words), None


def heard(said: str | dict[str, Any] | None) -> tuple[str | None, dict[str, Any] | None]:
    """(words, recording): one of them, or neither."""
    return (None, said) if isinstance(said, dict) else (said, None)


async def _reading(words: str, _db: AsyncConnection) -> str | None:
    """Remembered, since the word lists grow: a person keeps the reading that they said yes to."""
    read = in_georgian(words)
    return read if read != words else None


async def _behind(chat: Chat, asking: Asking, kind: str, words: str | None) -> int | None:
    """A neighbour's need that says the same, if this person says that it does."""
    alike = partial(needs.alike, **asdict(asking), kind=kind, words=words)
    found = await chat.look("alike", partial(_numbers, alike))
    if not found:
        return None
    said = await chat.pick(
        "same",
        _("Your neighbours said this already. Is it the same? Then stand behind it, and it gets stronger."),
        partial(_alike_options, alike),
    )
    return None if said == NONE_OF_THESE else int(said)


async def _numbers(alike: Any, db: AsyncConnection) -> list[int]:
    return [need.id for need in await alike(db)]


async def _alike_options(alike: Any, db: AsyncConnection) -> Sequence[Option]:
    said = [Option(need.id, "👍 " + in_short(need)) for need in await alike(db)]
    return [*said, Option(NONE_OF_THESE, _("No, mine is different"))]


def in_short(need: needs.Public, longest: int = 60) -> str:
    """A button's label: the released words, or the kind alone."""
    words = need.words or need_words.kind(need.kind)
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


async def _shown(chat: Chat) -> Told:
    shown = await chat.photo_or_location(
        "shown", _("If you like, send one photo of it, or the place."), optional=_("Go on without")
    )
    return _attached(shown)


def _attached(shown: dict[str, Any] | None) -> Told:
    shown = shown or {}
    return Told(photo=shown.get("photo"), location=shown.get("location"))


def _kinds() -> list[Option]:
    return [Option(kind.value, label) for kind, label in need_words.kinds().items()]


def _hurts() -> list[Option]:
    return [Option(hurt.value, label) for hurt, label in need_words.hurts().items()]


def told_in(trail: Trail, prefix: str) -> list[Told]:
    """What a run that was left lying holds: every need of which at least the kind was told."""
    answers = {key.removeprefix(prefix): value for _kind, key, value in trail if key.startswith(prefix)}
    needs_: list[Told] = []
    for number in range(1, AT_MOST + 1):
        one = {key.removeprefix(f"need.{number}."): value for key, value in answers.items() if f"need.{number}." in key}
        if "kind" in one:
            same = one.get("same")
            behind = same if isinstance(same, int) else None
            words, voice = heard(one.get("words"))
            words = one.get("read") if one.get("meant") else words
            told = Told(kind=one["kind"], words=words, suffers=one.get("suffers"), behind=behind, voice=voice)
            needs_.append(Told(**{**told, **_attached(one.get("shown"))}))
    return needs_
