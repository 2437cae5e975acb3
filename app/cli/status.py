"""`gantry status`: how a desk is doing."""

import argparse

from app.cli.desk import add_desk_options, open_desk, say_status
from app.cli.words import words

LOOK_S = 5.0


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `status` and the desk's options."""
    parser = subparsers.add_parser("status", help=words("cli.status.help"))
    add_desk_options(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Says link, pending, refused, conflicts and the age of the data; looks at the link first."""
    with open_desk(arguments) as desk:
        status = desk.status() if arguments.offline else desk.sync_until_quiet(LOOK_S)
    say_status(status, as_json=arguments.json)
    return 0
