"""Desks of the demo's people. Their data are a sample, so their keys are no secret."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from app.core.errors import EnvironmentFault
from app.sync.keys import CACHE_KEY, OUTBOX_KEY, GivenKeys
from app.sync.profile import Profile, load_profile, new_profile, save_profile
from app.texts import Language


class Listening(Protocol):
    """A server as a desk reaches it."""

    host: str
    port: int
    database: str


def demo_profile(folder: Path, login: str, server: Listening, language: Language) -> Profile:
    """The profile of one of the demo's people, pointing at the server as it runs now."""
    where = folder / "desks" / login
    try:
        known = load_profile(where)
    except EnvironmentFault:
        known = new_profile(where, login, (server.host,), sslmode="disable", language=language)
    found = replace(known, hosts=(server.host,), port=server.port, database=server.database)
    save_profile(found)
    return found


def demo_keys(profile: Profile) -> GivenKeys:
    """Keys that follow from the profile: whoever has the program can open a demo's files."""
    return GivenKeys(
        {
            name: hashlib.sha256(f"gantry demo {profile.profile_id} {name}".encode()).hexdigest()
            for name in (OUTBOX_KEY, CACHE_KEY)
        }
    )
