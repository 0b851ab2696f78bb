"""What is heard in a group chat on Telegram: taps, commands meant for us, the chat's own news. Talk is never kept."""

from __future__ import annotations

import re
from typing import Any

from bot.channels.port import Raw
from conversations.message import Incoming, InGroup

GROUPS = ("group", "supergroup")
ANONYMOUS = "anonymous"  # who presses in the chat's name is nobody whose answer could count
INSIDE = ("creator", "administrator", "member", "restricted")
# A code has digits only, with whatever stands between them; of anything else nothing is kept but that it was there.
COMMAND = re.compile(r"/(group|start|menu|help)(@\w{1,64})?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
CODE = re.compile(r"g?[\d\s.\-–—]{1,40}")
NO_CODE = "?"


def trimmed(raw: Raw) -> Raw:
    """Of what happened in a group or channel only what we answer; of all else no more than its number."""
    kind, body, chat = _place(raw)
    if not kind or chat.get("type") == "private":
        return raw
    number = {"update_id": raw.get("update_id")}
    if chat.get("type") not in GROUPS or chat.get("id").__class__ is not int:
        return number
    kept = _KEPT[kind](body, chat) if kind in _KEPT else None
    return number if kept is None else {**number, kind: kept}


def sender(raw: Raw) -> str | None:
    """Who pressed; of all else the chat itself, whose own messages and posts are numbered like a person's."""
    kind, body, chat = _of_group(raw)
    if kind == "callback_query" and not _dict(body.get("from")).get("is_bot"):
        who = _dict(body.get("from")).get("id")
        return str(who) if who.__class__ is int else None
    return str(chat["id"]) if kind else None


def parse(raw: Raw) -> Incoming | None:
    """None for what did not happen in a group."""
    kind, body, chat = _of_group(raw)
    if not kind:
        return None
    language = _language(body)
    where = InGroup(str(chat["id"]), _text(chat.get("title")))
    if kind == "callback_query":
        odd = ANONYMOUS if _dict(body.get("from")).get("is_bot") else None
        return Incoming(tap=_text(body.get("data")), callback=_text(body.get("id")), odd=odd, group=where)
    if kind == "my_chat_member":
        was_in, is_in = (_status(body, which) in INSIDE for which in ("old", "new"))
        if was_in and is_in:
            return Incoming(odd="rights", language=language, group=where)
        return Incoming(left=not is_in, language=language, group=where)
    if "text" not in body:
        was, becomes = (_number(body.get(f"migrate_{way}_chat_id")) for way in ("from", "to"))
        return Incoming(group=where._replace(was=was, becomes=becomes))
    command, _, rest = _text(body["text"]).partition(" ")
    name, _, mention = command.partition("@")
    where = where._replace(mention=mention or None, thread=body.get("message_thread_id"))
    return Incoming(text=f"{name} {rest}".rstrip(), language=language, group=where)


def _of_group(raw: Raw) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """The kind of update, what it holds, and the chat; the kind is empty for what we do not answer in a group."""
    kind, _body, chat = _place(raw)
    if not kind or chat.get("type") not in GROUPS:
        return "", {}, {}
    return _place(trimmed(raw))


def _place(raw: Raw) -> tuple[str, dict[str, Any], dict[str, Any]]:
    for kind, body in raw.items():
        if body.__class__ is dict:
            held = body if "chat" in body else _dict(body.get("message"))
            if (chat := _dict(held.get("chat"))) and "type" in chat:
                return kind, body, chat
    return "", {}, {}


def _tap(body: dict[str, Any], chat: dict[str, Any]) -> dict[str, Any]:
    who = _dict(body.get("from"))
    kept = {"id": body.get("id"), "from": {name: who.get(name) for name in ("id", "is_bot", "language_code")}}
    return {**kept, "message": {"chat": _shape(chat)}, "data": body.get("data")}


def _membership(body: dict[str, Any], chat: dict[str, Any]) -> dict[str, Any]:
    old, new = ({"status": _status(body, which)} for which in ("old", "new"))
    return {"chat": _shape(chat), "from": _speaker(body), "old_chat_member": old, "new_chat_member": new}


def _message(body: dict[str, Any], chat: dict[str, Any]) -> dict[str, Any] | None:
    for name in ("migrate_to_chat_id", "migrate_from_chat_id"):
        if body.get(name).__class__ is int:
            return {"chat": _shape(chat), name: body[name]}
    text = _command(body.get("text"))
    if text is None:
        return None
    kept = {"chat": _shape(chat), "from": _speaker(body), "text": text}
    topic = body.get("message_thread_id") if body.get("is_topic_message") else None
    return {**kept, "is_topic_message": True, "message_thread_id": topic} if topic.__class__ is int else kept


def _command(text: Any) -> str | None:
    found = COMMAND.fullmatch(text.strip()) if text.__class__ is str else None
    if found is None:
        return None
    command, mention, rest = found[1].lower(), found[2] or "", (found[3] or "").strip()
    if rest and command != "group" and not CODE.fullmatch(rest):
        return None
    code = rest if CODE.fullmatch(rest) else NO_CODE if rest else ""
    return f"/{command}{mention} {code}".rstrip()


_KEPT = {"callback_query": _tap, "my_chat_member": _membership, "message": _message}


def _shape(chat: dict[str, Any]) -> dict[str, Any]:
    return {name: chat[name] for name in ("id", "type", "title") if name in chat}


def _speaker(body: dict[str, Any]) -> dict[str, Any]:
    return {"language_code": _dict(body.get("from")).get("language_code")}


def _status(body: dict[str, Any], which: str) -> Any:
    return _dict(body.get(f"{which}_chat_member")).get("status")


def _language(body: dict[str, Any]) -> str | None:
    return _text(_dict(body.get("from")).get("language_code")).partition("-")[0].lower() or None


def _number(value: Any) -> str | None:
    return str(value) if value.__class__ is int else None


def _dict(value: Any) -> dict[str, Any]:
    return value if value.__class__ is dict else {}


def _text(value: Any) -> str:
    """Without NUL and half emoji, which no database takes."""
    return value.encode("utf-8", "ignore").decode().replace("\x00", "") if value.__class__ is str else ""
