"""The places of the country, who lives there, and who has a role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bench.scale.fill import Row, count_on, fill
from bot.bench.scale.size import (
    CHANNEL,
    COMMUNITIES_OF_MUNICIPALITY,
    NOW,
    OFFICES,
    TODAY,
    VILLAGES_OF_COMMUNITY,
    Size,
    external,
)
from domain.people import CONSENT_VERSION, Role
from storage.people import PURPOSE
from storage.tables.people import addresses, consents, people
from storage.tables.places import communities, municipalities, villages
from storage.tables.posts import posts
from storage.tables.roles import groups, roles
from storage.tables.turns import inbox, outbox, runs

LONG_AGO, LATELY = NOW - timedelta(days=500), NOW - timedelta(days=20)
SINCE = TODAY - timedelta(days=700)
SAID = '{"text":"გმადლობთ. თქვენი ჯგუფი წაიკითხავს, და გაიგებთ, რა გამოვა აქედან."}'


def holder(municipality: int, office: int) -> str:
    """How the one who holds that office is called in public."""
    return f"გიორგი {municipality + 1}-{office + 1}"


async def settle(db: AsyncConnection, size: Size) -> None:
    await _places(db, size)
    everybody = range(1, size.villages * size.residents + 1)
    columns = "id seq language address_id village_id sex age_band created_at welcomed_at"
    await fill(db, people, columns, (_person(each, size) for each in everybody))
    addressed = ((each, CHANNEL, external(each), each) for each in everybody)
    await fill(db, addresses, "id channel external person_id", addressed)
    agreed = ((each, each, PURPOSE, CONSENT_VERSION, "ka", LONG_AGO) for each in everybody)
    await fill(db, consents, "id person_id purpose version language given_at", agreed)
    await _roles(db, size)
    await _past(db, everybody)
    await count_on(db, (municipalities, communities, villages, people, addresses, consents, groups, roles, posts))
    await count_on(db, (inbox, outbox))


def _person(number: int, size: Size) -> Row:
    village = (number - 1) // size.residents + 1
    sex = "woman" if number % 2 else "man"
    return number, 2, "ka", number, village, sex, "25-39", LONG_AGO, LONG_AGO


async def _places(db: AsyncConnection, size: Size) -> None:
    named = ((at + 1, f"m{at}", f"მუნიციპალიტეტი {at}", f"Municipality {at}") for at in range(size.municipalities))
    await fill(db, municipalities, "id code name_ka name_en", named)
    within = (
        (at + 1, at // COMMUNITIES_OF_MUNICIPALITY + 1, f"თემი {at}", f"Community {at}")
        for at in range(size.communities)
    )
    await fill(db, communities, "id municipality_id name_ka name_en", within)
    here = (
        (at + 1, at // VILLAGES_OF_COMMUNITY + 1, str(at), f"სოფელი {at}", f"Village {at}")
        for at in range(size.villages)
    )
    await fill(db, villages, "id community_id code name_ka name_en", here)


async def _roles(db: AsyncConnection, size: Size) -> None:
    """A group in every community; in every municipality who holds its offices, and a coordinator."""
    made = ((at + 1, at + 1, f"ჯგუფი {at}", LONG_AGO) for at in range(size.communities))
    await fill(db, groups, "id community_id name created_at", made)
    columns = "id person_id role group_id municipality_id name office granted_at confirmed_at"
    held = [*_groups(size), *_offices(size)]
    await fill(db, roles, columns, ((number, *row) for number, row in enumerate(held, 1)))
    terms = [
        (municipality + 1, office, holder(municipality, place), SINCE, size.officials(municipality)[-1], LONG_AGO)
        for municipality in range(size.municipalities)
        for place, office in enumerate(OFFICES)
    ]
    numbered = ((number, *row) for number, row in enumerate(terms, 1))
    await fill(db, posts, "id municipality_id office name since set_by set_at", numbered)


def _groups(size: Size) -> Iterator[Row]:
    for community in range(size.communities):
        for place, person in enumerate(size.group(community)):
            role = Role.MEMBER if place else Role.LEADER
            yield person, role, community + 1, None, None, None, LONG_AGO, None


def _offices(size: Size) -> Iterator[Row]:
    for municipality in range(size.municipalities):
        *officials, coordinator = size.officials(municipality)
        for place, person in enumerate(officials):
            held = (holder(municipality, place), OFFICES[place])
            yield person, Role.OFFICIAL, None, municipality + 1, *held, LONG_AGO, LONG_AGO
        yield coordinator, Role.COORDINATOR, None, municipality + 1, None, None, LONG_AGO, None


async def _past(db: AsyncConnection, everybody: range) -> None:
    """Everybody has written once and was answered once: what a turn writes to is as large as in life."""
    came = (
        (each, CHANNEL, f"before:{each}", each, each, '{"message":{"text":"/start"}}', LATELY, "done")
        for each in everybody
    )
    await fill(db, inbox, "id channel external_id address_id person_id payload received_at status", came)
    went = ((each, each, 2, each, 0, "message", SAID, "sent", LATELY, 1, 1, str(each), LATELY) for each in everybody)
    columns = "id person_id seq address_id lane kind payload status created_at attempts parts ref sent_at"
    await fill(db, outbox, columns, went)
    nothing: dict[str, int] = {}
    played = ((each, 1, "welcome", nothing, "done", 0, "[]", LATELY, LATELY) for each in everybody)
    await fill(db, runs, "person_id number conversation args state priority trail started_at touched_at", played)
