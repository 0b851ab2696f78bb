"""The words of minutes, as both papers show them: the form that offices keep, filled from a version's body.

Shown as they were entered: what people said is only ever put between our own words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from domain import codes
from domain.minutes_body import Amended, Answer, Body, Item, Names, Present, Promised, Receiver, Said, Vote
from locales import _, current, ngettext
from publish import minutes_words as words
from publish import need_words
from publish.day_words import day

BEFOREHAND = "beforehand"


def form(body: Body, *, phase: str, version: int, proof: Proof | None = None) -> dict[str, Any]:
    """`data` of the template minutes.typ, and what a form for Word is filled with, in the language in use."""
    return {
        "lang": current(),
        "draft": words.phase_note(phase, body.get("until")),
        "title": title(body),
        "subtitle": subtitle(body),
        "day": day(date.fromisoformat(body["day"])),
        "place": body["place"],
        "facts": _facts(body, version),
        "heads": words.heads(),
        "attended": _attended(body["present"]),
        "counted": counted(body["present"]),
        "absent": [_line(each["name"], each["office"], each["reason"]) for each in body["absent"]],
        "agenda": _agenda(body["items"]),
        "items": [_item(item, body["amendments"]) for item in body["items"]],
        "decided_heads": words.decided_heads(),
        "notes": _notes(body, phase),
        "annexes": body["annexes"],
        "signatures": [
            {"label": _("Chair"), "words": body["chair"]},
            {"label": _("Secretary"), "words": body["secretary"]},
        ],
        "sent": _sent(body),
        "foot": title(body) if proof is None else f"{title(body)} · {proof.words()}",
        "proof": [] if proof is None else proof.lines(),
        "qr": "",
    }


class Proof:
    """What makes a paper verifiable: printed on it, and looked up at `url`."""

    def __init__(self, code: str, sha256: str, url: str) -> None:
        self.code, self.sha256, self.url = code, sha256, url

    def words(self) -> str:
        return _("Number to verify: {code}").format(code=codes.shown(self.code))

    def lines(self) -> list[str]:
        ask = _("Whether this paper is genuine and the newest: {url}").format(url=f"\n{self.url}")
        return [ask, self.words(), _("Fingerprint of what it says: {hash}").format(hash=self.sha256)]


def title(body: Body) -> str:
    return _("Minutes No. {number}").format(number=body["number"])


def subtitle(body: Body) -> str:
    words = _("Round table of {municipality} and its communities")
    return words.format(municipality=named(body["municipality"]))


def named(names: Names) -> str:
    return names.get(current()) or next(iter(names.values()), "")


def _facts(body: Body, version: int) -> list[dict[str, str]]:
    facts = [
        (_("Municipality"), named(body["municipality"])),
        (_("Communities"), ", ".join(named(each) for each in body["communities"])),
        (_("Place"), body["place"]),
        (_("Began, ended"), " – ".join(part for part in (body["begins"], body["ends"]) if part)),
        (_("Chair"), body["chair"]),
        (_("Secretary"), body["secretary"]),
        (_("Version"), str(version)),
    ]
    return [{"label": label, "words": said} for label, said in facts if said]


def _attended(present: Sequence[Present]) -> dict[str, Any]:
    sides = words.sides()
    rows = [[str(number), each["name"], each["office"], sides[each["side"]]] for number, each in enumerate(present, 1)]
    return {"heads": ["№", _("Name and surname"), _("Office"), _("Stands for")], "rows": rows}


def counted(present: Sequence[Present]) -> list[str]:
    """Women and men as they were counted in the room, in public."""
    if not present:
        return [_("Nobody was written down as present.")]
    of = Counter(each["sex"] for each in present)
    line = ngettext("{count} person was present.", "{count} people were present.", len(present))
    split = _("Women: {women}, men: {men}.").format(women=of["woman"], men=of["man"])
    return [f"{line.format(count=len(present))} {split}"]


def _agenda(items: Sequence[Item]) -> dict[str, Any]:
    rows = [
        [str(item["number"]), heading(item), item["presented_by"], _("{count} min").format(count=item["minutes"])]
        for item in items
    ]
    return {"heads": ["№", _("Issue"), _("Presented by"), _("Time")], "rows": rows}


def heading(item: Item) -> str:
    where, what = named(item["where"]), item["words"] or need_words.kind(item["kind"])
    return f"{where}: {what}" if where else what


def _item(item: Item, amendments: Sequence[Amended]) -> dict[str, Any]:
    """What chair and secretary took in stands where it belongs."""
    taken = [each for each in amendments if each["accepted"] and each["item"] == item["number"]]
    label = _("Amended: chair and secretary took it in")
    lines = [f"{_line(each['name'], each['office'])}: {each['words']}" for each in taken]
    number = _("Issue {number}").format(number=item["number"])
    return {
        "title": f"{number}. {heading(item)}",
        "parts": [part for part in (*_parts(item), {"label": label, "lines": lines}) if part["lines"]],
        "decided": {
            "heads": words.decided_heads(),
            "rows": [_promise(*each) for each in enumerate(item["promises"], 1)],
        },
    }


def _parts(item: Item) -> Iterable[dict[str, Any]]:
    heads = words.heads()
    asked = _("What is asked: {words}").format(words=item["asked"]) if item["asked"] else ""
    heard = [item["presented_by"], item["heard"], asked]
    written = [each for each in item["answers"] if each["source"] == BEFOREHAND]
    answers = [each for each in item["answers"] if each["source"] != BEFOREHAND]
    yield {"label": heads["heard"], "lines": [line for line in heard if line]}
    yield {"label": heads["written"], "lines": [_answer(each) for each in written]}
    yield {"label": heads["said"], "lines": [*(_said(each) for each in item["said"]), *_spoke(item)]}
    yield {"label": heads["voted"], "lines": [_vote(each) for each in item["votes"]]}
    yield {"label": heads["answered"], "lines": [_answer(each) for each in answers]}


def _spoke(item: Item) -> list[str]:
    spoke = item["spoke"]
    if not any(spoke.values()):
        return []
    line = _("Spoke to it: women {women}, men {men}.")
    return [line.format(women=spoke.get("woman", 0), men=spoke.get("man", 0))]


def _said(said: Said) -> str:
    line = f"{said['name']}: {said['words']}" if said["name"] else said["words"]
    return line if not said["answer"] else _("{question} Answer: {answer}").format(question=line, answer=said["answer"])


def _vote(vote: Vote) -> str:
    line = _("In favour: {in_favour}, against: {against}, abstained: {abstained}.")
    counts = line.format(**{name: vote[name] for name in ("in_favour", "against", "abstained")})
    return " – ".join(filter(None, [vote["words"], counts]))


def _answer(answer: Answer) -> str:
    who = _line(answer["name"], answer["office"])
    parts = [words.answer(answer["answer"], answer["whose"]), answer["words"], words.counted(answer)]
    line = " ".join(part for part in parts if part)
    source = words.source(answer["source"], answer["registry"])
    return f"{who or words.sides()[answer['side']]}: {line} {source}".strip()


def _promise(number: int, promise: Promised) -> list[str]:
    due = words.due(promise["due"], promise["due_on"])
    confirmed = words.confirmed(promise["confirmed"])
    said = f"„{promise['words']}“" if current() == "ka" else f"“{promise['words']}”"
    who = _line(promise["name"], promise["office"])
    return [str(number), f"{said}\n{confirmed}".strip(), who, due, promise["money"] or "–", promise["check"] or "–"]


def _notes(body: Body, phase: str) -> list[dict[str, Any]]:
    """What was said to the draft. That nobody said anything is put down as that, and as nothing more."""
    taken, refused = ([each for each in body["amendments"] if each["accepted"] is ok] for ok in (True, False))
    notes = []
    whole = [amended(each) for each in taken if each["item"] is None]
    if whole:
        notes.append({"label": _("Amendments that chair and secretary took in"), "lines": whole})
    if refused:
        head = _("Amendments that were not taken in: the authors' own words")
        notes.append({"label": head, "lines": [amended(each) for each in refused]})
    if phase == "locked" and not body["amendments"] and "until" in body:
        line = _("Those who attended could object until {day}. No objection was raised.")
        lines = [line.format(day=day(date.fromisoformat(body["until"])))]
        notes.append({"label": _("Objections"), "lines": lines})
    return notes


def amended(each: Amended) -> str:
    to = _("to issue {number}").format(number=each["item"]) if each["item"] else _("to the whole")
    line = f"{_line(each['name'], each['office'])}, {to}: {each['words']}"
    why = _("Why it was not taken in: {reason}").format(reason=each["reason"]) if each["reason"] else ""
    return f"{line}\n{why}".strip()


def receiver(name: str, office: str) -> str:
    """Who is to have them; an office that is no one's account is called by what it is."""
    return _line(name, office) if name else words.unheld().get(office, office)


def _sent(body: Body) -> dict[str, Any]:
    rows = [[str(number), *_receiver(each), ""] for number, each in enumerate(body["sent_to"], 1)]
    return {"heads": ["№", _("Name and surname"), _("Office"), _("Received, registry number")], "rows": rows}


def _receiver(each: Receiver) -> tuple[str, str]:
    return (each["name"], each["office"]) if each["name"] else (receiver("", each["office"]), "")


def _line(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
