"""The world around a session, handed in: moment, language, chance, and who is answering on what."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from domain.forms.limits import MOST_INSTANCES
from domain.forms.plan import Plan
from domain.forms.tree import DOCUMENT, Node
from domain.forms.xpath.environment import Environment


@dataclass(frozen=True)
class Setting:
    """The world around a session. `now` carries its time zone, which is also the form's; `seed` feeds random(), uuid()
    and the instanceID, so give each session its own; `properties` answers preloads: username, deviceid, phonenumber,
    email, simserial …; `most` instances of one repeat are made under one parent, whatever a count says."""

    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    language: str = ""
    seed: int = 0
    properties: Mapping[str, str] = field(default_factory=dict)
    most: int = MOST_INSTANCES


def environment(
    plan: Plan,
    setting: Setting,
    language: str,
    *,
    choice_name: Callable[[str, Node], str],
    itext: Callable[[str], str],
) -> Environment:
    chance = random.Random(setting.seed)
    root = Node("", kind=DOCUMENT)
    root.content = None
    return Environment(
        root=root,
        now=lambda: setting.now,
        zone=setting.now.tzinfo or UTC,
        random=chance.random,
        uuid=lambda: str(UUID(int=chance.getrandbits(128), version=4)),
        language=language,
        instances=plan.instances,
        choice_name=choice_name,
        itext=itext,
        properties=setting.properties,
        version=plan.document.primary.attribute("version") or "",
    )
