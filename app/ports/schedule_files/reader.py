"""One door for schedule files: recognises the format by content, never by the file's name."""

from pathlib import Path

from app.core.errors import EnvironmentFault
from app.ports.schedule_files.faults import DEFAULT_LIMITS, Faults, Limits
from app.ports.schedule_files.imported import ImportedSchedule
from app.ports.schedule_files.mspdi import read_mspdi
from app.ports.schedule_files.text_encoding import detect_encoding
from app.ports.schedule_files.xer import read_xer

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_MAGIC = b"PK\x03\x04"


def read_schedule(path: Path, limits: Limits = DEFAULT_LIMITS) -> ImportedSchedule:
    """The schedule in a Primavera XER or MS Project XML file.

    Raises InputRejected with all findings when anything is wrong (nothing is half imported), and
    EnvironmentFault when the file cannot be opened.
    """
    try:
        return _read(path, limits)
    except OSError as error:
        raise EnvironmentFault(
            "schedule_files.unreadable", path=str(path), cause=error.strerror or ""
        ) from error


def _read(path: Path, limits: Limits) -> ImportedSchedule:
    faults = Faults()
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(8)
    if size == 0:
        raise faults.stop("empty_file")
    if size > limits.file_bytes:
        raise faults.stop("file_too_large", size=size >> 20, limit=limits.file_bytes >> 20)
    if head.startswith(_OLE_MAGIC):
        raise faults.stop("is_mpp")
    if head.startswith(_ZIP_MAGIC):
        raise faults.stop("is_zip")
    encoding = detect_encoding(path)
    if encoding is None:
        raise faults.stop("wrong_encoding")
    with path.open(encoding=encoding) as stream:
        start = stream.read(4096).lstrip()
    if start.startswith("ERMHDR"):
        return read_xer(path, encoding, limits)
    if start.startswith("<"):
        return read_mspdi(path, encoding, limits)
    raise faults.stop("unknown_format")
