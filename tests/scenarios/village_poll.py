"""The village is asked: by its link, at its doors; words are read and released, numbers shown, the list agreed."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Column, select

from storage.tables.polls import answers
from tests.bot.web.test_files import jpeg
from tests.scenarios.founding import ARAGULI
from tests.scenarios.town import Town, at
from tests.scenarios.villager import Both, Villager, own

ROADS, WATER, LIGHTING = "🛣️ Roads", "🚰 Water", "💡 Lighting"
BRIDGE = own("ხიდი სკოლასთან გაზაფხულიდან ჩატეხილია")
# Nobody releases these: what their authors wrote stays with the desk.
SLANDER, DITCH = "Zurab took the money for the bridge", "სარწყავი არხი დაშრა"
MOST_NEED = "What does {village} need most?"
THANKS = "Thank you! Your answer is in."
KA, EN = own("ქართული"), own("English")
HOUSES = 3
DAYS_ASKED = 3  # to read words that wait
TAPS_AT_MOST = 12


async def opened(town: Town) -> None:
    tamar = town["tamar"]
    await tamar.menu("📊 Polls", "➕ Open a new poll", "Some of them", ARAGULI, "Done (1)")
    await tamar.send("2.3.2026")
    await tamar.send("12.3.2026")
    await tamar.sees("In 1 village, from 2 March 2026 until 12 March 2026.", "2 residents will be written to.")
    await tamar.taps("Yes, open it")
    for name in ("lali", "mariam"):
        await town[name].hears("Your village is asked what it needs, until {day}. It takes two minutes.")
        await town[name].hears(MOST_NEED, village=ARAGULI)
    lali = town["lali"]
    await lali.taps(ROADS, "Go on without words", "Everyone", "Go on without", "No, that is all")
    await lali.sees(THANKS, ROADS)


async def told_in_full(town: Town, village: str) -> None:
    """Nino comes by the village's link, goes Back once, and tells two needs with a photo and a place."""
    nino = await town.meet("nino", "ka")
    await nino.start(village)
    await nino.taps(KA)
    await nino.sees("I am Mrgvali, and I ask on behalf of the self-help group of {village}", village=ARAGULI)
    await nino.taps("Yes, I agree", "Yes, I am", "Woman", "25-39")
    await nino.sees(MOST_NEED, village=ARAGULI)
    await nino.taps(ROADS)
    await nino.send("ხიდი")
    await nino.taps("Back")
    await nino.send(BRIDGE.ka)
    await nino.taps("Children")
    await nino.photo(jpeg(400, 300))
    await nino.taps("Yes, one more", WATER, "Go on without words", "Women")
    await nino.location(42.0, 45.5)
    await nino.taps("No, that is all")
    await nino.sees(THANKS, ROADS, WATER)
    await nino.sees_no("{kind}: about {number}")


async def left_midway(town: Town, village: str) -> None:
    dato = await town.meet("dato", "ka")
    await dato.start(village)
    await dato.taps(KA, "Yes, I agree", "Yes, I am", "Prefer not to say", "Prefer not to say", "🌱 Irrigation")
    await dato.send(DITCH)


async def read_and_released(town: Town) -> None:
    lali = town["lali"]
    await lali.menu("📖 Read new needs")
    await lali.sees(BRIDGE)
    await lali.taps("Yes, as it is")
    await lali.sees("May the village see this photo? No faces, no number plates, nobody's own yard.")
    await lali.taps("Yes, show it")
    await lali.sees("That was all. Thank you!")


async def stood_behind(town: Town, village: str) -> None:
    """John, whom an invitation brought to nothing, stands behind Nino's need, and writes what nobody should."""
    john = town["john"]
    await john.start(village)
    await john.taps(EN, "Yes, I agree", "Yes, I am", "Man", "40-59", ROADS, "Go on without words", "Everyone")
    await john.taps(own("👍 ხიდი"), "Yes, one more", "🛟 Safety")
    await john.send(SLANDER)
    await john.taps("Hard to say", "Go on without", "No, that is all")
    await john.sees(THANKS, "🛟 Safety")
    await john.sees_no(own(SLANDER), own("about"))
    await town["lali"].menu("📖 Read new needs")
    await town["lali"].sees(own(SLANDER))
    await town["lali"].taps("Later")


async def door_to_door(town: Town) -> None:
    mariam = town["mariam"]
    await mariam.menu("▶ Go on: ")
    await mariam.taps(ROADS, "Go on without words", "Older people", own("👍 ხიდი"), "No, that is all")
    await mariam.sees(THANKS)
    await mariam.menu("🚪 A neighbour's answer")
    for _house in range(HOUSES):
        await mariam.sees("Are they 16 or older, and do they agree?")
        await mariam.taps("Yes, they agree", ROADS, "Go on without words", "Women", own("👍 ხიდი"))
        await mariam.taps("No, that is all", "Woman", "60+")
        await mariam.hears("It is noted. Thank your neighbour!")
    await mariam.taps("No, they do not want to")
    await mariam.hears("That is their right. Nothing is written down.")
    await mariam.taps("The round is done")


async def next_day(town: Town, village: str) -> None:
    """Numbers have moved; who stopped midway is asked once; and from the link to the thanks it is few taps."""
    await town.days_pass(until=at(3, 3))
    await words_wait(town)
    await town["dato"].hears("You did not finish “{title}”. Shall we go on? Your answers are still here.")
    ana = await town.meet("ana", "en")
    await ana.start(village)
    await ana.taps(EN, "Yes, I agree", "Yes, I am", "Woman", "16-24")
    await ana.taps(ROADS, "Go on without words", "Children", own("👍 ხიდი"), "No, that is all")
    counted = 2 + HOUSES + (2 if town.account else 0)  # lali and mariam, and on Telegram nino and john
    await ana.sees(THANKS, f"{ROADS}: about {counted}", "Numbers are shown from 5 on, and renewed once a day.")
    assert ana.taps_made <= TAPS_AT_MOST


async def words_wait(town: Town) -> None:
    """The group hears that John's words are unread; it may leave them so."""
    lali = town["lali"]
    await lali.hears("A neighbour's words wait for you: {count} need.", count=1)
    await lali.taps("Not now")


async def changed(town: Town) -> None:
    nino = town["nino"]
    await nino.menu("📝 My answer")
    await nino.sees("You told:", BRIDGE, WATER)
    await nino.taps("Tell one more need", LIGHTING, "Go on without words", "Hard to say", "Go on without")
    await nino.sees("Thank you, it is added.")
    await nino.menu("📝 My answer", "Take one back", WATER)
    await nino.sees("It is taken back.")


async def closed(town: Town) -> None:
    """What was left lying is kept as partial; at the end everybody who answered is thanked."""
    await town.days_pass(until=at(9, 3, 11))
    assert town["lali"].times_heard("Until somebody of the group has read it, nobody sees it.") == DAYS_ASKED
    await town.days_pass(until=at(11, 3))
    assert await told(town, answers.c.state) == {"complete": 5 + HOUSES, "partial": 1}
    by_account = {town.account: 6} if town.account else {"web": 2, "open_web": 4}
    assert await told(town, answers.c.origin) == {"door_to_door": HOUSES, **by_account}
    await town.days_pass(until=at(13, 3))
    for name in ("lali", "mariam", "nino", "john", "ana"):
        await town[name].hears("The poll of your village has closed. Thank you for your answer!")
    await town["dato"].hears("The poll of your village has closed. What you told so far is kept")


async def told(town: Town, column: Column[str]) -> dict[str, int]:
    """How many answers there are, by their state or by how they came."""
    return Counter(value for (value,) in await town.rows(select(column)))


async def handed_out(town: Town) -> None:
    tamar = town["tamar"]
    await tamar.menu("📊 Polls", own("Araguli · "), "📄 Answers as a table")
    await tamar.hears("The answers. The first sheet holds people's own words: it is for you")
    assert town.letters.to("tamar")[-1].said.document


async def agreed(town: Town) -> None:
    tamar = town["tamar"]
    await tamar.menu("📊 Polls", own("Araguli · "))
    await tamar.sees("These are the real numbers: they are for you only.", "unfinished: 1")
    await tamar.taps("📋 Record the agreed list", ARAGULI, own(BRIDGE.en[:20]), LIGHTING, "Done (2)")
    await tamar.taps("Yes, that is the list")
    for name in ("nino", "john", "mariam", "ana"):
        await heard_of_the_list(town[name])


async def heard_of_the_list(person: Villager) -> None:
    await person.hears("Good news: what you stand behind is on the agreed list of urgent needs:")
    await person.hears(Both(f"1. 🛣️ გზები – {BRIDGE.ka}", f"1. {ROADS} – {BRIDGE.en}"))
