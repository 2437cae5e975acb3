"""What the kit asks of a desk and of a memory, of each that there is."""

from pathlib import Path

import pytest

from app.services.changes import Changes
from app.ui.kit.desk import Desk, LayoutStore
from app.ui.kit.layouts import FileLayouts, MemoryLayouts
from tests.services.office import Office
from tests.ui.desk import MemoryDesk, Put
from tests.ui.pages.window import OfficeDesk


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_a_memory_keeps_the_last_words_under_a_key(kind: str, tmp_path: Path) -> None:
    made = MemoryLayouts() if kind == "memory" else FileLayouts(tmp_path / "a" / "layout.json")
    store: LayoutStore = made
    assert store.load("x") is None
    store.save("x", "一")
    store.save("x", "二")
    store.save("y", "")
    assert (store.load("x"), store.load("y")) == ("二", "")


def test_a_desk_tells_others_and_returns_to_the_caller_what_it_touched() -> None:
    memory = MemoryDesk()
    desk: Desk = memory
    heard: list[Changes] = []
    desk.subscribe(heard.append)

    assert desk.execute(Put("钢筋")).touches("word")
    with desk.read() as reader:
        assert reader == ["钢筋"]
    assert heard == []
    memory.tell("word")
    assert len(heard) == 1


def test_the_desk_of_pages_tests_is_one(tmp_path: Path) -> None:
    office = Office(tmp_path / "office.db")
    desk: Desk = OfficeDesk(office, "zhou.mingyuan")
    with desk.read() as session:
        assert session is not None
    office.close()
