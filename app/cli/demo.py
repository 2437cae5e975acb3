"""`gantry demo`: the sample company on this machine, from database to window."""

import argparse
import importlib
import secrets
from pathlib import Path

import platformdirs

from app.cli.demo_server import DemoServer
from app.cli.loading import loading
from app.cli.words import say, words
from app.server.sample.plans import load_sample

FIRST_PERSON = "zhou.mingyuan"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `demo [--data DIR] [--as LOGIN ...] [--shots DIR]`."""
    parser = subparsers.add_parser("demo", help=words("cli.demo.help"))
    logins = [person["login"] for person in load_sample("company")["people"]]
    parser.add_argument("--data", type=Path, metavar="DIR", help=words("cli.demo.data"))
    parser.add_argument(
        "--as",
        dest="people",
        action="append",
        choices=logins,
        metavar="LOGIN",
        help=words("cli.demo.as", logins=", ".join(logins)),
    )
    parser.add_argument("--shots", type=Path, metavar="DIR", help=words("cli.demo.shots"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Starts everything, shows a window for each person asked for, and stops everything."""
    folder: Path = arguments.data or platformdirs.user_data_path("gantry-demo", appauthor=False)
    first, *others = arguments.people or [FIRST_PERSON]
    password = secrets.token_urlsafe(9)
    with DemoServer(folder / "server", password, _load_window) as server:
        # Loaded by now, while the server was starting.
        from app.cli.demo_windows import show_windows

        return show_windows(server, folder, [first, *others], password, arguments.shots)


def _load_window() -> None:
    # Qt is loaded for the commands that show something, and for no others.
    with loading():
        importlib.import_module("app.cli.demo_windows")
        application = importlib.import_module("app.ui.program.application")
    if not application.has_screen():
        say("cli.demo.no_screen")
