"""How each section of a brief is asked for, with an example."""

from __future__ import annotations

from domain.brief import Section
from locales import _


def asks(section: Section) -> str:
    return {
        Section.PROBLEM: _("What is wrong, where, and since when? Two or three sentences."),
        Section.HURT: _("Who suffers from it, and how? How many women, men, children, older people?"),
        Section.COST: _("What would it cost, about, in lari?"),
        Section.SOURCE: _("Who estimated this, or where is it from?"),
        Section.ASK: _("What exactly do we ask? One thing, so that it can be answered with yes or no."),
        Section.OF_WHOM: _("Of whom do we ask it? Name the office."),
        Section.OWN: _("What does the village itself give: work, material, money, land?"),
    }[section]


def hint(section: Section) -> str:
    return {
        Section.PROBLEM: _(
            "For example: the water pipe is from 1978 and bursts every winter; from July on there is none."
        ),
        Section.HURT: _("Only numbers from five on, please: a smaller one could point at a neighbour."),
        Section.COST: _("For example: 45 000 lari."),
        Section.SOURCE: _("For example: a builder's estimate of September, or a village that has done it."),
        Section.ASK: _("For example: put 1.5 km of new pipe into the budget of 2027."),
        Section.OF_WHOM: _("For example: the mayor, and the council's budget commission."),
        Section.OWN: _("For example: we dig the trench ourselves."),
    }[section]
