"""`gantry demo`: the sample company on this machine, from database to window."""

import argparse
import importlib
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import platformdirs

from app.cli.checks import desk_checks
from app.cli.demo_desks import demo_keys, demo_profile
from app.cli.demo_server import DemoServer
from app.cli.loading import loading
from app.cli.logs import log_kept_in
from app.cli.words import say, spoken, words
from app.server.sample.plans import load_sample
from app.settings import settings_in_force
from app.sync.desk import Desk
from app.sync.session_keys import SessionKeys

FIRST_PERSON = "zhou.mingyuan"
STOP_S = 10.0


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
    with DemoServer(folder / "server", password, _load_window) as server, ExitStack() as stack:
        from app.ui.program.run import run_window, shoot

        desk, keys = stack.enter_context(_desk(folder, first, server, password))
        checks = desk_checks(desk.profile.folder)
        if arguments.shots is not None:
            for path in shoot(desk, checks, arguments.shots):
                print(path)
            return 0
        for login in others:
            stack.enter_context(_another_window(folder, login, server, password))

        def ready() -> None:
            say("cli.demo.ready", login=first, password=password, port=server.port)
            say("cli.demo.desk", folder=str(desk.profile.folder))

        return run_window(desk, keys, checks, ready=ready)


def _load_window() -> None:
    # Qt is loaded for the commands that show something, and for no others.
    with loading():
        application = importlib.import_module("app.ui.program.application")
        importlib.import_module("app.ui.program.run")
    if not application.has_screen():
        say("cli.demo.no_screen")


@contextmanager
def _desk(
    folder: Path, login: str, server: DemoServer, password: str
) -> Iterator[tuple[Desk, SessionKeys]]:
    profile = demo_profile(folder, login, server, spoken())
    keys = SessionKeys(demo_keys(profile), password)
    desk = Desk.open(profile, keys, answer_s=settings_in_force().answer_seconds)
    try:
        with log_kept_in(profile.folder):
            yield desk, keys
    finally:
        desk.close()


@contextmanager
def _another_window(folder: Path, login: str, server: DemoServer, password: str) -> Iterator[None]:
    profile = demo_profile(folder, login, server, spoken())
    command = [sys.executable, "-m", "app", "open", "--profile", str(profile.folder)]
    options = ["--demo-keys", "--password-fd", "0", "--until-stdin-closes"]
    window = subprocess.Popen(  # noqa: S603 - our own program
        [*command, *options], stdin=subprocess.PIPE, encoding="utf-8"
    )
    assert window.stdin is not None
    window.stdin.write(password + "\n")
    window.stdin.flush()
    try:
        yield
    finally:
        # However this process ends, the window's input closes, and so does the window.
        window.stdin.close()
        try:
            window.wait(STOP_S)
        except subprocess.TimeoutExpired:
            window.kill()
            window.wait()
