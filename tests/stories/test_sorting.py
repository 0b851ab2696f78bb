"""The sorting desk in chat: twins are joined, two things split, and nobody's voice is lost."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import select, update

from domain.needs import Life
from domain.polls import Origin
from domain.refusal import Refused
from domain.sorting import Level, Standing
from storage import agreed, heads, needs, sorting
from storage.answers import Answer, Told, take
from storage.heads import Head
from storage.sorting import By
from storage.tables.polls import needs as needs_
from storage.tables.roles import roles
from storage.tables.sorting import sortings
from tests.stories.test_linking import join, part
from tests.stories.valley import ARAGULI, Valley
from tests.town import Phone

BRIDGE, BRIDGE_TOO, LIGHT = "The bridge is broken", "The bridge is broken again", "It is dark at night"


async def told(valley: Valley, poll_id: int, *words: str, sexes: Sequence[str] = ("woman", "man")) -> list[int]:
    """Each by somebody of their own; the numbers of the needs."""
    for number, each in enumerate(words):
        phone = await valley.resident(f"teller{number}-{each[:12]}")
        answer = Answer(
            poll_id,
            ARAGULI,
            Origin.TELEGRAM,
            await valley.person(phone.name),
            sex=sexes[number % len(sexes)],
        )
        need = Told(kind="roads" if "bridge" in each.lower() else "lighting", words=each)
        async with valley.town.engine.begin() as db:
            await take(db, answer=answer, told=[need], today=valley.today(), now=valley.town.clock.now())
    return [row.id for row in await valley.rows(select(needs_.c.id).order_by(needs_.c.id))]


async def village(valley: Valley, poll_id: int) -> dict[int, Head]:
    async with valley.town.engine.connect() as db:
        return {head.id: head for head in await heads.heads(db, poll_id=poll_id, village_id=ARAGULI)}


async def opened(valley: Valley, name: str = "manana") -> Phone:
    manana = await valley.member(name)
    await manana.send("/menu")
    await manana.tap("Sort the needs")
    return manana


async def by(valley: Valley, phone: Phone, why: str | None = None) -> By:
    return By(await valley.person(phone.name), valley.town.clock.now(), why)


async def test_a_new_need_is_joined_with_its_twin_and_taken_apart_again(valley: Valley) -> None:
    poll = await valley.poll()
    one, two, light = await told(valley, poll, BRIDGE, BRIDGE_TOO, LIGHT)
    manana = await opened(valley)
    assert "3 new needs to sort" in (await manana.last()).text
    first = await manana.tap("Sort the new ones")
    assert BRIDGE in first.text
    assert f"1. 🛣️ Roads – “{BRIDGE_TOO}”" in first.text
    assert "Fewer than 5 people" in first.text
    await manana.tap("The same as 1")
    await manana.send("It is the one by the school")
    assert "They are one need now" in "\n".join(await manana.texts())
    found = await village(valley, poll)
    assert found[two].needs == (one, two)
    assert (found[two].women, found[two].men) == (1, 1)
    assert LIGHT in (await manana.last()).text
    await manana.tap("it is a new one")
    assert "Everything is sorted" in (await manana.last()).text
    trail = await manana.tap("What was done")
    assert "put 2 needs together: The bridge is broken again; The bridge is broken" in trail.text
    assert "2 March 2026" in trail.text
    assert "Because: It is the one by the school" in trail.text
    await manana.tap("Take back 2")
    await manana.tap("Yes, take it back")
    assert set(await village(valley, poll)) == {one, two, light}
    assert "took back: put 2 needs together" in (await manana.last()).text


async def test_what_holds_two_things_is_split_and_its_voices_stand_behind_both(valley: Valley) -> None:
    poll = await valley.poll()
    [need] = await told(valley, poll, "The bridge is broken and the road is dark")
    manana = await opened(valley)
    await manana.tap("Look at the list")
    await manana.tap("Roads")
    await manana.tap("It holds two things")
    await manana.send("Light along the road")
    await manana.tap("Lighting")
    first, second = (await village(valley, poll)).values()
    assert (first.id, first.supporters) == (need, second.supporters)
    assert (second.kind, second.name) == ("lighting", "Light along the road")
    decided = await by(valley, manana)
    async with valley.town.engine.begin() as db:
        await sorting.undo(db, act_id=second.version, by=decided)
    assert list(await village(valley, poll)) == [need]


async def test_who_stood_behind_the_whole_says_which_half_they_meant(valley: Valley) -> None:
    poll = await valley.poll()
    [need] = await told(valley, poll, "The bridge is broken and the road is dark")
    decided = await by(valley, await valley.member("manana"))
    async with valley.town.engine.begin() as db:
        half = await sorting.split(
            db, head=need, name="Light along the road", kind="lighting", seen={need: 0}, by=decided
        )
    await valley.town.worker.drain()
    teller = await valley.town.phone("teller0-The bridge i")
    asked = await teller.last()
    assert "2. 💡 Lighting – Light along the road" in asked.text
    assert "Thank you" in (await teller.tap("The second")).text
    found = await village(valley, poll)
    assert (need in found, found[half].women) == (False, 1)
    async with valley.town.engine.begin() as db:
        [step] = await sorting.trail(db, poll_id=poll, village_id=ARAGULI)
        await sorting.undo(db, act_id=step.act.id, by=decided)
    assert (await village(valley, poll))[need].women == 1


async def test_words_kind_and_level_are_given_for_everybody(valley: Valley) -> None:
    poll = await valley.poll()
    [need] = await told(valley, poll, "Zurab's bridge is broken")
    manana = await opened(valley)
    await manana.tap("Look at the list")
    await manana.tap("Roads")
    await manana.tap("Words for everybody")
    await manana.send("The bridge is broken")
    await manana.tap("Another kind")
    await manana.tap("Safety")
    await manana.tap("Who can do it")
    shown = await manana.tap("For the municipality")
    assert "🛟 Safety: The bridge is broken" in shown.text
    assert "🏛️ For the municipality" in shown.text
    head = (await village(valley, poll))[need]
    assert (head.name, head.kind, head.level) == ("The bridge is broken", "safety", Level.MUNICIPAL)


async def test_who_told_what_is_out_of_scope_hears_why_once_and_kindly(valley: Valley) -> None:
    poll = await valley.poll()
    [need] = await told(valley, poll, "The bridge to my own yard")
    manana = await opened(valley)
    await manana.tap("Look at the list")
    await manana.tap("Roads")
    await manana.tap("Not for the list")
    shown = await manana.tap("concerns one household")
    assert "Not for the list: it concerns one household" in shown.text
    teller = await valley.town.phone("teller0-The bridge t")
    heard = (await teller.last()).text
    assert "Thank you for telling us: “The bridge to my own yard”" in heard
    assert "because it concerns one household" in heard
    assert (await village(valley, poll))[need].standing is Standing.OUT_OF_SCOPE
    await manana.tap("Put it back")
    assert (await village(valley, poll))[need].open
    await valley.town.worker.drain()
    assert len([text for text in await teller.texts() if "Thank you for telling" in text]) == 1


async def test_what_is_private_is_shown_to_nobody_but_the_desk(valley: Valley) -> None:
    poll = await valley.poll()
    [need] = await told(valley, poll, "Zurab broke the bridge")
    manana = await valley.member("manana")
    decided = await by(valley, manana)
    async with valley.town.engine.begin() as db:
        await needs.decide_words(
            db, need_id=need, life=Life.RELEASED, reworded=None, by=decided.person_id, now=decided.now
        )
        await sorting.set_standing(db, head=need, standing=Standing.PRIVATE, seen={need: 0}, by=decided)
        public = await needs.public(db, need_id=need)
        alike = await needs.alike(
            db, poll_id=poll, village_id=ARAGULI, person_id=None, kind="roads", words="Zurab broke the bridge"
        )
        with pytest.raises(Refused):
            await agreed.record(
                db, poll_id=poll, village_id=ARAGULI, need_ids=[need], by=decided.person_id, now=decided.now
            )
    assert public is not None
    assert (public.words, alike) == (None, [])


async def test_two_who_sort_at_once_do_not_undo_each_other(valley: Valley) -> None:
    poll = await valley.poll()
    await told(valley, poll, BRIDGE, BRIDGE_TOO)
    manana, eka = await opened(valley), await opened(valley, "eka")
    eka_id = await valley.person("eka")
    async with valley.town.engine.begin() as db:
        await db.execute(update(roles).where(roles.c.person_id == eka_id).values(name="Eka"))
    await manana.tap("Sort the new ones")
    await eka.tap("Sort the new ones")
    await eka.tap("it is a new one")
    await manana.tap("The same as 1")
    await manana.tap("Without a reason")
    assert "Eka has just changed this one" in "\n".join(await manana.texts())
    assert len(await village(valley, poll)) == 2


async def test_lists_and_promises_follow_what_was_joined(valley: Valley) -> None:
    poll = await valley.poll()
    one, two = await told(valley, poll, BRIDGE, BRIDGE_TOO)
    manana, cora = await valley.member("manana"), await valley.coordinator()
    second = await valley.person(f"teller1-{BRIDGE_TOO[:12]}")
    joins, decided = await by(valley, manana), await by(valley, cora)
    async with valley.town.engine.begin() as db:
        await sorting.merge(db, into=one, others=[two], seen={}, by=joins)
        await agreed.record(db, poll_id=poll, village_id=ARAGULI, need_ids=[one], by=decided.person_id, now=decided.now)
        where = {"poll_id": poll, "village_id": ARAGULI}
        assert await agreed.supported(db, person_id=second, **where) == [(1, one)]
        assert await agreed.place_of(db, need_id=two, **where) == 1
        assert second in await needs.supporters(db, need_ids=[one])
        with pytest.raises(Refused):
            await agreed.record(db, need_ids=[two], by=decided.person_id, now=decided.now, **where)


async def test_a_neighbour_is_offered_what_was_joined_once_by_its_name(valley: Valley) -> None:
    poll = await valley.poll()
    one, two = await told(valley, poll, BRIDGE, BRIDGE_TOO)
    manana = await valley.member("manana")
    decided = await by(valley, manana)
    async with valley.town.engine.begin() as db:
        act = await sorting.merge(db, into=one, others=[two], seen={}, by=decided)
        await sorting.rename(db, head=one, name="The broken bridge", seen={one: act}, by=decided)
    nino = await valley.resident("nino")
    await nino.start("varaguli")
    await nino.tap("Roads")
    await nino.send("Our bridge is broken")
    shown = await nino.tap("Everyone")
    assert [label for label, _data in shown.buttons][:2] == ["👍 The broken bridge", "No, mine is different"]
    await nino.tap("👍")
    for label in ("that is all",):
        await nino.tap(label)
    assert len((await village(valley, poll))[one].answers) == 3


async def test_a_resident_sorts_nothing(valley: Valley) -> None:
    poll = await valley.poll()
    one, two = await told(valley, poll, BRIDGE, BRIDGE_TOO)
    nino = await valley.resident("nino")
    assert "Sort the needs" not in [label for label, _data in (await nino.send("/menu")).buttons]
    decided = await by(valley, nino)
    async with valley.town.engine.begin() as db:
        with pytest.raises(Refused):
            await sorting.merge(db, into=one, others=[two], seen={}, by=decided)


async def test_who_sorted_is_forgotten_and_the_sorting_stays(valley: Valley) -> None:
    poll = await valley.poll()
    one, two = await told(valley, poll, BRIDGE, BRIDGE_TOO)
    manana = await valley.member("manana")
    decided = await by(valley, manana, "the same one")
    async with valley.town.engine.begin() as db:
        await sorting.merge(db, into=one, others=[two], seen={}, by=decided)
    await manana.send("/forget")
    await manana.tap("Yes")
    [row] = await valley.rows(select(sortings))
    assert (row.by, row.why) == (None, None)
    assert (await village(valley, poll))[one].needs == (one, two)


async def test_forgetting_reaches_what_the_desk_was_shown_of_ones_words(valley: Valley) -> None:
    """A button holds the beginning of a long sentence only."""
    poll = await valley.poll()
    long = "The bridge by the old mill is broken since the flood and nobody dares to cross it"
    await told(valley, poll, long)
    manana = await opened(valley)
    await manana.tap("Look at the list")
    assert any("old mill" in label for label, _data in (await manana.last()).buttons)
    teller = await valley.town.phone(f"teller0-{long[:12]}")
    await teller.send("/forget")
    await teller.tap("Yes")
    for message in await manana.messages():
        assert "old mill" not in str(message.raw)
    [head] = (await village(valley, poll)).values()
    assert (head.name, len(head.answers)) == (None, 1)


async def test_somebody_with_two_phones_counts_once_behind_what_was_joined(valley: Valley) -> None:
    poll = await valley.poll()
    one, two = await told(valley, poll, BRIDGE, BRIDGE_TOO, sexes=("woman",))
    decided = await by(valley, await valley.member("manana"))
    async with valley.town.engine.begin() as db:
        await sorting.merge(db, into=one, others=[two], seen={}, by=decided)
    assert (await village(valley, poll))[one].women == 2
    first, second = [await valley.town.phone(f"teller{at}-{BRIDGE[:12]}") for at in (0, 1)]
    await join(first, second)
    assert (await village(valley, poll))[one].women == 1
    await part(first)
    assert (await village(valley, poll))[one].women == 2
