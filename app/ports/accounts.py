"""The names of accounts that come with the program: practice of Chinese construction companies."""

import csv
from datetime import date
from functools import cache
from importlib.resources import files

from app.core.ledger import Account

VERIFIED = "verified"


@cache
def accounts() -> tuple[Account, ...]:
    """All rows of resources/ledger/accounts.csv in the order of their codes."""
    source = files("resources").joinpath("ledger", "accounts.csv")
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    found = (
        Account(
            code=row["code"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            valid_from=date.fromisoformat(row["valid_from"]),
            source=row["source"],
            verified=row["status"] == VERIFIED,
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda account: account.code))
