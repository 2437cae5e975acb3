"""The demo's windows: one in this process, one more process for each further person."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from app.cli.checks import desk_checks
from app.cli.demo_desks import demo_keys, demo_profile
from app.cli.demo_server import DemoServer
from app.cli.logs import log_kept_in
from app.cli.words import say, spoken
from app.settings import settings_in_force
from app.sync.desk import Desk
from app.sync.session_keys import SessionKeys
from app.ui.program.run import run_window, shoot

STOP_S = 10.0


def show_windows(
    server: DemoServer, folder: Path, logins: Sequence[str], password: str, shots: Path | None
) -> int:
    """Shows a window for each of `logins` until the first one's is closed; the exit code.

    With `shots` the first one's pages are rendered into that folder instead.
    """
    first, *others = logins
    with ExitStack() as stack:
        desk, keys = stack.enter_context(_desk(folder, first, server, password))
        checks = desk_checks(desk.profile.folder)
        if shots is not None:
            for path in shoot(desk, checks, shots):
                print(path)
            return 0
        for login in others:
            stack.enter_context(_another_window(folder, login, server, password))

        def ready() -> None:
            say("cli.demo.ready", login=first, password=password, port=server.port)
            say("cli.demo.desk", folder=str(desk.profile.folder))

        return run_window(desk, keys, checks, ready=ready)


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
