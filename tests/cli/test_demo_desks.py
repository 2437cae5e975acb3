"""The desks of the demo's people: kept from run to run, pointing at where the server is now."""

from dataclasses import dataclass
from pathlib import Path

from app.cli.demo_desks import demo_keys, demo_profile
from app.sync.keys import CACHE_KEY, OUTBOX_KEY, PASSWORD
from app.sync.profile import load_profile


@dataclass
class Listening:
    port: int
    host: str = "127.0.0.1"
    database: str = "gantry"


def test_a_desk_follows_the_server_and_stays_itself(tmp_path: Path) -> None:
    first = demo_profile(tmp_path, "chen.li", Listening(5001), "en")
    again = demo_profile(tmp_path, "chen.li", Listening(5002, database="other"), "zh_CN")
    assert (again.profile_id, again.language) == (first.profile_id, "en")
    assert (again.port, again.database, again.hosts) == (5002, "other", ("127.0.0.1",))
    assert load_profile(tmp_path / "desks" / "chen.li") == again


def test_keys_are_those_of_the_profile_alone(tmp_path: Path) -> None:
    one = demo_profile(tmp_path, "chen.li", Listening(5001), "en")
    other = demo_profile(tmp_path, "zhou.mingyuan", Listening(5001), "en")
    secrets = {
        demo_keys(profile).load(name)
        for profile in (one, other, one)
        for name in (OUTBOX_KEY, CACHE_KEY)
    }
    assert len(secrets) == 4
    assert {len(bytes.fromhex(secret or "")) for secret in secrets} == {32}
    assert demo_keys(one).load(PASSWORD) is None
