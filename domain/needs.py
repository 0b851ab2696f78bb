"""What a village needs: its kinds, whom it hurts most, and when others may read its words."""

from enum import StrEnum

from domain.refusal import Refused

AT_MOST = 3


class Kind(StrEnum):
    ROADS = "roads"
    WATER = "water"
    KINDERGARTEN = "kindergarten"
    HEALTH_POST = "health_post"
    LIGHTING = "lighting"
    TRANSPORT = "transport"
    WASTE = "waste"
    IRRIGATION = "irrigation"
    ENERGY = "energy"
    INTERNET = "internet"
    SAFETY = "safety"
    CULTURE_YOUTH = "culture_youth"
    OTHER = "other"


class Hurt(StrEnum):
    """Who suffers most."""

    WOMEN = "women"
    MEN = "men"
    CHILDREN = "children"
    OLDER = "older"
    DISABLED = "disabled"
    FAMILIES = "families"
    EVERYONE = "everyone"


class Life(StrEnum):
    """Where a need's words stand, or its photo, which has a life of its own. What its author changes is TOLD again."""

    TOLD = "told"
    RELEASED = "released"
    REWORDED = "reworded"
    HIDDEN = "hidden"


OPEN = frozenset({Life.RELEASED, Life.REWORDED})


def decide(now: Life, then: Life) -> Life:
    """The desk's decision about words it has read; it can always be taken again, never untaken."""
    if then is Life.TOLD:
        raise Refused("already_decided", life=now)
    return then


def words_for_others(life: Life, told: str, reworded: str | None = None) -> str | None:
    """None means: show the kind alone. What was reworded hides what was told for good."""
    if life is Life.REWORDED:
        return reworded
    return told if life is Life.RELEASED else None


def photo_for_others(life: Life) -> bool:
    # A rewording mends words, never a picture: a photo is shown only when it was itself released.
    return life is Life.RELEASED
