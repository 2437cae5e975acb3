import socket

from app.server.embedded import ports
from app.server.embedded.configuration import HOST


def test_the_preferred_port_is_kept_while_it_is_free() -> None:
    preferred = ports.free_port()
    assert ports.free_port(preferred) == preferred
    with socket.socket() as other:
        other.bind((HOST, preferred))
        other.listen()
        assert not ports.is_free(preferred)
        found = ports.free_port(preferred)
    assert found != preferred
    assert ports.FIRST_PORT <= found < ports.LAST_PORT
