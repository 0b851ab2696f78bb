"""What we send, in the Bot API's words: pure functions from a message to requests (method, parameters, files).

Built for every answer, so kept to plain dicts and one JSON string.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.channels.port import Target
from conversations.message import Button, Outgoing, Rows
from storage.jsontext import dumps

LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024  # in UTF-16 units
SURELY_FITS = LONGEST_TEXT // 2
PHOTO, DOCUMENT, VOICE = "photo", "document", "voice"
SEND = {PHOTO: "sendPhoto", DOCUMENT: "sendDocument", VOICE: "sendVoice"}
MOST_DELETED = 100  # messages in one request
BUTTONS_IN_A_ROW = 8
NO_KEYBOARD = '{"remove_keyboard":true}'


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or document to show: `file` is Telegram's own id of it where it was sent before.

    `protected`: nobody can forward or keep it.
    """

    kind: str
    file: str | Upload
    protected: bool = False


Files = dict[str, Upload]
Request = tuple[str, dict[str, Any], Files | None]


def sending(target: Target, message: Outgoing, attachments: tuple[Attachment, ...] = ()) -> list[Request]:
    """In order; the last one carries the buttons."""
    question, rows = target.closing, message.rows
    had_keyboard = question is not None and asks_place(question.rows)
    if attachments or had_keyboard or len(message.text) > SURELY_FITS or asks_place(rows):
        return _sending(target, message, attachments, had_keyboard)
    params = {**_chat(target, message), "text": message.text}
    if rows:
        params["reply_markup"] = _inline(rows)
    return [("sendMessage", params, None)]


def closing(target: Target, message: Outgoing) -> Request | None:
    """Takes the buttons off the question just answered and shows the answer instead."""
    question = target.closing
    if question is None or target.closes is None or target.closes == target.edits:
        return None
    if not question.rows or asks_place(question.rows):  # a keyboard below the chat cannot be edited
        return None
    number, kind = _ref(target.closes)
    params = {"chat_id": target.external, "message_id": number}
    shown = _answered(question, message.answered, LONGEST_CAPTION if kind else LONGEST_TEXT)
    if shown is None:
        return "editMessageReplyMarkup", params, None
    return (
        ("editMessageCaption", {**params, "caption": shown}, None)
        if kind
        else ("editMessageText", {**params, "text": shown}, None)
    )


def editing(target: Target, message: Outgoing, attachments: tuple[Attachment, ...] = ()) -> Request | None:
    """None where Telegram could not turn the old message into this one."""
    if target.edits is None or asks_place(message.rows):
        return None
    number, kind = _ref(target.edits)
    params: dict[str, Any] = {"chat_id": target.external, "message_id": number}
    if message.rows:
        params["reply_markup"] = _inline(message.rows)
    if not attachments and not kind:
        fits = units(message.text) <= LONGEST_TEXT
        return ("editMessageText", {**params, "text": message.text}, None) if fits else None
    if not kind or units(message.text) > LONGEST_CAPTION:
        return None
    if not attachments:
        return "editMessageCaption", {**params, "caption": message.text}, None
    return _edit_media(params, message.text, attachments[-1])


def deleting(target: Target) -> list[Request]:
    """Takes earlier messages from the chat; those that are gone already are passed over."""
    numbers = sorted({_ref(each)[0] for each in target.removes})
    return [
        ("deleteMessages", {"chat_id": target.external, "message_ids": dumps(numbers[at : at + MOST_DELETED])}, None)
        for at in range(0, len(numbers), MOST_DELETED)
    ]


def ref(result: dict[str, Any]) -> str:
    """How we name a sent message: its number, and what it holds where that is not plain text."""
    kind = next((kind for kind in (PHOTO, DOCUMENT, VOICE) if kind in result), "")
    return f"{result['message_id']} {kind}".rstrip()


def asks_place(rows: Rows) -> bool:
    for row in rows:
        for button in row:
            if button.kind == "location":
                return True
    return False


def units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int = LONGEST_TEXT) -> list[str]:
    """Parts of at most `limit` units, cut between paragraphs, lines or words if that wastes less than half a part."""
    parts = []
    while units(text) > limit:
        cut = _border(text.encode("utf-16-le", "surrogatepass")[: limit * 2].decode("utf-16-le", "ignore"))
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    parts.append(text)
    return [part for part in parts if part.strip()] or [text]


def _border(head: str) -> int:
    for mark in ("\n\n", "\n", " "):
        if (at := head.rfind(mark)) >= len(head) // 2:
            return at + len(mark)
    return len(head)


def _sending(
    target: Target, message: Outgoing, attachments: tuple[Attachment, ...], had_keyboard: bool
) -> list[Request]:
    rows, text = message.rows, message.text
    requests = [_remove_keyboard(target, message)] if had_keyboard and rows and not asks_place(rows) else []
    if asks_place(rows):
        text = "\n".join((text, *(f"{link.text}: {link.data}" for link in _links(rows))))
    captioned = bool(attachments) and units(text) <= LONGEST_CAPTION
    requests += [_send_file(target, message, attachment) for attachment in attachments]
    if captioned and text:
        requests[-1][1]["caption"] = text
    elif not captioned:
        requests += [("sendMessage", {**_chat(target, message), "text": part}, None) for part in split(text)]
    if rows:
        requests[-1][1]["reply_markup"] = _markup(rows)
    elif had_keyboard:
        requests[-1][1]["reply_markup"] = NO_KEYBOARD
    return requests


def _chat(target: Target, message: Outgoing) -> dict[str, Any]:
    params: dict[str, Any] = {"chat_id": target.external}
    if message.thread is not None:
        params["message_thread_id"] = message.thread
    return params


def _remove_keyboard(target: Target, message: Outgoing) -> Request:
    """A message has room for one keyboard: where the new one has buttons, a line before it takes the old one away."""
    params = {**_chat(target, message), "text": message.answered or "✓", "reply_markup": NO_KEYBOARD}
    return "sendMessage", params, None


def _send_file(target: Target, message: Outgoing, attachment: Attachment) -> Request:
    kind, file = attachment.kind, attachment.file
    params = _chat(target, message)
    if attachment.protected:
        params["protect_content"] = "true"
    if isinstance(file, str):
        return SEND[kind], {**params, kind: file}, None
    return SEND[kind], params, {kind: file}


def _edit_media(params: dict[str, Any], caption: str, attachment: Attachment) -> Request:
    file = attachment.file
    held = file if isinstance(file, str) else "attach://file"
    media = dumps({"type": attachment.kind, "media": held, "caption": caption})
    return "editMessageMedia", {**params, "media": media}, None if isinstance(file, str) else {"file": file}


def _answered(question: Outgoing, answered: str | None, limit: int) -> str | None:
    if answered is None:
        return None
    shown = f"{split(question.text)[-1]}\n\n{answered}"
    return shown if units(shown) <= limit else None


def _markup(rows: Rows) -> str:
    return _keyboard(rows) if asks_place(rows) else _inline(rows)


def _keyboard(rows: Rows) -> str:
    keys = [[_key(button) for button in row if button.kind != "url"] for row in rows]
    return dumps({"keyboard": [row for row in keys if row], "one_time_keyboard": True, "resize_keyboard": True})


def _inline(rows: Rows) -> str:
    return dumps({"inline_keyboard": [[_button(button) for button in part] for row in rows for part in _narrow(row)]})


def _narrow(row: tuple[Button, ...]) -> list[tuple[Button, ...]]:
    if len(row) <= BUTTONS_IN_A_ROW:
        return [row]
    return [row[at : at + BUTTONS_IN_A_ROW] for at in range(0, len(row), BUTTONS_IN_A_ROW)]


def _button(button: Button) -> dict[str, str]:
    return {"text": button.text, "url" if button.kind == "url" else "callback_data": button.data}


def _key(button: Button) -> dict[str, Any]:
    """A key of the keyboard below the chat: its tap comes back as its text, or as the place where the person is."""
    return {"text": button.text, "request_location": True} if button.kind == "location" else {"text": button.text}


def _links(rows: Rows) -> list[Button]:
    return [button for row in rows for button in row if button.kind == "url"]


def _ref(ref: str) -> tuple[int, str]:
    number, _, kind = ref.partition(" ")
    return int(number), kind
