"""`gantry open`: the window on a profile."""

import argparse

from app.cli.checks import desk_checks
from app.cli.desk import add_desk_options, keys_of
from app.cli.words import words
from app.sync.desk import Desk
from app.sync.profile import load_profile


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `open` and the desk's options."""
    parser = subparsers.add_parser("open", help=words("cli.open.help"))
    add_desk_options(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Shows the window until it is closed."""
    # Qt is loaded for the commands that show something, and for no others.
    from app.ui.program.run import run_window

    profile = load_profile(arguments.profile)
    keys = keys_of(arguments, profile)
    desk = Desk.open(profile, keys)
    try:
        return run_window(desk, keys, desk_checks(profile.folder), offline=arguments.offline)
    finally:
        desk.close()
