"""Stock arithmetic: what lies on a shelf, and what was taken from it though it was not there."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Final
from uuid import UUID

NOTHING: Final = Decimal("0.0000")


class MoveKind(StrEnum):
    """Why a quantity changed. Adjustments are count differences."""

    RECEIPT = "receipt"
    ISSUE = "issue"
    TRANSFER_OUT = "transfer_out"
    TRANSFER_IN = "transfer_in"
    ADJUSTMENT = "adjustment"
    REVERSAL = "reversal"


class CountState(StrEnum):
    """OPEN: somebody has to go and count."""

    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Level:
    """How much of an item lies at a location, and how much is short: taken, but never received
    there. Neither is below zero, and their difference is the sum of all moves."""

    on_hand: Decimal = NOTHING
    short_quantity: Decimal = NOTHING

    @property
    def net(self) -> Decimal:
        """The sum of all moves."""
        return self.on_hand - self.short_quantity

    def after(self, quantity: Decimal) -> "Level":
        """The level after a move of a signed quantity: what comes first covers what is short."""
        net = self.net + quantity
        return Level(net, NOTHING) if net >= 0 else Level(NOTHING, -net)


def balance_id(item_id: UUID, location_id: UUID) -> UUID:
    """The id of an item's balance at a location: desks that never met give it the same."""
    return derived_id(item_id, location_id)


def derived_id(first: UUID, second: UUID) -> UUID:
    """An id that follows from two others."""
    return UUID(bytes=sha256(first.bytes + second.bytes).digest()[:16], version=5)
