"""The letter that takes the issues to the municipality when it did not come to the table."""

from __future__ import annotations

from datetime import date

from domain.meetings.record import Item, Record
from locales import _
from publish import meeting_words
from publish.day_words import day as in_words
from publish.letters import LINE
from publish.word_paper import RIGHT, WordPaper


def file(record: Record, municipality: str, day: date) -> bytes:
    """A .docx in the language in use, to be signed and handed in at the chancellery."""
    paper = WordPaper()
    paper.say(_("To the mayor of {municipality}").format(municipality=municipality), RIGHT)
    paper.say(_("To the council of {municipality}").format(municipality=municipality), RIGHT)
    paper.title(_("Issues that wait for an answer"))
    held = _("You were invited to a round table on {day}, {place}. It could not answer these issues, so we write them.")
    paper.say(held.format(day=in_words(record.starts_at.date()), place=record.place))
    for number, item in enumerate(record.items, start=1):
        _issue(paper, number, item)
    paper.say(
        _("Please answer each issue in writing: yes, in part, no, or whose it is; by when, and from which money.")
    )
    paper.say(_("Date: {day}").format(day=in_words(day)))
    paper.say(_("Signature: {line}").format(line=LINE))
    paper.say(_("Registered in the chancellery under No {line}").format(line=LINE))
    return paper.file()


def _issue(paper: WordPaper, number: int, item: Item) -> None:
    paper.heading(f"{number}. {meeting_words.issue(item)}")
    if item.asked:
        paper.say(_("What is asked: {words}").format(words=item.asked))
