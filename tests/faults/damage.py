"""Ways in which a database file of a desk is spoilt."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

PAGE = 4096
ENDINGS = ("", "-wal", "-shm")


def copy_as_killed(folder: Path, names: tuple[str, ...], target: Path) -> None:
    """Copies the files as a kill would leave them: with their logs, while they are open."""
    target.mkdir(exist_ok=True)
    for name in names:
        for ending in ENDINGS:
            (target / f"{name}{ending}").unlink(missing_ok=True)
            if (folder / f"{name}{ending}").exists():
                shutil.copy(folder / f"{name}{ending}", target / f"{name}{ending}")


def put_back(source: Path, names: tuple[str, ...], folder: Path) -> None:
    """Puts such copies in place of the files."""
    for name in names:
        for ending in ENDINGS:
            (folder / f"{name}{ending}").unlink(missing_ok=True)
            if (source / f"{name}{ending}").exists():
                shutil.copy(source / f"{name}{ending}", folder / f"{name}{ending}")


def _overwrite(file: Path, start: int, count: int, chance: Random) -> None:
    if not file.exists() or not file.stat().st_size:
        return
    with file.open("r+b") as opened:
        opened.seek(min(start, file.stat().st_size - 1))
        opened.write(chance.randbytes(count))


def header(file: Path, chance: Random) -> None:
    """The first bytes."""
    _overwrite(file, 0, chance.randint(1, 200), chance)


def middle(file: Path, chance: Random) -> None:
    """A few places anywhere."""
    for _ in range(chance.randint(1, 6)):
        size = file.stat().st_size
        _overwrite(file, chance.randrange(max(1, size - 64)), chance.randint(1, 64), chance)


def page(file: Path, chance: Random) -> None:
    """One whole page, not the first."""
    pages = max(2, file.stat().st_size // PAGE)
    _overwrite(file, chance.randrange(1, pages) * PAGE, PAGE, chance)


def log(file: Path, chance: Random) -> None:
    """The write-ahead log."""
    beside = file.with_name(f"{file.name}-wal")
    size = beside.stat().st_size if beside.exists() else 0
    _overwrite(beside, chance.randrange(max(1, size)), chance.randint(1, 500), chance)


def shared(file: Path, chance: Random) -> None:
    """The index of the log."""
    _overwrite(file.with_name(f"{file.name}-shm"), chance.randrange(200), 300, chance)


def truncated(file: Path, chance: Random) -> None:
    """Cut off somewhere."""
    with file.open("r+b") as opened:
        opened.truncate(chance.randrange(file.stat().st_size))


def zeroed(file: Path, chance: Random) -> None:
    """Zeros of the same length."""
    size = file.stat().st_size
    start = chance.choice((0, size // 2 // PAGE * PAGE))
    with file.open("r+b") as opened:
        opened.seek(start)
        opened.write(bytes(size - start))


def empty(file: Path, chance: Random) -> None:
    """Nothing in it."""
    del chance
    file.write_bytes(b"")


KINDS: Mapping[str, Callable[[Path, Random], None]] = {
    found.__name__: found for found in (header, middle, page, log, shared, truncated, zeroed, empty)
}
