"""Labels without the marks for bold and colour that XLSForm allows, which a chat or a table would show as they are."""

import re

_TAGS = re.compile(r"<[^>\n]{1,200}>")
_MARKS = re.compile(r"\*\*|__|(?m:^#{1,6} )")


def plain(label: str) -> str:
    return _MARKS.sub("", _TAGS.sub("", label)).strip()
