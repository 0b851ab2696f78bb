"""What a form fills in by itself: when it was begun, by whom, on which device, and its own number."""

from collections.abc import Mapping

from domain.forms.values import stamp
from domain.forms.xpath.environment import Environment

NAMES = {"deviceid": ("deviceid",), "phonenumber": ("phonenumber", "phone_number"), "uri:deviceid": ("deviceid",)}


def preloaded(kind: str, parameter: str, env: Environment, properties: Mapping[str, str]) -> str:
    """ "" where there is nothing to say."""
    now = env.now().astimezone(env.zone)
    if kind == "uid":
        return f"uuid:{env.uuid()}"
    if kind == "date":
        return now.date().isoformat()
    if kind == "timestamp":
        return stamp(now) if parameter == "start" else ""
    if kind == "property":
        return next((properties[name] for name in NAMES.get(parameter, (parameter,)) if name in properties), "")
    return ""


def is_end(preload: tuple[str, str] | None) -> bool:
    return preload == ("timestamp", "end")
