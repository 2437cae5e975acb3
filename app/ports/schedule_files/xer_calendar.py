"""The `clndr_data` text of a P6 calendar: nested `(0||name(attributes)(children))` nodes."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.core.schedule.work_calendar import (
    MINUTES_PER_DAY,
    Shift,
    Shifts,
    WorkCalendar,
    merged_shifts,
)
from app.ports.schedule_files.faults import Faults

_TOKEN = re.compile(r"[()]|[^()]+")
_BLANK = re.compile(r"[\s\x7f]+")
_TIME = re.compile(r"(\d{1,2}):(\d\d)", re.A)
_SERIAL_ORIGIN = date(1899, 12, 30)
_LAST_SERIAL = 109_575  # 2199-12-31
_MAX_DEPTH = 12
_SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)


@dataclass(slots=True)
class _Node:
    name: str = ""
    attributes: str = ""
    children: list["_Node"] = field(default_factory=list)


class _Malformed(Exception):
    pass


def read_clndr_data(
    text: str, calendar_id: str, name: str, base: WorkCalendar | None, where: str, faults: Faults
) -> WorkCalendar | None:
    """The calendar; days that it leaves out are `base`'s. None for a (noted) faulty text."""
    try:
        root = _tree(_BLANK.sub("", text)) if text.strip() else _Node()
        week = _week(root, base)
        exceptions = dict(base.exceptions) if base else {}
        for node in _child(root, "Exceptions").children:
            exceptions[_exception_date(node)] = _shifts(node)
    except _Malformed:
        faults.add("bad_calendar", where, calendar=name)
        return None
    return WorkCalendar(calendar_id, name, week, tuple(sorted(exceptions.items())))


def _tree(text: str) -> _Node:
    """Node := '(' name '(' [attributes] ')' '(' node* ')' ')'."""
    tokens = _TOKEN.findall(text)
    root, at = _node(tokens, 0, 0)
    if at != len(tokens):
        raise _Malformed
    return root


def _node(tokens: list[str], at: int, depth: int) -> tuple[_Node, int]:
    if depth > _MAX_DEPTH:
        raise _Malformed
    node = _Node()
    at = _expect(tokens, at, "(")
    node.name, at = _text(tokens, at)
    at = _expect(tokens, at, "(")
    node.attributes, at = _text(tokens, at)
    at = _expect(tokens, at, ")")
    at = _expect(tokens, at, "(")
    while at < len(tokens) and tokens[at] == "(":
        child, at = _node(tokens, at, depth + 1)
        node.children.append(child)
    at = _expect(tokens, at, ")")
    return node, _expect(tokens, at, ")")


def _expect(tokens: list[str], at: int, token: str) -> int:
    if at >= len(tokens) or tokens[at] != token:
        raise _Malformed
    return at + 1


def _text(tokens: list[str], at: int) -> tuple[str, int]:
    if at < len(tokens) and tokens[at] not in "()":
        return tokens[at], at + 1
    return "", at


def _child(node: _Node, name: str) -> _Node:
    for child in node.children:
        if child.name.rpartition("||")[2] == name:
            return child
    return _Node()


def _week(root: _Node, base: WorkCalendar | None) -> tuple[Shifts, ...]:
    week: list[Shifts] = list(base.week) if base else [()] * 7
    for node in _child(root, "DaysOfWeek").children:
        number = node.name.rpartition("||")[2]
        if number not in ("1", "2", "3", "4", "5", "6", "7"):
            raise _Malformed
        week[_SUNDAY_FIRST[int(number) - 1]] = _shifts(node)
    return tuple(week)


def _exception_date(node: _Node) -> date:
    parts = node.attributes.split("|")
    serial = parts[parts.index("d") + 1] if "d" in parts[:-1] else ""
    if not (serial.isascii() and serial.isdigit() and len(serial) < 7):
        raise _Malformed
    if not 1 <= int(serial) <= _LAST_SERIAL:
        raise _Malformed
    return _SERIAL_ORIGIN + timedelta(days=int(serial))


def _shifts(node: _Node) -> Shifts:
    return merged_shifts([_shift(child.attributes) for child in node.children])


def _shift(attributes: str) -> Shift:
    parts = attributes.split("|")
    times = dict(zip(parts[::2], parts[1::2], strict=False))
    begin, end = _minute(times.get("s", "")), _minute(times.get("f", ""))
    if end == 0:
        end = MINUTES_PER_DAY  # midnight closes the day
    if begin >= end:
        raise _Malformed
    return begin, end


def _minute(text: str) -> int:
    match = _TIME.fullmatch(text)
    if match is None:
        raise _Malformed
    minute = int(match[1]) * 60 + int(match[2])
    if int(match[2]) > 59 or minute > MINUTES_PER_DAY:
        raise _Malformed
    return minute
