"""The `gantry` command: finds the sub-command and runs it."""

import argparse
import importlib
import sys
from collections.abc import Sequence
from types import ModuleType

from app.cli.loading import loading
from app.cli.logs import log_to_terminal
from app.cli.words import complain, words
from app.core.errors import GantryError
from app.settings import settings_in_force

COMMANDS = (
    "demo",
    "open",
    "do",
    "show",
    "sync",
    "status",
    "schedule",
    "server",
    "admin",
    "join",
    "doctor",
    "bench",
    "simulate",
)
"""Explicit, so that a frozen build holds every one. Each is a module beside this file."""

INTERRUPTED = 130


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"app.cli.{name}")


def build_parser(wanted: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """The parser of the given sub-commands; only their modules are loaded."""
    parser = argparse.ArgumentParser(prog="gantry", description=words("cli.description"))
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in wanted:
        _module(name).add_parser(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command line; the exit code: 0 done, 1 refused or failed in words, 2 wrong usage."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        # A terminal or pipe without UTF-8 must not stop a Chinese word from being said.
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    named = [name for name in COMMANDS if given[:1] == [name]]
    with loading():
        parser = build_parser(named or COMMANDS)
    parsed = parser.parse_args(given)
    try:
        log_to_terminal(settings_in_force().log_level)
        code: int = parsed.run(parsed)
    except GantryError as error:
        complain(error, as_json=getattr(parsed, "json", False))
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return code
