"""A round table as a calendar file (.ics), for the calendar of a phone or an office."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from domain.meetings.record import Record
from publish import meeting_words

MIME = "text/calendar"
HOUR = timedelta(hours=1)  # the least that is held free


def file(record: Record, zone: ZoneInfo, now: datetime) -> bytes:
    """In the language in use. The same meeting keeps its uid, so that a moved one moves in the calendar too."""
    starts = record.starts_at.astimezone(zone)
    lasts = max(HOUR, timedelta(minutes=sum(each.minutes for each in record.items)))
    event = Event.new(
        uid=f"meeting-{record.id}@mrgvali",
        sequence=record.entries,
        stamp=now,
        start=starts,
        end=starts + lasts,
        summary=meeting_words.title(record),
        location=record.place,
        description="\n".join(meeting_words.numbered(record)),
    )
    made = Calendar.new(subcomponents=[event], prodid="-//Mrgvali//Round table//KA")
    made.add_missing_timezones()
    return bytes(made.to_ical())
