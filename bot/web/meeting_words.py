"""The words of the live desk, in the language in use."""

from __future__ import annotations

from domain.meetings.record import Answer, Counted, Side
from domain.people import Sex
from locales import _
from publish import meeting_words as said


def choices() -> dict[str, list[tuple[str, str]]]:
    return {
        "side": [(each.value, said.side(each)) for each in Side],
        "branch": [(each.value, said.side(each)) for each in (Side.EXECUTIVE, Side.ELECTED)],
        "sex": [(each.value, said.sex(each)) for each in Sex],
        "answer": [(each.value, said.answer(each)) for each in Answer],
        "counted": [(each.value, said.counted(each)) for each in Counted],
    }


def meeting_words() -> dict[str, str]:
    return _desk() | _item() | _promise()


def meeting_door_words() -> dict[str, str]:
    """In place of those about sorting."""
    return {
        "workspace": _("The round table's desk"),
        "door": _("Come in to write down what is said at the round table. Your link opens once."),
        "no_pass": _("To come in, open the chat with Mrgvali, press /menu, then “The round table's desk”."),
    }


def _desk() -> dict[str, str]:
    return {
        "desk": _("The round table's desk"),
        "all_sent": _("Everything is kept"),
        "kept_here": _("Kept here, will be sent"),
        "no_script": _("This page needs JavaScript: it keeps what you type while there is no connection."),
        "sign_in": _("Your visit is over. What you typed is kept here: open the desk from the chat once more."),
        "not_taken": _("Not taken"),
        "open": _("Begin the meeting"),
        "close": _("End the meeting"),
        "sure_close": _("End the meeting? You can go on correcting until the minutes are closed."),
        "sent_by": _("in the place of {name}"),
        "not_listed": _("{name} is not on the list of those present."),
        "not_held": _("The meeting was not held: its issues went another way."),
        "over": _(
            "The meeting is over. What stands can be corrected until the minutes are locked. Next, open the minutes: "
            "they are in the menu of the chat."
        ),
        "chair": _("Chair"),
        "secretary": _("Secretary"),
        "save": _("Save"),
        "present": _("Who is here"),
        "invited": _("Invited"),
        "somebody": _("Somebody else"),
        "name": _("Name"),
        "office": _("Office"),
        "side": _("Side"),
        "sex": _("Woman or man"),
        "here": _("Is here"),
        "code": _("Code"),
        "screen": _("Show the code on a screen"),
        "strike": _("Take out"),
        "scan": _("Were you here? Scan this, or write the code to Mrgvali"),
    }


def _item() -> dict[str, str]:
    return {
        "asked": _("What is asked"),
        "presented": _("Who presents it"),
        "heard": _("What was heard"),
        "opinion": _("An opinion"),
        "question": _("A question"),
        "reply": _("The answer to it"),
        "reply_name": _("Who answered"),
        "vote": _("A vote"),
        "about": _("On what"),
        "in_favour": _("For"),
        "against": _("Against"),
        "abstained": _("Abstained"),
        "answer": _("Answer of the municipality"),
        "branch": _("Whose answer"),
        "how": _("What they answered"),
        "words": _("In their words"),
        "whose": _("If not theirs: whose"),
        "counted": _("Where it will be counted"),
        "year": _("Year"),
        "programme": _("Programme"),
        "unknown": _("not said"),
        "add": _("Write down"),
    }


def _promise() -> dict[str, str]:
    return {
        "promise": _("A promise"),
        "verbatim": _("Word for word"),
        "by_when": _("By when"),
        "a_day": _("A day was named"),
        "no_time": _("No time was named"),
        "day": _("Day"),
        "money": _("How much money"),
        "money_source": _("Where the money comes from"),
        "check": _("How it will be checked"),
        "read_it": _("Read it aloud:"),
        "definite": _("Make it definite"),
        "record": _("🎤 Record how it is said"),
        "stop": _("⏹ Stop"),
        "recorded": _("Recorded. It is kept beside the words."),
        "take_file": _("or choose a recording of this phone"),
        "no_microphone": _("I cannot reach the microphone. You can choose a recording of this phone instead."),
        "drop": _("Without the recording"),
        "vague": _("Not definite yet. Ask:"),
        "confirmed": _("The speaker confirmed"),
        "corrected": _("The speaker corrected"),
        "not_asked": _("Was not asked"),
        "corrected_words": _("As the speaker put it"),
    }
