"""Cards and history of the detail."""

from datetime import UTC, datetime, timedelta

from pytestqt.qtbot import QtBot

from app.services.outcome import Outcome, Preview
from app.ui.kit.formats import say_time
from app.ui.kit.labels import Label
from app.ui.pages.reconcile.parts import Event, History, ResultCards, SideCard, side_cards
from tests.services.office import WORKDAY

FINISH = datetime.fromisoformat("2026-09-10 17:00")
AT = datetime(2026, 3, 24, 1, tzinfo=UTC)


def outcome(days: int, slack: int | None = 0) -> Outcome:
    """A schedule that ends so many days after the usual day."""
    row = FINISH + timedelta(days=days) if slack is not None else None
    minutes = None if slack is None else slack * WORKDAY
    return Outcome(FINISH + timedelta(days=days), row, minutes)


def words(cards: ResultCards | History) -> list[str]:
    return [one.text() for one in cards.findChildren(Label)]


def test_results_are_compared_with_what_stood_there_before(qtbot: QtBot) -> None:
    cards = ResultCards(WORKDAY)
    qtbot.addWidget(cards)
    cards.show_preview(Preview(outcome(3, 2), outcome(-1), outcome(0)))
    said = words(cards)
    assert "较基准 +3 天" in said
    assert "较基准 -1 天" in said
    assert "不变" in said
    assert "项目完成 2026-09-13" in said
    assert "本任务完成 2026-09-13 · 总时差 2 天" in said


def test_a_finished_task_has_its_day_and_no_float(qtbot: QtBot) -> None:
    cards = ResultCards(WORKDAY)
    qtbot.addWidget(cards)
    done = Outcome(FINISH, FINISH - timedelta(days=90), None)
    cards.show_preview(Preview(done, done, done))
    assert words(cards).count("本任务已于 2026-06-12 完成") == 3


def test_what_cannot_be_computed_is_said_and_nothing_hides_the_cards(qtbot: QtBot) -> None:
    cards = ResultCards(WORKDAY)
    qtbot.addWidget(cards)
    assert cards.isHidden()
    cards.show_preview(Preview(None, outcome(0, None), outcome(0)))
    assert not cards.isHidden()
    said = words(cards)
    assert said.count("无法计算") == 1
    assert "–" in said
    assert "" in said
    cards.show_preview(None)
    assert cards.isHidden()


def test_the_oldest_event_comes_first(qtbot: QtBot) -> None:
    later = Event(AT + timedelta(hours=1), "陈立", "先保存了", "waiting")
    history = History([later, Event(AT, "周明远", "修改了", "running", "check")])
    qtbot.addWidget(history)
    assert words(history)[1:] == [
        say_time(AT),
        "周明远",
        "修改了",
        say_time(later.at),
        "陈立",
        "先保存了",
    ]


def test_cards_of_the_sides_stand_in_columns_of_one_width(qtbot: QtBot) -> None:
    cards = [
        SideCard("window", "text", "基准", ("", "当时看到的")),
        SideCard("mine", "running", "我的", ("周明远", "09:12 修改"), "Alt+1"),
        SideCard("theirs", "waiting", "对方", ("陈立", "09:10 已生效"), "Alt+2"),
    ]
    row = side_cards(["字段组"], cards)
    qtbot.addWidget(row)
    row.resize(820, 80)
    row.show()
    assert max(card.width() for card in cards) - min(card.width() for card in cards) <= 1
    assert [card.x() for card in cards] == sorted(card.x() for card in cards)
    pixel = cards[1].grab().toImage().pixelColor(20, 5)
    assert pixel != cards[2].grab().toImage().pixelColor(20, 5)
