"""A TCP port of this machine for the embedded server."""

import secrets
import socket
import sys

from app.core.errors import EnvironmentFault
from app.server.embedded.configuration import HOST

# Below the ports that Linux, macOS and Windows hand out for outgoing connections, so that the port
# of a folder is still free after a restart.
FIRST_PORT = 15_400
LAST_PORT = 32_000
_ATTEMPTS = 200


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback address now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if sys.platform == "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_port(preferred: int | None = None) -> int:
    """The preferred port if it is free, else a random free one. EnvironmentFault without any."""
    if preferred is not None and is_free(preferred):
        return preferred
    for _ in range(_ATTEMPTS):
        port = FIRST_PORT + secrets.randbelow(LAST_PORT - FIRST_PORT)
        if is_free(port):
            return port
    raise EnvironmentFault("server.embedded.no_free_port")
