"""A training is announced, answered, remembered and watched."""

from __future__ import annotations

from tests.scenarios.town import Town, at
from tests.scenarios.villager import Both

SCHOOL = "არაგულის სკოლა"
COMING = "A reminder; you said that you come:"
WHEN = Both("სამშაბათი, 17 მარტი, 14:00", "Tuesday, 17 March, 14:00")


async def announced(town: Town) -> None:
    tamar = town["tamar"]
    await tamar.menu("🎓 Trainings and meetings", "Announce a new one", "Training", "the law on self-government")
    await tamar.taps("The whole municipality", "Self-help groups", "Residents", "Done (2)")
    await tamar.send("17.03.2026")
    await tamar.send("14:00")
    await tamar.send(SCHOOL)
    await tamar.taps("Once")
    await tamar.sees("This is what they will read:", WHEN, "6 people hear of it")
    await tamar.taps("Yes, send it")
    for name in ("lali", "mariam", "nino", "john", "ana", "dato"):
        await town[name].hears("You are invited. Can you come?")
        await town[name].hears(WHEN)


async def answered(town: Town) -> None:
    for name in ("nino", "mariam"):
        await town[name].taps("I am coming")
        await town[name].hears("Good, we look forward to seeing you.")
    await town["john"].taps("I cannot come")
    await town["john"].hears("Thank you for telling us.")


async def reminded(town: Town) -> None:
    """The day before, and two hours before; who stays away is left alone."""
    for moment in (at(16, 3, 11), at(17, 3, 13)):
        await town["tamar"].send("/menu")
        await town.days_pass(until=moment)
    for name in ("nino", "mariam"):
        assert town[name].times_heard(COMING) == 2
    assert town["ana"].times_heard("A reminder. Can you come?") == 2
    assert town["john"].times_heard(SCHOOL) == 1, "the invitation and no more"


async def watched(town: Town) -> None:
    tamar = town["tamar"]
    await tamar.menu("🎓 Trainings and meetings", "See what is announced", "the law on self-government")
    await tamar.sees("Invited: 6", "Delivered: 6", "Coming: 2", "Not coming: 1", "No answer yet: 3")
    await tamar.taps("Who is coming?")
    await tamar.sees("• Mariam, member, Araguli", "• Araguli: 1 resident")
