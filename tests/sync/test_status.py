"""When the server can be asked."""

from uuid import UUID

import pytest

from app.sync.status import DeskStatus, LinkState

ASKABLE = {LinkState.ONLINE, LinkState.SERVER_SILENT}


@pytest.mark.parametrize("state", LinkState)
def test_a_silent_server_can_be_asked_and_one_not_understood_cannot(state: LinkState) -> None:
    status = DeskStatus(
        link=state,
        reason=None,
        pending=0,
        unsent=0,
        refused=0,
        conflicts=0,
        data_as_of=None,
        server_offset=None,
        device_id=UUID(int=1),
        login="du.fu",
    )
    assert status.is_online is (state in ASKABLE)
