"""`gantry join FILE`: sets up a desk on this computer from an administrator's join file."""

import argparse
from pathlib import Path

from app.cli.words import say, say_json, spoken, words
from app.core.errors import GantryError
from app.server.descriptors import line_from
from app.server.invitation import fingerprint, read_invitation
from app.server.joining import join, keep_password, leave, try_login
from app.settings import settings_in_force


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `join FILE [--profile DIR] [--password-fd N]`."""
    parser = subparsers.add_parser("join", help=words("cli.join.help"))
    parser.add_argument("file", type=Path, metavar="FILE", help=words("cli.join.file"))
    parser.add_argument("--profile", type=Path, metavar="DIR", help=words("cli.join.profile"))
    parser.add_argument("--password-fd", type=int, metavar="N", help=words("cli.join.password_fd"))
    parser.add_argument("--json", action="store_true", help=words("cli.json"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Writes the profile; with a password it also logs in once and keeps it in the keyring."""
    invitation = read_invitation(arguments.file)
    password = None if arguments.password_fd is None else line_from(arguments.password_fd)
    folder = arguments.profile or settings_in_force().profiles_folder / invitation.login
    profile = join(invitation, folder, spoken())
    kept = False
    if password is not None:
        try:
            try_login(profile, password)
        except GantryError:
            # So that the same file can be tried again.
            leave(profile)
            raise
        kept = keep_password(profile, password)
    printed = fingerprint(invitation)
    if arguments.json:
        say_json(
            {
                "joined": True,
                "login": profile.login,
                "hosts": list(profile.hosts),
                "port": profile.port,
                "fingerprint": printed,
                "logged_in": password is not None,
                "password_kept": kept,
            }
        )
        return 0
    say("cli.join.joined", login=profile.login, host=profile.hosts[0], fingerprint=printed)
    if password is not None:
        say("cli.join.password_kept" if kept else "cli.join.password_not_kept")
    return 0
