"""The plans of the sample company, unrolled for each floor or section of a project."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

from app.core.schedule.network import LinkType

_LINK = re.compile(r"^(?P<key>[a-z0-9]+?)(?::(?P<type>FS|SS|FF|SF))?(?P<lag>[+-]\d+)?$")


@dataclass(frozen=True, slots=True)
class SampleLink:
    """What a row follows; lag in days."""

    key: str
    type: LinkType
    lag: int


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A row below a section; no days make a milestone."""

    key: str
    section: str
    name: str
    days: int
    after: tuple[SampleLink, ...]


def load_sample(name: str) -> Any:
    """A file of resources/sample."""
    source = files("resources").joinpath("sample", f"{name}.zh_CN.json")
    return json.loads(source.read_text(encoding="utf-8"))


def unrolled(sections: list[dict[str, Any]], floors: int) -> list[SampleRow]:
    """All rows of a plan. A link to a row that this plan does not have is left out; the last row
    follows everything that nothing else follows, so that no end is open."""
    rows = [row for section in sections for row in _section(section, floors)]
    known = {row.key for row in rows}
    rows = [
        replace(row, after=tuple(link for link in row.after if link.key in known)) for row in rows
    ]
    followed = {link.key for row in rows for link in row.after}
    loose = [row.key for row in rows[:-1] if row.key not in followed]
    ends = tuple(SampleLink(key, LinkType.FS, 0) for key in loose)
    return [*rows[:-1], replace(rows[-1], after=(*rows[-1].after, *ends))]


def _section(section: dict[str, Any], floors: int) -> Iterator[SampleRow]:
    times = range(1, floors + 1) if "repeat" in section else range(1)
    for n in times:
        words = {"n": n, "p": n - 1, "floors": floors, "half": max(1, floors // 2)}
        for row in section["rows"]:
            yield SampleRow(
                row["key"].format_map(words),
                section["section"].format_map(words),
                row["name"].format_map(words),
                row["days"],
                tuple(_link(link, words) for link in row["after"]),
            )


def _link(written: str, words: Mapping[str, int]) -> SampleLink:
    found = _LINK.match(written.format_map(words))
    if found is None:
        raise ValueError(written)
    return SampleLink(found["key"], LinkType(found["type"] or "FS"), int(found["lag"] or 0))
