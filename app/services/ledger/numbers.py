"""Official numbers: without gap or repeat in a scope, series and year; given last of all."""

from typing import Final
from uuid import UUID

from sqlalchemy import insert, select, update

from app.core.errors import Refused
from app.core.ledger import SERIES, number_text, read_number
from app.models.ledger import LedgerEntry
from app.models.numbers import document_number
from app.services.tx import Clash, Tx

FURTHEST: Final = 1000
"""How far beyond the last known number one may be that a restored server has forgotten."""

_kept = document_number.c


def next_number(tx: Tx, entry_id: UUID, year: int, carried: str = "") -> str:
    """The number for an entry that is posted now.

    `carried` is a number that this entry was given before a backup was restored: it is used again
    if it is free, else a person decides (Clash). Numbers handed back that way are stepped over.
    """
    last = _last(tx, year)
    if carried:
        return _carried(tx, entry_id, year, last, carried)
    serial = last + 1
    while _is_taken(tx, number_text(SERIES, year, serial)):
        serial += 1
    _keep(tx, year, serial)
    return number_text(SERIES, year, serial)


def _carried(tx: Tx, entry_id: UUID, year: int, last: int, carried: str) -> str:
    found = read_number(carried)
    if found is None or found[:2] != (SERIES, year) or not 0 < found[2] <= last + FURTHEST:
        raise Refused("ledger.number_unlikely", number=carried)
    if _is_taken(tx, carried):
        raise Clash(LedgerEntry.__tablename__, entry_id, (), "ledger.number_taken")
    if found[2] == last + 1:
        _keep(tx, year, found[2])
    return carried


def _last(tx: Tx, year: int) -> int:
    known = (
        select(_kept.last)
        .where(_kept.scope_id == tx.scope_id, _kept.series == SERIES, _kept.year == year)
        .with_for_update()
    )
    last = tx.session.scalar(known)
    if last is None:
        first = {"scope_id": tx.scope_id, "series": SERIES, "year": year, "last": 0}
        tx.session.execute(insert(document_number).values(first))
        return 0
    return int(last)


def _keep(tx: Tx, year: int, serial: int) -> None:
    tx.session.execute(
        update(document_number)
        .where(_kept.scope_id == tx.scope_id, _kept.series == SERIES, _kept.year == year)
        .values(last=serial)
    )


def _is_taken(tx: Tx, number: str) -> bool:
    holder = select(LedgerEntry.id).where(
        LedgerEntry.scope_id == tx.scope_id, LedgerEntry.number == number
    )
    return tx.session.scalar(holder) is not None
