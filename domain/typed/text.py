"""Text as people type it, made fit to keep: nothing invisible, one spelling for one letter, a bounded length."""

import re
import unicodedata

from domain.refusal import Refused

LONGEST = 4000
# Beyond this nothing is looked at closely: putting tens of thousands of accents in order takes seconds, in which
# nobody else would be answered.
READABLE = 2 * LONGEST

# A joiner holds an emoji together (a family, a flag) only between two pictures; anywhere else it hides something.
_PICTURE = "\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff"
_JOINER = re.compile(f"(?<![{_PICTURE}])\u200d|\u200d(?![{_PICTURE}])")
_TAGS = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]+")
_NEWLINE = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACE = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Controls, halves of letters, direction marks, fillers that show as nothing.
_UNSEEN = re.compile(
    "[\0-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e001f]"
)
_BLANK_LINES = re.compile(r"(?<! ) *\n[ \n]*\n *")  # from the first space on: else each of a thousand is tried
_UNMARKED = str.maketrans("əığşçöü", "eigscou")
_MTAVRULI = {0x1C90 + n: 0x10D0 + n for n in (*range(43), 45, 46, 47)}


class TooLong(Refused):
    """More letters than may be kept; never cut silently."""

    def __init__(self, length: int, longest: int) -> None:
        super().__init__("text_too_long", length=length, longest=longest)
        self.length, self.longest = length, longest


def clean(raw: str, *, longest: int = LONGEST) -> str:
    """Whole or refused, never cut; may be empty; cleaning twice changes nothing."""
    if len(raw) > max(READABLE, longest):
        raise TooLong(len(raw), longest)
    text = raw.strip(" ") if raw.isascii() and raw.isprintable() else _visible(raw)
    if len(text) > longest:
        raise TooLong(len(text), longest)
    return text


def _visible(raw: str) -> str:
    text = _SPACE.sub(" ", _NEWLINE.sub("\n", raw))
    text = _TAGS.sub("", _JOINER.sub("", _UNSEEN.sub("", text)))
    text = unicodedata.normalize("NFC", text.translate(_MTAVRULI))
    text = _BLANK_LINES.sub("\n\n", text).strip(" \n")
    return text if any(unicodedata.category(letter)[0] not in "MC" for letter in text) else ""


def folded(raw: str) -> str:
    """For comparing, never for showing: one line, one space between words, no capitals; nothing is this long."""
    # İ becomes an i with a dot above it, which no keyboard types.
    return " ".join(_visible(raw[:READABLE]).casefold().replace("i\u0307", "i").split())


def unmarked(text: str) -> str:
    """A `folded` text in Azerbaijani as it comes from a phone that has no ə, ş or ı; other scripts stay as they are."""
    return text.translate(_UNMARKED)
