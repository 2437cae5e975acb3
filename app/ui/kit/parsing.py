"""What people type, as values. Every function raises ValueError for what cannot be meant."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

LONGEST_NUMBER = 32
_NOT_DATE = re.compile(r"[^\d]+")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－＋／", "0123456789.,-+/")


def parse_number(typed: str) -> Decimal:
    """Grouped, full-width, with ¥ or in brackets for negative: "¥1,234.50", "（12）"."""
    written = typed.strip().translate(_FULL_WIDTH).replace("，", "").replace(",", "")
    negative = written[:1] in "(（" and written[-1:] in ")）" and len(written) > 2
    written = written.strip("()（）").strip().removeprefix("¥").removeprefix("￥").strip()
    if not written or len(written) > LONGEST_NUMBER or not written.isascii():
        raise ValueError(typed)
    try:
        number = Decimal(written)
    except InvalidOperation as error:
        raise ValueError(typed) from error
    if not number.is_finite() or number.adjusted() > LONGEST_NUMBER:
        raise ValueError(typed)
    return -number if negative else number


def parse_date(typed: str, today: date) -> date:
    """2026-03-24, 20260324, 260324, 3-24, 3.24, 0324, 3月24日; without a year, today's."""
    digits = [part for part in _NOT_DATE.split(typed.strip().translate(_FULL_WIDTH)) if part]
    if len(digits) == 1:
        digits = _cut(digits[0])
    if len(digits) == 2:
        digits = [str(today.year), *digits]
    if len(digits) != 3 or any(len(part) > 4 for part in digits):
        raise ValueError(typed)
    year, month, day = (int(part) for part in digits)
    return date(year + 2000 if year < 100 else year, month, day)


def _cut(run: str) -> list[str]:
    widths = {8: (4, 2, 2), 6: (2, 2, 2), 4: (2, 2), 3: (1, 2)}.get(len(run))
    if widths is None:
        raise ValueError(run)
    parts = []
    for width in widths:
        parts.append(run[:width])
        run = run[width:]
    return parts
