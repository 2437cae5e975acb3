"""`gantry do KIND JSON`: issues a command as the window would."""

import argparse
import sys
from uuid import UUID

from app.cli.desk import add_desk_options, open_desk
from app.cli.do_lines import GOOD, do_lines, told_of
from app.cli.words import say, say_json, words
from app.core.errors import EnvironmentFault
from app.services.bus import part_of
from app.services.commands import Command, CommandPart, decode
from app.sync.desk import Desk

LARGEST = 64 * 1024 * 1024


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `do KIND JSON | --lines [--wait SECONDS]` and the desk's options."""
    parser = subparsers.add_parser("do", help=words("cli.do.help"))
    parser.add_argument("kind", metavar="KIND", nargs="?", help=words("cli.do.kind"))
    parser.add_argument("payload", metavar="JSON", nargs="?", help=words("cli.do.payload"))
    parser.add_argument("--lines", action="store_true", help=words("cli.do.lines"))
    parser.add_argument("--wait", type=float, default=5.0, help=words("cli.wait"))
    add_desk_options(parser)
    parser.set_defaults(run=run, wrong_usage=parser.error)


def run(arguments: argparse.Namespace) -> int:
    """Saves the command, sends it while the link allows, and says where it stands.

    0: saved, and applied if the answer came in time; 1: refused or clashed. With `--lines` one
    command a line comes from standard input: `app.cli.do_lines`.
    """
    if arguments.lines != (arguments.payload is None) or (arguments.lines and arguments.kind):
        arguments.wrong_usage(words("cli.do.usage"))
    if arguments.lines:
        with open_desk(arguments) as desk:
            wait = arguments.wait
            return do_lines(desk, sys.stdin.buffer, wait=wait, offline=arguments.offline)
    part = part_of(arguments.kind)
    command = _command(part, arguments.payload)
    with open_desk(arguments) as desk:
        op_id = _issue(desk, part, command, arguments)
        outcome = desk.outcome(op_id)
    told = told_of(outcome)
    if arguments.json:
        say_json(told)
    else:
        say(f"cli.do.{told['state']}", op_id=str(op_id), reason=told["words"])
    return 0 if told["state"] in GOOD else 1


def _command(part: CommandPart, payload: str) -> Command:
    text = _from_input() if payload == "-" else payload
    command: Command = decode(part, part.command.VERSION, text)
    return command


def _from_input() -> str:
    # JSON is UTF-8 whatever the terminal speaks; what is not comes out as malformed.
    return sys.stdin.buffer.read(LARGEST).decode("utf-8", errors="surrogateescape")


def _issue(desk: Desk, part: CommandPart, command: Command, arguments: argparse.Namespace) -> UUID:
    if not arguments.offline and desk.status().data_as_of is None:
        desk.sync_until_quiet(arguments.wait)
    if not part.online_only:
        op_id = desk.execute(command).op_id
        if not arguments.offline:
            desk.sync_until_quiet(arguments.wait)
        return op_id
    if arguments.offline:
        raise EnvironmentFault("sync.online_needed")
    desk.start()
    desk.sync_until_quiet(arguments.wait)
    return desk.execute_online(command, arguments.wait).op_id
