"""Fixtures of the program's tests: real desks on a real server, and windows over them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.core.people import Job
from app.sync.desk import Desk
from app.ui.program.window import DeskWindow
from tests.servers import fresh_server
from tests.sync.desks import Office, office

ShowWindow = Callable[[Desk], DeskWindow]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Office]:
    """An office with two leaders of the company's projects, `anna` and `boris`."""
    with fresh_server() as server:
        server.add_person("anna", "安娜", Job.ADMINISTRATOR)
        server.add_person("boris", "鲍里斯", Job.ADMINISTRATOR)
        with office(server, tmp_path) as opened:
            yield opened


@pytest.fixture
def show_window(site: Office) -> Iterator[ShowWindow]:
    """Opens the window of a desk; closed before the desk is."""
    opened: list[DeskWindow] = []

    def show(desk: Desk) -> DeskWindow:
        shown = DeskWindow(desk, lambda: ())
        opened.append(shown)
        shown.window.show()
        return shown

    yield show
    for shown in opened:
        shown.window.close()
        shown.close()
