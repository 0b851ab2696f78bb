"""What must hold over the whole story, looked for in everything that was ever written to anybody."""

from __future__ import annotations

import re
from collections import Counter

from sqlalchemy import select

from domain.needs import Kind
from domain.reminders import quiet
from locales import LANGUAGES, use
from publish import need_words
from storage.ledger_check import verify
from storage.tables.turns import inbox, media, outbox
from tests.scenarios import founding, round_table, training, village_poll
from tests.scenarios.letters import Letter
from tests.scenarios.round_table import GROUND, NOTE, STANDS
from tests.scenarios.town import Town
from tests.scenarios.village_poll import DITCH, SLANDER
from tests.scenarios.villager import in_words
from tests.town import TBILISI

DESK = {"tamar", "lali", "mariam"}
# Sentences that nobody released, and who wrote them.
UNRELEASED = {SLANDER: "john", DITCH: "dato", NOTE: "mariam"}
REMINDERS = (GROUND, STANDS, "A reminder. Can you come?", training.COMING, "Until somebody of the group has read it")
# What people wrote or are called, and names that are the same in every language.
OWN_WORDS = (
    *(SLANDER, DITCH, NOTE, "ხიდი", village_poll.BRIDGE.ka, founding.OFFICIAL, founding.OFFICE, training.SCHOOL),
    *(round_table.REPAIR.ka, round_table.LAMPS.en, round_table.MEANT.ka, "ხიდს შევაკეთებთ"),
    *(founding.VALLEY.ka, "ლალი", "Mariam", *LANGUAGES.values(), "Telegram", "Viber", "web"),
)
ANOTHER = {"ka": re.compile(r"[A-Za-z]{2,}"), "en": re.compile(r"[ა-ჿ]{2,}")}
LINKS = re.compile(r"(?:https?|viber)://\S+|/[a-z]+")


async def nothing_is_left(town: Town) -> None:
    statuses = {row.status for row in await town.rows(select(inbox.c.status).distinct())}
    assert statuses <= {"done", "new", "ignored"}, "nothing is parked; what is new is due on a later day"
    sent = {row.status for row in await town.rows(select(outbox.c.status).distinct())}
    assert sent <= {"sent", "stream", "replaced"}
    async with town.program.engine.connect() as db:
        assert await verify(db) is None, "the ledger is whole"


async def unreleased_words_stay_with_the_desk(town: Town) -> None:
    read: set[tuple[str, str]] = set()
    for words, author in UNRELEASED.items():
        readers = {letter.to for letter in town.letters.all if words in letter.words}
        readers |= {name for name, person in town.people.items() if words in await person.phone.screen()}
        assert readers <= {author} | DESK, words
        read |= {(words, name) for name in readers}
    assert (SLANDER, "lali") in read, "the desk did read it: we look in the right place"
    assert {letter.to for letter in town.letters.all if await _somebodys(town, letter.said.photo)} <= DESK


async def _somebodys(town: Town, photo: str | None) -> bool:
    """Whether this picture came from a person's phone; QR pictures are our own."""
    rows = await town.rows(select(media.c.channel).where(media.c.id == photo)) if photo else []
    return any(row.channel for row in rows)


def no_small_number_is_shown(town: Town) -> None:
    numbers = [number for letter in town.letters.all if letter.to != "tamar" for number in _numbers(letter)]
    assert numbers, "some number is shown by now: we look in the right place"
    assert min(numbers) >= 5


def _numbers(letter: Letter) -> list[int]:
    kinds = [word for language in LANGUAGES for word in _kinds(language)]
    found = re.findall(rf"(?:{'|'.join(map(re.escape, kinds))})[^\d\n]{{0,20}}(\d+)", letter.words)
    return [int(number) for number in found]


def _kinds(language: str) -> list[str]:
    with use(language):
        return [need_words.kind(kind) for kind in Kind]


def nobody_is_written_to_at_night_or_reminded_twice_a_day(town: Town) -> None:
    assert not [letter for letter in town.letters.all if quiet(letter.at, TBILISI)]
    days = Counter(
        (letter.to, letter.at.astimezone(TBILISI).date())
        for letter in town.letters.all
        if not letter.asked and _reminds(letter, town.people[letter.to].language)
    )
    assert max(days.values()) == 1, days.most_common(3)


def _reminds(letter: Letter, language: str) -> bool:
    return any(in_words(language, what, {}) in letter.said.text for what in REMINDERS)


def everybody_reads_their_own_language(town: Town) -> None:
    language = {name: person.language for name, person in town.people.items()}
    strange = [(letter.to, found) for letter in town.letters.all if (found := _strange(letter, language[letter.to]))]
    assert strange == []


def _strange(letter: Letter, language: str) -> list[str]:
    words = LINKS.sub("", letter.words)
    for own in sorted(OWN_WORDS, key=len, reverse=True):
        words = words.replace(own, "")
    return ANOTHER[language].findall(words)
