"""The village's list is made by three, each on their own phone: versions, a refused move, silence, an empty post."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from domain.people import Role
from storage.tables.dialogues import dialogue_actors, dialogue_events, dialogue_votes, dialogues
from storage.tables.polls import agreed_items
from tests.stories.choosers import cast, opened, settled
from tests.stories.three import BRIDGE, LIGHT, SECRET, WATER, Three, speaker, three
from tests.stories.valley import MUNICIPALITY, Valley
from tests.stories.workshop import Bench
from tests.town import TELEGRAM, Phone


@pytest.fixture
async def town(valley: Valley) -> Three:
    return await three(valley)


async def heard(phone: Phone) -> str:
    return "\n\n".join(await phone.texts())


async def test_the_offices_see_what_everybody_may_see(town: Three) -> None:
    await town.menu(town.lela)
    for words in (BRIDGE, "Vano steals"):
        await town.lela.tap(words)
    for label in ("Done", "Gela", "Dato", "7 days"):
        await town.lela.tap(label)
    assert "2. 🛟 Safety\n" in (await town.lela.last()).text
    assert SECRET not in (await town.lela.last()).text
    await town.lela.tap("Yes, open it")
    for phone in (town.gela, town.dato):
        shown = await heard(phone)
        assert f"1. 🛣️ Roads – {BRIDGE}\n2. 🛟 Safety" in shown
        assert "Vano" not in shown


async def test_a_move_is_proposed_taken_up_and_seen_as_a_difference(town: Three) -> None:
    await town.open()
    await town.menu(town.gela, "Propose a change", "Move a need", WATER, "1")
    await town.gela.send("The school may close")
    assert "Gela G., trustee of Araguli proposes" in await heard(town.lela)
    await town.menu(town.lela, "Answer a proposal", "Yes, we take it up")
    page = await town.menu(town.dato)
    assert "version 2" in page
    assert f"1. 🚰 Water – {WATER}\n2. 🛣️ Roads – {BRIDGE}" in page
    assert f"What changed: 🚰 Water – {WATER}: from place 2 to place 1" in page
    assert "Gela G., trustee of Araguli: “The school may close”" in page


async def test_a_refused_move_leaves_the_list_and_its_reason_is_read(town: Three) -> None:
    await town.open()
    await town.menu(town.dato, "Propose a change", "Strike a need", LIGHT)
    await town.dato.send("There is no money")
    await town.menu(town.lela, "Answer a proposal", "No")
    await town.lela.send("Children walk there at night")
    assert "has not taken up: strike 💡 Lighting" in await heard(town.dato)
    trail = await town.menu(town.gela, "What was said so far")
    assert "“There is no money”" in trail
    assert "“Children walk there at night”" in trail
    assert "version 1" in await town.menu(town.gela)


async def test_agreed_by_three_on_three_channels_and_the_village_hears(town: Three) -> None:
    await town.open()
    await town.vote()
    assert "The members have said yes" in await heard(town.lela)
    await town.confirm(town.lela, town.gela)
    assert not await town.valley.rows(select(agreed_items))
    await town.confirm(town.dato)
    items = [row.need_id for row in await town.valley.rows(select(agreed_items).order_by(agreed_items.c.place))]
    assert items == [town.needs[words] for words in (BRIDGE, WATER, LIGHT)]
    nino = await town.valley.town.phone("nino")
    shown = await heard(nino)
    assert "All three have agreed" in shown
    assert f"1. 🛣️ Roads – {BRIDGE} 👉" in shown
    assert f"2. 🚰 Water – {WATER}\n" in shown
    assert "It is no promise" in shown


async def test_the_leader_cannot_say_yes_before_the_members(town: Three) -> None:
    await town.open()
    await town.menu(town.lela)
    assert not [label for label, _data in (await town.lela.last()).buttons if "Confirm" in label]
    await town.vote("No")
    assert "did not say yes" in await heard(town.lela)
    assert not [label for label, _data in (await town.lela.last()).buttons if "Confirm" in label]


async def test_nobody_can_look_up_how_a_member_voted(town: Three) -> None:
    await town.open()
    await town.menu(town.lela, "Let the members vote", "Yes, let the members")
    await town.lela.tap("Yes, this is our list")
    assert "said yes" not in await heard(town.lela), "no running count"
    await town.mzia.tap("No")
    assert not await town.valley.rows(select(dialogue_votes))
    [voted] = await town.valley.rows(select(dialogue_events.c.body).where(dialogue_events.c.verb == "voted"))
    assert set(voted.body) == {"version", "passed"}


async def test_a_yes_is_to_the_version_that_was_seen(town: Three) -> None:
    await town.open()
    await town.menu(town.gela, "Confirm the list")
    await town.menu(town.lela, "Change something", "Strike a need", LIGHT)
    await town.lela.send("It is being repaired")
    await town.gela.tap("Yes: this is what the village needs")
    assert "has changed meanwhile" in await heard(town.gela)
    assert "Gela G., trustee of Araguli): has not answered yet" in await town.menu(town.gela)


async def test_after_the_set_time_the_list_goes_on_and_says_who_said_what(town: Three) -> None:
    await town.open(deputy="The post is vacant")
    await town.vote()
    await town.confirm(town.lela)
    await town.menu(town.gela, "Confirm the list", "No, I do not agree")
    await town.gela.send("The bridge belongs to the region")
    await town.pass_by(9)
    shown = await heard(await town.valley.town.phone("eka"))
    assert "The time set for the talk is over, and the list goes on." in shown
    assert "• The group: confirmed on" in shown
    assert (
        "The trustee (Gela G., trustee of Araguli): does not agree, because “The bridge belongs to the region”" in shown
    )
    assert "• The deputy: was not asked, the post is vacant" in shown


async def test_silence_is_not_a_no_and_is_reminded_of(town: Three) -> None:
    await town.open()
    await town.pass_by(9)
    dato = await heard(town.dato)
    assert dato.count("your answer is not there yet") == 2
    shown = await heard(await town.valley.town.phone("eka"))
    assert "• The deputy (Dato D., deputy): has not answered" in shown
    assert "does not agree" not in shown


async def test_a_post_that_falls_vacant_was_not_silent_and_its_new_holder_is_asked(town: Three) -> None:
    await town.open()
    await town.leaves(town.gela)
    assert "The trustee: was not asked, the post is vacant" in await town.menu(town.lela)
    vera = await speaker(town.valley, "vera", TELEGRAM, Role.TRUSTEE, name="Vera V.", office="trustee")
    await town.menu(town.lela, "Fill a vacant post", "Vera V.")
    assert "asks what you say to them" in await heard(vera)
    await town.confirm(vera)
    assert "The trustee (Vera V., trustee): confirmed on" in await town.menu(town.lela)


async def test_a_colleague_answers_and_everybody_sees_it(town: Three, tmp_path: Path) -> None:
    await town.open()
    link = await colleague_link(town, tmp_path)
    nana = await town.valley.resident("nana", None)
    await nana.start(link)
    await nana.send("Nana N.")
    await nana.tap("Yes, I accept")
    assert "Nana N. answers in your name" in await heard(town.gela)
    await town.confirm(nana)
    shown = await town.menu(town.lela)
    assert "The trustee (Gela G., trustee of Araguli, answered by Nana N.): confirmed on" in shown
    await town.menu(town.gela, "My colleagues", "Nana N.", "Yes")
    assert "The village's list" not in str((await nana.send("/menu")).buttons)


async def colleague_link(town: Three, folder: Path) -> str:
    """What the trustee forwards, with its picture."""
    await town.menu(town.gela, "My colleagues", "A new colleague")
    shown = await Bench(town.valley, folder).work(town.gela)
    return shown.text.split("start=")[1].split()[0]


async def test_one_person_never_speaks_for_two(town: Three, tmp_path: Path) -> None:
    await town.open()
    link = await colleague_link(town, tmp_path)
    assert "cannot speak for two sides" in (await town.lela.start(link)).text
    await town.valley.grant("lela", Role.DEPUTY, municipality_id=MUNICIPALITY, name="Lela L.", office="deputy")
    await town.menu(town.lela, "Change something", "Strike a need", LIGHT)
    assert "cannot speak for two sides" in (await town.lela.send("I am a deputy now")).text


async def test_a_sentence_stands_beside_the_list_word_by_word(town: Three) -> None:
    await town.open()
    await town.menu(town.dato, "A sentence beside the list")
    await town.dato.send("I have asked for the bridge since May.")
    await town.dato.tap("Yes")
    assert "Dato D., deputy: “I have asked for the bridge since May.”" in await town.menu(town.gela)
    assert not [label for label, _data in (await town.dato.send("/menu")).buttons if "sentence" in label]


async def test_a_private_question_is_read_by_those_two_alone(town: Three) -> None:
    await town.open()
    await town.menu(town.gela, "Ask the group privately")
    await town.gela.send("Who repaired it last year?")
    assert "The trustee asks in private: “Who repaired it last year?”" in await heard(town.lela)
    await town.menu(town.lela, "Answer a question")
    await town.lela.send("We did, ourselves")
    assert "“We did, ourselves”" in await heard(town.gela)
    for phone in (town.dato, town.mzia):
        assert "repaired" not in await heard(phone)
    assert "repaired" not in await town.menu(town.lela, "What was said so far")


async def test_what_goes_where_is_chosen_by_three_and_its_people_hear(town: Three) -> None:
    await town.open()
    await town.vote()
    await town.confirm(town.lela, town.gela, town.dato)
    for phone in (town.lela, town.gela, town.dato):
        await town.menu(phone, "What goes where", "Round table", "We do it ourselves")
        await phone.send("The pipe is short")
        await phone.tap("The region")
        await phone.tap("Skip")
        await phone.tap("Yes, so it is")
    shown = await heard(await town.valley.town.phone("eka"))
    assert f"Priority issues: the group prepares these for the round table.\n1. 🛣️ Roads – {BRIDGE}" in shown
    assert f"2. 🚰 Water – {WATER} 👉 → 🤲 We do it ourselves. Why: “The pipe is short”" in shown
    assert f"3. 💡 Lighting – {LIGHT} → ⛰ The region or the state" in shown
    [row] = await town.valley.rows(select(dialogues.c.over_at))
    assert row.over_at is not None


async def test_the_trail_only_grows_and_a_forgotten_leader_is_not_in_it(town: Three) -> None:
    await town.open()
    lela = await town.valley.person("lela")
    assert await town.valley.rows(select(dialogue_actors).where(dialogue_actors.c.person_id == lela))
    await town.lela.send("/forget")
    await town.lela.tap("Yes")
    assert not await town.valley.rows(select(dialogue_actors).where(dialogue_actors.c.person_id == lela))
    [event] = await town.valley.rows(select(dialogue_events))
    assert event.name is None
    with pytest.raises(DBAPIError, match="only grows"):
        async with town.valley.town.engine.begin() as db:
            await db.execute(dialogue_events.delete())


async def test_where_the_people_have_chosen_their_list_is_the_draft_and_stands_beside_it(valley: Valley) -> None:
    here = await three(valley)
    choosing_id = await opened(valley, 1, here.lela)
    bridge, water, light = (here.needs[each] for each in (BRIDGE, WATER, LIGHT))
    await cast(valley, choosing_id, 9, [light, water])
    await cast(valley, choosing_id, 6, [bridge])
    await settled(valley)
    await here.menu(here.lela)
    assert "Shall your draft be their list" in (await here.lela.last()).text
    for label in ("Yes, their list", "Gela", "Dato", "7 days", "Yes, open it"):
        await here.lela.tap(label)
    page = await here.menu(here.gela)
    order = f"1. 🚰 Water – {WATER}\n2. 🛣️ Roads – {BRIDGE}\n3. 💡 Lighting – {LIGHT}"
    assert f"version 1\n\n{order}\n\nAs the people chose:\n{order}" in page
