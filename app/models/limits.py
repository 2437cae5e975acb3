"""How much of a command's payload goes where."""

PAYLOAD_LIMIT = 64 * 1024
"""Bytes of a command's payload in the inbox; a longer one travels ahead in chunks."""

CHUNK_LIMIT = 256 * 1024
"""Bytes of a chunk."""
