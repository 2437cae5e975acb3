"""A project's schedule: what may be done to it (commands), and what it looks like (queries)."""

from app.services.commands import CommandPart
from app.services.schedule import calendars, imports, links, outline, settings, tasks

PARTS: tuple[CommandPart, ...] = (
    *settings.PARTS,
    *calendars.PARTS,
    *tasks.PARTS,
    *outline.PARTS,
    *links.PARTS,
    *imports.PARTS,
)
