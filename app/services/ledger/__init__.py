"""A scope's ledger: entries from draft to posted, their numbers, reversals, and closed months."""

from app.services.commands import CommandPart
from app.services.ledger import entries, periods, posting

PARTS: tuple[CommandPart, ...] = (*entries.PARTS, *posting.PARTS, *periods.PARTS)
