"""`gantry open`: the window on a profile."""

import _thread
import argparse
import threading

from app.cli.checks import desk_checks
from app.cli.desk import add_desk_options, keys_of, profile_of
from app.cli.loading import loading
from app.cli.logs import log_kept_in
from app.cli.words import words
from app.server.descriptors import stop_when_input_closes
from app.settings import settings_in_force
from app.sync.desk import Desk


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `open` and the desk's options."""
    parser = subparsers.add_parser("open", help=words("cli.open.help"))
    add_desk_options(parser)
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help=words("cli.open.until_stdin_closes")
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Shows the window until it is closed."""
    # Qt is loaded for the commands that show something, and for no others.
    with loading():
        from app.ui.program.run import run_window

    profile = profile_of(arguments)
    keys = keys_of(arguments, profile)
    if arguments.until_stdin_closes:
        _interrupt_when_input_closes()
    desk = Desk.open(profile, keys, answer_s=settings_in_force().answer_seconds)
    try:
        with log_kept_in(profile.folder):
            return run_window(desk, keys, desk_checks(profile.folder), offline=arguments.offline)
    finally:
        desk.close()


def _interrupt_when_input_closes() -> None:
    """As Ctrl+C would, once the program that started us is gone."""
    closed = threading.Event()
    stop_when_input_closes(closed)

    def watch() -> None:
        closed.wait()
        _thread.interrupt_main()

    threading.Thread(target=watch, name="gantry-ending", daemon=True).start()
