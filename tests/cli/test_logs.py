"""The log of a window lies beside its data, and stops with it."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli.logs import LOG_FILE, log_kept_in, log_to_terminal

logger = logging.getLogger("app.some.place")


@pytest.fixture
def _level() -> Iterator[None]:
    root = logging.getLogger()
    before = root.level
    yield
    root.setLevel(before)


@pytest.mark.usefixtures("_level")
def test_what_is_logged_is_kept_from_the_chosen_level_on(tmp_path: Path) -> None:
    log_to_terminal("warning")
    with log_kept_in(tmp_path):
        logger.info("too small")
        logger.warning("缓存已重建")
        log_to_terminal("info")
        logger.info("now it counts")
    logger.error("after the end")
    kept = (tmp_path / LOG_FILE).read_text(encoding="utf-8").splitlines()
    assert [line.partition("app.some.place ")[2] for line in kept] == [
        "缓存已重建",
        "now it counts",
    ]


@pytest.mark.usefixtures("_level")
def test_the_log_does_not_grow_without_end(tmp_path: Path) -> None:
    log_to_terminal("warning")
    with log_kept_in(tmp_path):
        for _ in range(60):
            logger.warning("%s", "x" * 100_000)
    files = list(tmp_path.glob(f"{LOG_FILE}*"))
    assert len(files) == 4
    assert sum(file.stat().st_size for file in files) < 5 * 1024 * 1024
