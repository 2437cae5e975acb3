"""The engine's dates, without the engine before they are asked for."""

import subprocess
import sys

import pytest

from app.core.errors import InputRejected
from app.core.schedule.cpm import compute
from app.services.schedule.computing import computed
from tests.core.schedule.networks import network, task


def test_dates_are_those_of_the_engine() -> None:
    given = network([task("A", 2), task("B", 3)])
    assert computed(given) == compute(given)


def test_what_the_engine_cannot_compute_is_told() -> None:
    with pytest.raises(InputRejected):
        computed(network([task("A"), task("A")]))


def test_the_engine_is_not_loaded_by_the_services_of_schedules() -> None:
    asked = "import sys, app.services.bus, app.services.home, app.services.schedule.edited\n"
    asked += "assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", asked], timeout=60, check=True)
