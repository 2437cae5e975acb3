"""Writing a small file so that it is either the old or the new one, whatever happens."""

import os
from pathlib import Path


def write_atomically(path: Path, body: bytes) -> None:
    """Replaces a file; nobody but its owner may read it. OSError as it comes."""
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
