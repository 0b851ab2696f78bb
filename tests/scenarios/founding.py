"""How it begins: a coordinator, places, a group with a leader and a member, and an official."""

from __future__ import annotations

import re

from domain.links import INVITATION
from domain.people import Role
from storage import invitations
from tests.scenarios.town import Town
from tests.scenarios.villager import Both, Villager

ARAGULI, VALLEY = Both("არაგული", "Araguli"), Both("ხეობა", "Valley")
OFFICIAL, OFFICE = "გელა ბერიძე", "ინფრასტრუქტურის სამსახურის უფროსი"
PLACES = """municipality_ka,municipality_en,community_ka,community_en,village_ka,village_en,voters
ძევერი,Dzeveri,ხეობა,Valley,არაგული,Araguli,812
ძევერი,Dzeveri,ხეობა,Valley,ზემო,Zemo,240
ძევერი,Dzeveri,გორა,Hill,მთა,Mta,95
"""
WELCOMED = "Thank you, and welcome! You find everything in the /menu."


def payload(text: str) -> str:
    """What a link on a phone carries."""
    found = re.findall(r"[?&]start=([\w-]+)", text)
    assert found, f"there is no link in {text!r}"
    return str(found[-1])


async def coordinator(town: Town) -> None:
    """Invited on the command line, since there is nobody yet who could."""
    tamar = await town.meet("tamar", "en")
    async with town.program.days.write.begin() as db:
        made = await invitations.make(db, by=None, role=Role.COORDINATOR, now=town.program.clock.now())
    await tamar.start(INVITATION + made.token)
    await tamar.taps("English", "Yes, I agree", "Yes, I am")
    await tamar.sees("You are asked to be a coordinator.", "Do you accept?")
    await tamar.taps("Yes, I accept")
    await tamar.sees(WELCOMED)


async def places(town: Town) -> str:
    """Answers what the link of the village carries."""
    tamar = town["tamar"]
    await tamar.menu("🗺 Places", "Bring in a list")
    await tamar.document("places.csv", PLACES.encode())
    await tamar.sees("The list is in: 3 new villages.")
    await tamar.menu("🗺 Places", "Links and QR pictures of villages", VALLEY)
    return payload(await tamar.text_with("Village Araguli: tell what it needs"))


async def group(town: Town) -> None:
    tamar, lali, mariam = town["tamar"], await town.meet("lali", "ka"), await town.meet("mariam", "en")
    await tamar.menu("👥 Groups and invitations", "New group", VALLEY, "Like its community")
    await tamar.taps("Yes, invite")
    link = payload((await tamar.phone.texts())[-1])
    await lali.start(link)
    await newcomer(lali)
    await lali.sees("You are asked to lead the self-help group “{group}”.", group=VALLEY.ka)
    await lali.send("ლალი")
    await lali.taps("Yes, I accept")
    await lali.sees(WELCOMED)
    await lali.menu("👥 Groups and invitations", "Invite a member")
    await member(town, lali, mariam)


async def newcomer(person: Villager) -> None:
    """By an invitation into a group, which does not say where they live."""
    await person.taps(Both("ქართული", "English"), "Yes, I agree", "Yes, I am", VALLEY, ARAGULI, "Woman", "40-59")


async def member(town: Town, lali: Villager, mariam: Villager) -> None:
    link = payload((await lali.phone.texts())[-1])
    await mariam.start(link)
    await newcomer(mariam)
    await mariam.send("Mariam")
    await mariam.taps("Yes, I accept")
    await mariam.sees(WELCOMED)
    await lali.hears("{name} joined your group “{group}”.", name="Mariam", group=VALLEY.ka)
    john = await town.meet("john", "en")
    await john.start(link)
    await john.sees("This invitation was used already. Please ask for a new one.")


async def official(town: Town) -> None:
    tamar, gela = town["tamar"], await town.meet("gela", "ka")
    await tamar.menu("👥 Groups and invitations", "Invite an official", "official")
    await gela.start(payload((await tamar.phone.texts())[-1]))
    await gela.taps(Both("ქართული", "English"), "Yes, I agree", "Yes, I am")
    await gela.sees("Your name, as it is to be shown in public?")
    await gela.send(OFFICIAL)
    await gela.send(OFFICE)
    await gela.taps("Yes, I accept")
    await gela.sees("Thank you. A coordinator looks at it now, and you will hear from me.")
    await tamar.hears(f"{OFFICIAL} says that they hold this office: {OFFICE} (official, Dzeveri).")
    await tamar.taps("Yes, it is they")
    await gela.hears("Your office is confirmed. When a promise needs your word, I will ask you.")
