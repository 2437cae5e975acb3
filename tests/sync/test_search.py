"""The palette finds names by pieces, codes and initials, and only what is there now."""

import pytest
from msgspec import structs

from app.sync.desk import Desk
from app.sync.search import bigrams, plain
from tests.sync.desks import Office, edit, new_project


@pytest.fixture
def desk(site: Office) -> Desk:
    return site.filled("anna")


HITS = (
    "滨江",
    "江花",
    "花园二",
    "园",
    "期",
    "bjhy",
    "jhy",
    "滨江 二期",
    "ＸＭ-007",
    "xm007",
    "m00",
)
MISSES = ("江滨", "滨江 三期", "bjx", '"', "* OR NOT", "", "%", "园江")


def test_what_finds_a_project(desk: Desk) -> None:
    desk.execute(structs.replace(new_project(desk, "滨江花园二期"), code="XM-007"))
    found = {words: [one.title for one in desk.search(words)] for words in (*HITS, *MISSES)}
    assert {words for words, titles in found.items() if titles == ["滨江花园二期"]} == set(HITS)
    assert {words for words, titles in found.items() if titles == []} == set(MISSES)


def test_a_renamed_project_is_found_by_its_new_name_only(site: Office, desk: Desk) -> None:
    founded = new_project(desk, "旧名字")
    desk.execute(founded)
    assert [one.row_id for one in desk.search("旧名")] == [founded.scope_id]
    desk.execute(edit(desk, founded.scope_id, name="新称呼"))
    assert desk.search("旧名") == []
    assert [one.scope_id for one in desk.search("新称")] == [founded.scope_id]
    site.sync(desk)
    assert [one.scope_id for one in desk.search("xch")] == [founded.scope_id]


def test_the_best_comes_first(desk: Desk) -> None:
    for name in ("东城一号桥梁", "一号桥", "一号桥引道"):
        desk.execute(new_project(desk, name))
    assert [one.title for one in desk.search("一号桥")] == ["一号桥", "一号桥引道", "东城一号桥梁"]
    assert len(desk.search("一号桥", limit=2)) == 2


def test_people_are_found_too(desk: Desk) -> None:
    assert [(one.row_table, one.detail) for one in desk.search("安娜")] == [("person", "anna")]


def test_what_is_compared() -> None:
    assert plain("Ａ-1# 楼") == "a1楼"
    assert bigrams("龙门桥") == "龙门 门桥 桥"
