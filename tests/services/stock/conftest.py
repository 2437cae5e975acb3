"""An empty store room."""

import pytest

from tests.services.conftest import LEADER
from tests.services.office import Office
from tests.services.stock.store_room import StoreRoom


@pytest.fixture
def room(office: Office) -> StoreRoom:
    return StoreRoom(office, LEADER)
