"""The announced Chinese holidays and make-up workdays that come with the program."""

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from app.core.calendars.chinese_days import AnnouncedDay, announced_days


@cache
def chinese_days() -> Mapping[date, AnnouncedDay]:
    """All rows of resources/calendars/cn_days.csv by date."""
    source = files("resources").joinpath("calendars", "cn_days.csv")
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    return MappingProxyType(announced_days(rows))
