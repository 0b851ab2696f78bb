"""The pages' own words, in the language in use. What is said in the talk comes from conversations/."""

from __future__ import annotations

from locales import _


def chat_words() -> dict[str, str]:
    return {
        "name": _("Mrgvali"),
        "title": _("Mrgvali: the village's voice"),
        "talk": _("Our talk"),
        "write": _("Write here…"),
        "send": _("Send"),
        "needed": _("needed"),
        "menu": _("Menu"),
        "back": _("Back"),
        "photo": _("Send a photo or a file"),
        "place": _("Send where I am"),
        "you": _("You"),
        "new": _("New messages"),
        "picture": _("Picture"),
        "document": _("Open the document"),
        "voice": _("Recording"),
        "stop": _("■ Stop and send"),
        "no_microphone": _("I cannot reach the microphone. Please write it, or send a recording from your phone."),
        "connected": _("Connected"),
        "connecting": _("Connecting…"),
        "offline": _("No connection. Whatever you write is kept and goes out by itself."),
        "waiting": _("Waiting for the connection"),
        "sending": _("Sending…"),
        "writing": _("Mrgvali is writing"),
        "location": _("My location"),
        "no_place": _("Your phone did not tell us where you are. You can write the name of the place instead."),
        "file_failed": _("It did not go through. Please try again."),
        "again": _("Try again"),
        "no_script": _("This chat needs JavaScript. Please switch it on in your browser, or write to us on Telegram."),
    }


def refusal(error: str) -> str:
    return {
        "too_fast": _("That was a little fast. Please wait a moment; nothing is lost."),
        "too_many_new": _(
            "Many people have just come from where you are. Please wait a minute; what you wrote is kept here and goes "
            "out by itself."
        ),
        "too_many": _("This chat is open in too many windows. Please close one of them."),
        "too_large": _("This is too large for us. A photo or a file may have up to 10 megabytes."),
        "too_slow": _("Your message did not arrive whole. Please send it once more."),
        "broken": _("Something went wrong on our side. Please send it once more."),
        "no_session": _("Please open this page again, and allow it to keep a cookie: it is how we know you next time."),
        "origin": _("This came from another page, so we did not take it."),
        "not_json": _("We could not read this message. Please write it again."),
        "malformed": _("We could not read this message. Please write it again."),
        "not_a_picture": _("We cannot open this picture. Please send it as a JPEG or PNG."),
        "not_a_voice": _("We cannot hear this recording. Please say it once more, or write it."),
        "not_a_document": _("We cannot take this kind of file. Please send a list as CSV."),
        "later": _("We cannot take your message just now. It is kept here and goes out by itself."),
        "unknown": _("There is nothing here."),
        "busy": _("The clock is moving already. Please wait a moment."),
    }[error]


def refusal_words() -> dict[str, str]:
    return {
        "first": _("Mrgvali"),
        "board": _("Promises to the villages"),
        "chat": _("Tell what your village needs"),
    }


def demo_words() -> dict[str, str]:
    return {
        "name": _("Mrgvali"),
        "title": _("Mrgvali: from a need to a kept promise"),
        "lead": _(
            "A village says what it needs. "
            "Mrgvali carries it in a simple chat to the round table, and on until the promise is kept."
        ),
        "skip": _("To the phones"),
        "phones": _("Four phones"),
        "resident": _("Resident"),
        "leader": _("Group leader"),
        "official": _("Official"),
        "coordinator": _("Coordinator"),
        "resident_line": _("says what the village needs"),
        "leader_line": _("reads, releases and follows up"),
        "official_line": _("promises and reports"),
        "coordinator_line": _("opens polls, calls trainings"),
        "calendar": _("Calendar of the village"),
        "today": _("Today in the village"),
        "day": _("A day later"),
        "week": _("A week later"),
        "next": _("To the next event"),
        "reset": _("Start over"),
        "sure": _("Start the village's year from the beginning?"),
        "moving": _("Time is passing…"),
        "failed": _("That did not work. Please try again."),
        "hint": _(
            "Everything here is real: write in any of the phones, then move the calendar and watch what arrives."
        ),
        "ring": _("The ring of eight steps"),
        "invented": _("The villages are real; the people, their words and the promises are invented."),
        "language": _("Language"),
    }
