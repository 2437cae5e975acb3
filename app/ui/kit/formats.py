"""How dates, durations, numbers and money are written for people."""

from datetime import date, datetime, tzinfo
from decimal import ROUND_HALF_EVEN, Decimal

from app.ui.kit.text import tr

MINUS = "-"
NOTHING = "–"


def say_date(day: date | None, *, short: bool = False) -> str:
    """2026-03-24, or 03-24 when short; a dash for none."""
    if day is None:
        return NOTHING
    return f"{day:%m-%d}" if short else f"{day:%Y-%m-%d}"


def say_time(moment: datetime | None, zone: tzinfo | None = None, *, day: bool = True) -> str:
    """2026-03-24 09:12 in a zone (the desk's when none); the time alone without `day`."""
    if moment is None:
        return NOTHING
    there = moment.astimezone(zone)
    return f"{there:%Y-%m-%d %H:%M}" if day else f"{there:%H:%M}"


def say_number(number: Decimal | int | None, places: int | None = None) -> str:
    """Thousands grouped; trailing zeros dropped unless `places` is given."""
    if number is None:
        return NOTHING
    if isinstance(number, int):
        return f"{number:,}"
    if places is not None:
        return f"{_rounded(number, places):,f}"
    written = f"{number:,f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def say_money(yuan: Decimal | None, *, sign: bool = False) -> str:
    """12,345.60; with ¥ in front when `sign`; a negative amount has a minus before everything."""
    if yuan is None:
        return NOTHING
    amount = _rounded(yuan, 2)
    minus = MINUS if amount < 0 else ""
    mark = "¥" if sign else ""
    return f"{minus}{mark}{abs(amount):,f}"


def say_percent(share: Decimal | None, places: int = 0) -> str:
    """A share 0..1 as 34%."""
    return NOTHING if share is None else f"{_rounded(share * 100, places):,f}%"


def say_days(minutes: int | None, minutes_a_day: int, *, unit: bool = True) -> str:
    """Working minutes as days with at most one decimal place; "15 天" or, bare, "15"."""
    if minutes is None:
        return NOTHING
    days = _rounded(Decimal(minutes) / Decimal(minutes_a_day), 1)
    number = say_number(days)
    return tr("kit.days", count=number) if unit else number


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN) + 0
