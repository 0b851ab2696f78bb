"""Promises: recorded at the round table, remembered as their day nears, seen by both sides, kept."""

from __future__ import annotations

from tests.bot.web.test_files import jpeg
from tests.scenarios.founding import ARAGULI, OFFICIAL
from tests.scenarios.town import Town, at
from tests.scenarios.village_poll import BRIDGE, LIGHTING
from tests.scenarios.villager import own

REPAIR = own("ხიდს სკოლასთან აპრილში შევაკეთებთ")
LAMPS = own("There will be light on the school road by Easter")
MEANT = own("განათება იქნება მხოლოდ სკოლამდე")
GROUND, STANDS = "What do you see on the ground?", "How does it stand?"
NOTE = "two men with a shovel"


async def recorded(town: Town) -> None:
    await town.days_pass(until=at(18, 3, 15))
    lali, gela = town["lali"], town["gela"]
    await lali.menu("✍ Write down a promise", ARAGULI, own(BRIDGE.ka[:20]), own(OFFICIAL))
    await lali.send("ხიდს შევაკეთებთ")
    await lali.taps("Today", "at a round table", "A day was named")
    await lali.send("20.04.2026")
    await lali.sees("I read it back to you:", own("ხიდს შევაკეთებთ"))
    await lali.taps("✎ Change an answer", "Words")
    await lali.send(REPAIR.ka)
    await lali.taps("Today", "at a round table", "A day was named")
    await lali.send("20.04.2026")
    await lali.sees(REPAIR)
    await lali.taps("Yes, write it down")
    for name in ("nino", "john", "mariam", "ana"):
        await town[name].hears("Good news: something was promised for a need that you spoke up for.")
        await town[name].hears(REPAIR)
    await gela.hears("This was written down as your promise at the round table. Is it right?")
    await gela.taps("Yes, that is right")


async def corrected(town: Town) -> None:
    """Another, for the same day, which the official had meant otherwise."""
    tamar, gela = town["tamar"], town["gela"]
    await tamar.menu("✍ Write down a promise", own("Valley"), ARAGULI, LIGHTING, own(OFFICIAL))
    await tamar.send(LAMPS.en)
    await tamar.taps("Yesterday", "at a round table", "A day was named")
    await tamar.send("20.04.2026")
    await tamar.taps("Yes, write it down")
    await gela.hears(LAMPS)
    await gela.taps("No, I meant it otherwise")
    await gela.send(MEANT.ka)
    await gela.sees("Thank you. Both are shown now")


async def seen_by_both(town: Town) -> None:
    """Two weeks before the day: one reminder that day, the other on the next, and never at night."""
    lali, mariam, gela = town["lali"], town["mariam"], town["gela"]
    await town.days_pass(until=at(6, 4, 11))
    await mariam.sees(GROUND, REPAIR)
    await mariam.taps("Nothing to be seen yet")
    await mariam.photo(jpeg(400, 300))
    await mariam.send(NOTE)
    await mariam.sees("👀 The group: {finding}", finding="nothing to be seen yet", day="6 April 2026")
    await gela.sees(STANDS, REPAIR)
    await gela.taps("Done", "Nothing to add", "Without one")
    await gela.sees("Thank you. This is what everybody reads now:")
    await lali.sees(GROUND, REPAIR)
    await lali.taps("Remind me tomorrow")
    await lali.sees("All right, I will come back to it.")
    assert mariam.times_heard(GROUND) == 1


async def side_by_side(town: Town) -> None:
    nino = town["nino"]
    await nino.menu("🤝 Promises", own(REPAIR.ka[:20]))
    await nino.sees("🏛 The official: {word} ({day}).", word="შესრულდა", day="2026 წლის 6 აპრილი")
    await nino.sees("👀 The group: {finding} ({day}).", finding="ჯერ არაფერი ჩანს", day="2026 წლის 6 აპრილი")
    await nino.sees_no(own(NOTE))


async def snoozed(town: Town) -> None:
    """The other promise comes on the next day; what was put off until then comes a day later."""
    lali, mariam = town["lali"], town["mariam"]
    await town.days_pass(until=at(7, 4, 12))
    await mariam.sees(GROUND, LAMPS)
    await mariam.taps("This is not my task")
    await lali.sees(GROUND, LAMPS)
    await town.days_pass(until=at(8, 4, 12))
    await lali.sees(GROUND, REPAIR)
    assert lali.times_heard(GROUND) == 3


async def kept(town: Town) -> None:
    mariam, nino = town["mariam"], town["nino"]
    await town.days_pass(until=at(20, 4, 12))
    await mariam.sees(GROUND, REPAIR)
    await mariam.taps("It is done", "No photo", "Skip")
    await nino.menu("🤝 Promises", own(REPAIR.ka[:20]))
    await nino.sees("👀 The group: {finding} ({day}).", finding="შესრულდა", day="2026 წლის 20 აპრილი")
