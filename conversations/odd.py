"""What is said to something that is no answer, whatever the question is."""

from __future__ import annotations

import re

from conversations.message import Incoming
from locales import _

COMMAND = re.compile(r"/[A-Za-z_]\w*(@\w+)?(\s.*)?", re.DOTALL)


def words(message: Incoming) -> str | None:
    """None where the question itself says best what it waits for."""
    if message.shared:
        return _("I need no phone numbers, and have not kept this one.")
    if message.odd == "edited_message":
        return _("I keep what you wrote first. To change your last answer: /back")
    if message.odd == "forward":
        return _("Somebody else wrote that. Please tell me in your own words.")
    if message.text is not None and COMMAND.fullmatch(message.text):
        return _("I do not know that command. All that I know are here: /help")
    return None
