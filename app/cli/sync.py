"""`gantry sync`: reconciles with the server."""

import argparse

from app.cli.desk import add_desk_options, is_quiet, open_desk, say_status
from app.cli.words import words


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `sync [--wait SECONDS]` and the desk's options."""
    parser = subparsers.add_parser("sync", help=words("cli.sync.help"))
    parser.add_argument("--wait", type=float, default=30.0, help=words("cli.wait"))
    add_desk_options(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Works until nothing waits and the newest rows are here; 1 if that was not reached in time."""
    with open_desk(arguments) as desk:
        status = desk.status() if arguments.offline else desk.sync_until_quiet(arguments.wait)
    say_status(status, as_json=arguments.json)
    return 0 if is_quiet(status) else 1
