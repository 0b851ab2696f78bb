"""The words of the page that verifies a paper, in the language in use."""

from __future__ import annotations

from locales import _


def verify_words() -> dict[str, str]:
    return {
        "name": _("Mrgvali"),
        "first": _("Is this paper genuine?"),
        "languages": _("Language"),
        "ask": _("Type the number that stands on the paper."),
        "code": _("Number"),
        "look": _("Look it up"),
        "unknown": _("There is no paper with this number. Please look at it again."),
        "current": _("This is the newest version."),
        "replaced": _("A newer version has taken its place."),
        "newer": _("Show the newer one"),
        "added": _("What was added to it:"),
        "version": _("Version"),
        "made": _("Made"),
        "fingerprint": _("Fingerprint of what it says (SHA-256)"),
        "choose": _("Have you been sent a file? Choose it, and see whether anything in it was changed."),
        "compare": _("Compare"),
        "same": _("This file is exactly the one that was handed out."),
        "other": _(
            "This file is not the one that was handed out: something in it was changed, or it is another version. "
            "A paper that was printed and scanned is also another file; compare its text with the one you were sent."
        ),
        "stays": _("The file is not kept; only its fingerprint is compared."),
    }
