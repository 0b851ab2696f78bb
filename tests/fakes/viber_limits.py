"""Viber's published limits: what is wrong with a message that a bot sends.

https://creators.viber.com/docs/bots-api/data-models/message and …/resources/messaging/keyboards
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

Body = dict[str, Any]

LARGEST_REQUEST = 30 * 1024
LONGEST = {"text": 7000, "caption": 512, "url": 2000, "tracking": 4000, "name": 28, "label": 250, "file": 256}
PICTURES = (".jpeg", ".jpg", ".png", ".gif")
FORBIDDEN = (
    "bat bin cmd com cpl exe gadget ins inx isu job jse lnk msc msi msp mst paf pif ps1 reg rgs sct shb shs".split()
)
ACTIONS = {"reply", "open-url", "location-picker", "share-phone", "none"}
ROOT = {
    "receiver", "broadcast_list", "min_api_version", "sender", "tracking_data", "type", "keyboard",
    "text", "media", "thumbnail", "size", "file_name", "location", "contact", "sticker_id", "rich_media", "alt_text",
}  # fmt: skip
BUTTON = {
    "Columns", "Rows", "BgColor", "Silent", "ActionType", "ActionBody", "Image", "Text", "TextVAlign", "TextHAlign",
    "TextPaddings", "TextOpacity", "TextSize", "OpenURLType", "OpenURLMediaType", "InternalBrowser",
}  # fmt: skip
KEYBOARD = {"Type", "Buttons", "BgColor", "DefaultHeight", "CustomDefaultHeight", "InputFieldState"}
MOST_ROWS = 12
TAG = re.compile(r"</?(b|i|u|s|br|font)\b[^>]*>")


def wrong_with(body: Body, size: int, *, welcome: bool = False) -> list[str]:
    """`welcome`: the answer to an opened chat, which names no receiver."""
    wrong = [] if size <= LARGEST_REQUEST else [f"{size} bytes"]
    wrong += [f"unknown field {name}" for name in body.keys() - ROOT]
    wrong += _receiver(body, welcome) + _sender(body)
    if len(str(body.get("tracking_data", ""))) > LONGEST["tracking"]:
        wrong.append("tracking_data too long")
    if "min_api_version" in body and not isinstance(body["min_api_version"], int):
        wrong.append("min_api_version is no number")
    wrong += _content(body)
    if "keyboard" in body:
        wrong += _keyboard(body["keyboard"], body.get("min_api_version", 1))
    return wrong


def _receiver(body: Body, welcome: bool) -> list[str]:
    named = "receiver" in body or "broadcast_list" in body
    if welcome:
        return ["a welcome names nobody"] if named else []
    if "broadcast_list" in body:
        return [] if 1 <= len(body["broadcast_list"]) <= 300 else ["broadcast_list takes 300"]
    return [] if isinstance(body.get("receiver"), str) and body["receiver"] else ["no receiver"]


def _sender(body: Body) -> list[str]:
    name = body.get("sender", {}).get("name", "")
    return [] if 1 <= len(name) <= LONGEST["name"] else ["sender.name takes 28"]


def _content(body: Body) -> list[str]:
    match body.get("type"):
        case "text":
            text = body.get("text")
            fits = isinstance(text, str) and 1 <= len(text) <= LONGEST["text"]
            return [] if fits else ["text takes 1 to 7000"]
        case "picture":
            wrong = [] if len(body.get("text", "?" * 999)) <= LONGEST["caption"] else ["the caption is too long"]
            return wrong + _address(body.get("media"), PICTURES) + _address(body.get("thumbnail"), PICTURES, must=False)
        case "file":
            return _file(body)
        case None if "keyboard" in body:
            return []
        case kind:
            return [f"type {kind}"]


def _file(body: Body) -> list[str]:
    name, size = str(body.get("file_name", "")), body.get("size")
    wrong = [] if 1 <= len(name) <= LONGEST["file"] and "." in name else ["file_name"]
    wrong += [] if isinstance(size, int) and 0 < size <= 52_428_800 else ["size"]
    wrong += [f"forbidden {name}"] if name.rpartition(".")[2].lower() in FORBIDDEN else []
    return wrong + _address(body.get("media"), None)


def _address(url: object, endings: tuple[str, ...] | None, *, must: bool = True) -> list[str]:
    if url is None and not must:
        return []
    if not isinstance(url, str) or len(url) > LONGEST["url"] or urlsplit(url).scheme not in {"http", "https"}:
        return ["media is no address"]
    last = urlsplit(url).path.rpartition("/")[2]
    fits = last.lower().endswith(endings) if endings else "." in last
    return [] if fits else [f"the address ends in {last[-12:]}"]


def _keyboard(keyboard: Body, version: int) -> list[str]:
    wrong = [] if keyboard.get("Type") == "keyboard" else ['object has missing required properties (["Type"])']
    wrong += [f"unknown {name}" for name in keyboard.keys() - KEYBOARD]
    buttons = keyboard.get("Buttons") or []
    wrong += [] if buttons else ["no buttons"]
    for button in buttons:
        wrong += _button(button, version)
    height = tall(buttons)
    return wrong + ([f"{height} rows"] if height > MOST_ROWS else [])


def _button(button: Body, version: int) -> list[str]:
    wrong = [f"unknown {name}" for name in button.keys() - BUTTON]
    columns, rows, action = button.get("Columns", 6), button.get("Rows", 1), button.get("ActionType", "reply")
    wrong += [] if 1 <= columns <= 6 else [f"{columns} columns"]
    wrong += [] if 1 <= rows <= 2 else [f"{rows} rows in a button"]
    label = str(button.get("Text", ""))
    wrong += [] if 1 <= len(label) <= LONGEST["label"] else [f"a label of {len(label)}"]
    wrong += ["HTML that is not theirs"] if "<" in TAG.sub("", label) else []
    wrong += [] if action in ACTIONS else [f"action {action}"]
    wrong += [] if isinstance(button.get("ActionBody"), str) and button["ActionBody"] else ["no ActionBody"]
    if action in {"location-picker", "share-phone"} and version < 3:
        wrong.append(f"{action} needs min_api_version 3")
    if action == "open-url" and (len(button["ActionBody"]) > LONGEST["url"] or "://" not in button["ActionBody"]):
        wrong.append("open-url without an address")
    return wrong


def tall(buttons: list[Body]) -> int:
    """How many rows they take, laid one after the other into six columns."""
    height = left = row = 0
    for button in buttons:
        columns, rows = button.get("Columns", 6), button.get("Rows", 1)
        if columns > left:
            height, left, row = height + row, 6, 0
        left, row = left - columns, max(row, rows)
    return height + row
