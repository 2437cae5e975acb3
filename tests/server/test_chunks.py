"""Long payloads come whole or not at all."""

from uuid import uuid4

from app.services.commands import encode
from tests.server.inbox import BareDesk, found_project
from tests.servers import Server


def test_long_payloads_travel_in_chunks(server: Server, desk: BareDesk) -> None:
    project = uuid4()
    command = found_project(project, note="进度说明 " * 3_000)
    good = desk.send_chunked(command.KIND, encode(command), project)
    liars = [
        desk.send_chunked(command.KIND, encode(command), project, lie=lie)
        for lie in (
            {"size": 100},
            {"size": 10**9},
            {"sha256": "0" * 64},
            {"chunks": ["0" * 64]},
            {"chunks": ["0" * 64] * 900},
        )
    ]
    server.worker().apply_waiting()
    assert desk.answer(good) == ("applied", None)
    assert [desk.answer(op_id) for op_id in liars] == [
        ("refused", "server.worker.payload_damaged"),
        ("refused", "server.worker.payload_too_large"),
        ("refused", "server.worker.payload_damaged"),
        ("refused", "server.worker.chunks_missing"),
        ("refused", "server.worker.payload_too_large"),
    ]
