"""The words and buttons that work everywhere: menu, back, cancel, help, language, my data, forget."""

from __future__ import annotations

from conversations import tap
from conversations.message import Incoming
from domain.typed.text import folded, unmarked

MENU, BACK, CANCEL, HELP, LANGUAGE, MYDATA, FORGET = "menu", "back", "cancel", "help", "language", "mydata", "forget"

# Understood in every language at once: a person may speak one and have chosen another.
WORDS = {
    MENU: ("menu", "მენიუ", "menyu", "меню", "մենյու"),
    BACK: ("back", "უკან", "დაბრუნება", "geri", "назад", "հետ"),
    CANCEL: ("cancel", "stop", "გაუქმება", "ləğv et", "dayandır", "отмена", "չեղարկել"),
    HELP: ("help", "დახმარება", "kömək", "помощь", "օգնություն"),
    LANGUAGE: ("language", "ენა", "dil", "язык", "լեզու"),
    MYDATA: ("my data", "ჩემი მონაცემები", "məlumatlarım", "mənim məlumatlarım", "мои данные", "իմ տվյալները"),
    FORGET: ("forget me", "დამივიწყე", "məni unut", "забудь меня", "մոռացիր ինձ"),
}
SKIP_WORDS = ("skip", "გამოტოვება", "keç", "пропустить", "բաց թողնել")
# As people say it to a neighbour, not only as our buttons do.
YES_WORDS = ("yes", "კი", "დიახ", "ხო", "ჰო", "bəli", "hə", "да", "այո")
NO_WORDS = ("no", "არა", "xeyr", "yox", "нет", "ոչ")

_COMMANDS = {unmarked(word): command for command, words in WORDS.items() for word in words}
_COMMANDS |= {f"/{name}": name for name in WORDS} | {"/start": MENU}  # typed by hand, with no link behind it


def command(text: str) -> str | None:
    """The command that these words are, and nothing else: "/menu", "/menu@our_bot", "უკან", "← უკან"."""
    words = _heard(text.strip().lstrip("←✕☰ "))
    if words.startswith("/"):
        words = words.split()[0].partition("@")[0]
    return _COMMANDS.get(words)


def skips(message: Incoming, label: bool | str) -> bool:
    """`label` is what the question's own button for it says: a key below the chat comes back as its words."""
    if message.tap is not None:
        return message.tap.endswith(f":{tap.SKIP}")
    words = (message.text or "").strip()
    return words != "" and (words == label or _among(words, SKIP_WORDS))


def says_yes(text: str) -> bool:
    return _among(text, YES_WORDS)


def says_no(text: str) -> bool:
    return _among(text, NO_WORDS)


def _among(text: str, words: tuple[str, ...]) -> bool:
    return _heard(text) in map(unmarked, words)


def _heard(text: str) -> str:
    """Without capitals and, as many phones type Azerbaijani, without its marks: "DAYANDIR", "komek"."""
    return unmarked(folded(text))
