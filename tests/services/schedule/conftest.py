"""A site on a real SQLite file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.schedule.site import Site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """An empty project with a schedule."""
    made = Site(tmp_path / "cache.db")
    made.set_up()
    yield made
    made.close()
