"""Keeping house, and the words for everything that is said."""

import re
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

import app.sync
from app.core.errors import EnvironmentFault
from app.sync.cache import CACHE_FILE, Cache
from app.sync.desk import Desk
from app.sync.outbox_copy import COPY_FILE
from app.texts import LANGUAGES, words
from tests.sync.desks import (
    HandClock,
    Office,
    assert_same_rows,
    edit,
    founded_project,
    name_of,
    new_project,
    turn_until_idle,
)


def test_house_is_kept_daily(site: Office) -> None:
    anna = site.filled("anna")
    founded_project(site, anna)
    anna._store._house_at = 0.0
    anna._store.turn()
    assert (site.profile("anna").folder / COPY_FILE).exists()
    assert anna._store._house_at > anna._clock.monotonic() + 3600
    assert_same_rows(anna, site.server)


def test_a_clock_set_ahead_makes_nothing_be_forgotten(site: Office) -> None:
    clock = HandClock()
    profile = site.profile("anna")
    anna = Desk.open(profile, site.keys(profile), clock=clock)
    turn_until_idle(anna)
    done = anna.execute(new_project(anna))
    site.sync(anna)
    assert anna.outcome(done.op_id).state == "applied"
    clock.wall += timedelta(days=3650)
    anna._store._house_at = 0.0
    anna._store.turn()
    assert anna.outcome(done.op_id).state == "applied"
    anna.close()


def test_a_damaged_cache_on_a_full_disk_is_made_anew_when_there_is_room(
    site: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    anna.execute(edit(anna, project, note="还没有上传"))
    folder = site.profile("anna").folder

    def full(cache: Cache) -> None:
        with closing(sqlcipher.connect(str(cache.folder / CACHE_FILE))) as connection:
            connection.execute("create table t (body)")
            connection.execute("pragma max_page_count = 4")
            connection.execute("insert into t values (randomblob(100000))")

    monkeypatch.setattr(Cache, "_prepare", full)
    for _ in range(2):
        with pytest.raises(EnvironmentFault, match=r"sync\.disk_full"):
            anna._store.rebuild_cache()
        with pytest.raises(EnvironmentFault), anna.read():
            pass
        assert anna._store.turn() == 1.0
    monkeypatch.undo()
    site.sync(anna)
    assert name_of(anna, project) is not None
    assert anna.status().pending == 0
    assert_same_rows(anna, site.server)
    assert (folder / CACHE_FILE).exists()


def test_every_text_has_words() -> None:
    said: set[str] = set()
    folder = Path(app.sync.__file__).parent
    for source in (*folder.glob("*.py"), folder.parent / "settings.py"):
        said |= set(re.findall(r'"(sync\.[a-z_.]+)"', source.read_text(encoding="utf-8")))
    assert len(said) > 40
    for language in LANGUAGES:
        assert said <= words(language).keys()


def test_no_secret_is_left_in_the_folder(site: Office) -> None:
    anna = site.filled("anna")
    founded_project(site, anna)
    folder = site.profile("anna").folder
    secrets = [value.encode() for value in site.keys(site.profile("anna"))._secrets.values()]
    secrets += ["滨江花园".encode(), "安娜".encode()]
    for file in folder.iterdir():
        body = file.read_bytes()
        assert not any(secret in body for secret in secrets), file.name
