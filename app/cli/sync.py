"""`gantry sync`: reconciles with the server."""

import argparse

from app.cli.desk import add_desk_options, open_desk, reconcile, say_status
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
        quiet = not arguments.offline and reconcile(desk, arguments.wait)
        say_status(desk.status(), as_json=arguments.json)
    return 0 if quiet else 1
