"""Folders and crashed servers for the tests of the embedded database."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.server.embedded.configuration import VOLATILE
from app.server.embedded.controller import EmbeddedPostgres
from tests.postgres import new_server_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder whose server, if any, is gone after the test."""
    made = new_server_folder()
    yield made
    EmbeddedPostgres(made).remove()
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def server(folder: Path) -> Iterator[EmbeddedPostgres]:
    """A server that was not started yet; fast, because no test crashes the machine."""
    made = EmbeddedPostgres(folder, settings=VOLATILE)
    yield made
    made.stop()
