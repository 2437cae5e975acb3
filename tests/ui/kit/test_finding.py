"""Things known beforehand are found by words and initials, the best first."""

from app.ui.kit.finding import Hit, NamedThings
from tests.ui.desk import anything


def test_the_best_name_comes_first() -> None:
    things = NamedThings(
        "shell.pages", lambda: [Hit(n, "home", anything) for n in ("我的项目", "项目")]
    )
    assert [hit.title for hit in things.find(None, "项目", 5)] == ["项目", "我的项目"]
    assert [hit.title for hit in things.find(None, "wdxm", 5)] == ["我的项目"]
    assert [hit.title for hit in things.find(None, "", 1)] == ["我的项目"]
    assert things.find(None, "合同", 5) == []
