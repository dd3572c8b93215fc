"""A calendar as a file after RFC 5545, written by the library `icalendar`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from icalendar import Alarm, Calendar, Event

from luming.punctuation import full_width_outside_quotes
from luming_portal.deadlines.entry import Entry

CONTENT_TYPE = "text/calendar; charset=utf-8"
_BEFORE = dt.timedelta(days=-1)
_REFRESH = dt.timedelta(hours=6)


def calendar_file(
    entries: Sequence[Entry], labels: Mapping[str, str], *, name: str, site: str, now: dt.datetime
) -> bytes:
    """The calendar.

    Args:
        labels: of the kinds, by their key.
        site: address of the site, "" where it is not known; events lead there.
        now: when it was made.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Luming//Calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, labels.get(entry.kind, entry.kind), site, now))
    written: bytes = calendar.to_ical()
    return written


def _event(entry: Entry, label: str, site: str, now: dt.datetime) -> Any:
    event = Event()
    event.add("uid", f"{entry.uid}@luming")
    event.add("dtstamp", now.astimezone(dt.UTC))
    mark = "".join(("【演示】" if entry.demo else "", "【逾期】" if entry.over else ""))
    event.add("summary", mark + _set(f"{label}:{entry.title}"))
    if entry.moment is not None:
        event.add("dtstart", entry.moment.astimezone(dt.UTC))
    else:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + dt.timedelta(days=1))
    if entry.note:
        event.add("description", _set(entry.note))
    if site and entry.href:
        event.add("url", site + entry.href)
    event.add("categories", [label])
    event.add("transp", "TRANSPARENT")
    if not entry.over:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _set(entry.title))
        alarm.add("trigger", _BEFORE)
        event.add_component(alarm)
    return event


def _set(text: str) -> str:
    """Full-width marks, and no character that the format does not hold."""
    plain = "".join(sign for sign in text if sign.isprintable() or sign == "\n")
    return full_width_outside_quotes(plain)
