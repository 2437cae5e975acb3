"""What a purge leaves is wiped, as soon as nobody is in the way."""

from pathlib import Path

from app.sync.cache import DAMAGED_FILE
from app.sync.cache_state import is_purged, mark_purged
from app.sync.desk import Desk
from app.sync.wiping import wipe
from tests.sync.desks import Office, founded_project


def _purge(desk: Desk) -> None:
    with desk._store.cache.edit() as connection:
        mark_purged(connection)


def _is_purged(desk: Desk) -> bool:
    with desk.read() as session:
        return is_purged(session.connection())


def _log(desk: Desk) -> Path:
    return desk._store.cache.folder / "cache.db-wal"


def test_without_a_purge_nothing_is_done(site: Office) -> None:
    desk = site.filled("anna")
    kept = desk._store.cache.folder / DAMAGED_FILE
    kept.write_bytes(b"kept")
    assert wipe(desk._store.cache, desk._store.gate)
    assert kept.exists()


def test_a_purge_is_wiped_once(site: Office) -> None:
    desk = site.filled("anna")
    founded_project(site, desk)
    _purge(desk)
    assert _log(desk).stat().st_size > 100_000
    assert wipe(desk._store.cache, desk._store.gate)
    assert not _is_purged(desk)
    # What says that it is done is all that was written since.
    assert _log(desk).stat().st_size < 50_000


def test_a_reader_is_not_waited_for(site: Office) -> None:
    desk = site.filled("anna")
    with desk.read() as session:
        assert not is_purged(session.connection())
        _purge(desk)
        assert not wipe(desk._store.cache, desk._store.gate)
        assert _is_purged(desk)
    assert wipe(desk._store.cache, desk._store.gate)
    assert not _is_purged(desk)


def test_a_purge_of_the_last_run_is_wiped_by_the_next(site: Office) -> None:
    desk = site.filled("anna")
    _purge(desk)
    desk.close()
    again = site.desk("anna")
    assert _is_purged(again)
    again._store.turn()
    assert not _is_purged(again)


def test_a_copy_that_cannot_be_deleted_is_tried_again(site: Office) -> None:
    desk = site.filled("anna")
    kept = desk._store.cache.folder / DAMAGED_FILE
    # A folder of that name cannot be unlinked on any system.
    kept.mkdir()
    _purge(desk)
    assert not wipe(desk._store.cache, desk._store.gate)
    assert _is_purged(desk)
    kept.rmdir()
    assert wipe(desk._store.cache, desk._store.gate)
