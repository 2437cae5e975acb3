"""Search by pinyin."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.pinyin import MOST_READINGS, all_initials, full, initials, score


def test_initials_and_whole_pinyin() -> None:
    assert initials("滨江花园 2期") == "bjhy2q"
    assert full("花园亭") == "huayuanting"


def test_several_readings() -> None:
    assert {"zq", "cq"} <= all_initials("重庆")
    assert len(all_initials("重" * 20)) <= MOST_READINGS


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("hyt", "花园亭"),
        ("hyt", "滨江花园亭"),
        ("HYT", "花园亭"),
        ("花园", "滨江花园亭"),
        ("huayuan", "花园亭"),
        ("cq", "重庆工地"),
        ("zq", "重庆工地"),
        ("2026 018", "HT-2026018"),
        ("ht-2026", "HT-2026-018 钢筋采购"),
    ],
)
def test_what_is_found(wanted: str, words: str) -> None:
    assert score(wanted, words) > 0


@pytest.mark.parametrize(
    ("wanted", "words"), [("xyz", "花园亭"), ("", "花园"), ("花", ""), ("苑", "花园")]
)
def test_what_is_not_found(wanted: str, words: str) -> None:
    assert score(wanted, words) == 0


def test_better_fits_score_higher() -> None:
    names = ["花园", "花园亭", "滨江花园", "红衣"]
    by_words = sorted(names, key=lambda name: -score("花园", name))
    assert by_words[:3] == ["花园", "花园亭", "滨江花园"]
    assert score("hy", "花园亭") > score("hy", "滨江花园") > 0


@settings(max_examples=60)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_has_a_score(wanted: str, words: str) -> None:
    assert 0 <= score(wanted, words) <= 100
