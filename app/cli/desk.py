"""A desk for the command line: its options, its keys, and how it is doing."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from app.cli.demo_desks import demo_keys
from app.cli.words import say, say_json, spoken, words
from app.core.errors import EnvironmentFault
from app.server.descriptors import line_from
from app.settings import settings_in_force
from app.sync.clock import SystemChance
from app.sync.desk import Desk
from app.sync.keyring_keys import KeyringKeys
from app.sync.keys import KeyStore
from app.sync.profile import PROFILE_FILE, Profile, load_profile
from app.sync.sealed_keys import SEALED_FILE, SealedKeys, asked_at_prompt
from app.sync.session_keys import SessionKeys
from app.sync.status import DeskStatus
from app.texts import reason_text


def add_desk_options(parser: argparse.ArgumentParser) -> None:
    """Adds what every command on a desk takes."""
    parser.add_argument("--profile", type=Path, metavar="DIR", help=words("cli.profile"))
    parser.add_argument("--offline", action="store_true", help=words("cli.offline"))
    parser.add_argument("--password-fd", type=int, metavar="N", help=words("cli.password_fd"))
    parser.add_argument("--key-fd", type=int, metavar="N", help=words("cli.key_fd"))
    parser.add_argument("--demo-keys", action="store_true", help=words("cli.demo_keys"))
    parser.add_argument("--json", action="store_true", help=words("cli.json"))


def profile_of(arguments: argparse.Namespace) -> Profile:
    """The profile asked for, else the only one of this account.

    EnvironmentFault `cli.which_profile` when there is not exactly one.
    """
    if arguments.profile is not None:
        return load_profile(arguments.profile)
    folder = settings_in_force().profiles_folder
    found = sorted(file.parent for file in folder.glob(f"*/{PROFILE_FILE}"))
    if len(found) != 1:
        names = ", ".join(profile.name for profile in found)
        raise EnvironmentFault("cli.which_profile", folder=str(folder), names=names or "-")
    return load_profile(found[0])


def keys_of(arguments: argparse.Namespace, profile: Profile) -> SessionKeys:
    """Where the profile's secrets are: the keyring, or a file sealed by a passphrase.

    EnvironmentFault `cli.no_keyring` if there is no keyring and nobody to ask for a passphrase.
    """
    keys = demo_keys(profile) if arguments.demo_keys else _store(arguments.key_fd, profile)
    if arguments.password_fd is None:
        return SessionKeys(keys)
    return SessionKeys(keys, line_from(arguments.password_fd))


def _store(key_fd: int | None, profile: Profile) -> KeyStore:
    if key_fd is not None:
        return SealedKeys(profile.folder, lambda: line_from(key_fd), SystemChance())
    if not (profile.folder / SEALED_FILE).exists():
        with suppress(EnvironmentFault):
            return KeyringKeys(str(profile.profile_id))
    if not sys.stdin.isatty():
        raise EnvironmentFault("cli.no_keyring")
    ask = asked_at_prompt(words("cli.passphrase_prompt"))
    return SealedKeys(profile.folder, ask, SystemChance())


@contextmanager
def open_desk(arguments: argparse.Namespace) -> Iterator[Desk]:
    """The desk of the profile, closed afterwards."""
    profile = profile_of(arguments)
    answer_s = settings_in_force().answer_seconds
    desk = Desk.open(profile, keys_of(arguments, profile), answer_s=answer_s)
    try:
        yield desk
    finally:
        desk.close()


def is_quiet(status: DeskStatus) -> bool:
    """Whether everything is answered and fetched."""
    return status.is_online and not status.pending


def told(status: DeskStatus) -> dict[str, Any]:
    """A desk's status for machines."""
    age = status.data_as_of
    return {
        "link": status.link.value,
        "reason": None if status.reason is None else status.reason.text_id,
        "words": None if status.reason is None else reason_text(spoken(), status.reason),
        "pending": status.pending,
        "unsent": status.unsent,
        "refused": status.refused,
        "conflicts": status.conflicts,
        "data_as_of": None if age is None else age.isoformat(),
        "device_id": str(status.device_id),
        "login": status.login,
    }


def say_status(status: DeskStatus, *, as_json: bool) -> None:
    """Says how a desk is doing."""
    if as_json:
        say_json(told(status))
        return
    as_of = status.data_as_of
    say(
        "cli.status.line",
        link=words(f"cli.status.{status.link.value}"),
        as_of="-" if as_of is None else f"{as_of.astimezone():%Y-%m-%d %H:%M:%S}",
        pending=status.pending,
        refused=status.refused,
        conflicts=status.conflicts,
    )
    for reason in filter(None, (status.reason, *status.notices)):
        print(reason_text(spoken(), reason))
