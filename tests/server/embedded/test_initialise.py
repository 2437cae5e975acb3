"""A database is made whole or not at all."""

import shutil
from pathlib import Path

import pytest

from app.core.errors import EnvironmentFault
from app.server.embedded import binaries, place
from app.server.embedded.initialise import INITIALISE_LOG, initialise, remove_drafts


@pytest.fixture
def here(folder: Path) -> place.Place:
    made, _ = place.prepare(folder)
    return made


def programs(here: place.Place) -> binaries.Binaries:
    return binaries.readable_by(here.account, binaries.installed(), place.SHARED_FOLDER)


def test_it_makes_a_database_that_lets_nobody_in(here: place.Place) -> None:
    initialise(here, programs(here), durable=False)
    assert (here.database / "PG_VERSION").is_file()
    rules = (here.database / "pg_hba.conf").read_text(encoding="utf-8")
    methods = {line.split()[-1] for line in rules.splitlines() if line and not line.startswith("#")}
    assert methods == {"reject"}
    assert [path.name for path in here.home.glob("*.new")] == []
    with pytest.raises(OSError, match=here.database.name):
        # A database that is there is never replaced.
        initialise(here, programs(here), durable=False)
    assert [path.name for path in here.home.glob("*.new")] == []


def test_a_failure_leaves_nothing_but_its_log(here: place.Place) -> None:
    found = programs(here)
    bin_folder = here.home / "bin"
    bin_folder.mkdir()
    # Another program of that name: it does not understand what it is asked, and says so.
    shutil.copy(found.postgres, bin_folder / found.initdb.name)
    with pytest.raises(EnvironmentFault) as raised:
        initialise(here, binaries.Binaries(bin_folder, found.release), durable=False)
    assert str(here.home / INITIALISE_LOG) in raised.value.reason.parameters.values()
    assert (here.home / INITIALISE_LOG).stat().st_size > 0
    assert not here.database.exists()
    assert list(here.home.glob("*.new")) == []


def test_what_an_interruption_left_is_removed(here: place.Place) -> None:
    left = here.home / f"{here.database.name}.1234.new"
    (left / "base").mkdir(parents=True)
    (here.home / "kept.new").mkdir()
    remove_drafts(here)
    assert not left.exists()
    assert (here.home / "kept.new").exists()
