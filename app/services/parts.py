"""The explicit list of commands, feature by feature."""

from app.services import ledger, people, projects, reconcile, schedule, stock
from app.services.commands import CommandPart

COMMAND_PARTS: tuple[CommandPart, ...] = (
    *people.PARTS,
    *projects.PARTS,
    *schedule.PARTS,
    *stock.PARTS,
    *ledger.PARTS,
    *reconcile.PARTS,
)
