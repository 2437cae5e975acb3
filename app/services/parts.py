"""The explicit list of commands, feature by feature."""

from app.services import people, projects
from app.services.commands import CommandPart

COMMAND_PARTS: tuple[CommandPart, ...] = (*people.PARTS, *projects.PARTS)
