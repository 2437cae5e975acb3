"""The state of the link in words."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from app.ui.kit.text import texts
from app.ui.shell.link_state import Link, LinkState, say_link, say_outage

NOW = datetime(2026, 3, 24, 14, 29, tzinfo=UTC)
HERE = NOW.astimezone()


def test_connected() -> None:
    state = LinkState("online", NOW, waiting=3)
    assert say_link(state) == f"已连接 · 数据截至 {HERE:%H:%M} · 3 项待同步"
    assert say_outage(state, NOW) == ""
    texts().set_language("en")
    assert say_link(state) == f"Connected · data as of {HERE:%H:%M} · 3 to send"


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("connecting", "正在连接 · 数据截至 {time}"),
        ("silent", "服务器未处理 · 数据截至 {time}"),
        ("outdated", "版本不符"),
        ("wrong_password", "密码不对"),
        ("turned_away", "服务器拒绝登录"),
    ],
)
def test_every_other_state_has_words_of_its_own(link: Link, said: str) -> None:
    state = LinkState(link, NOW)
    assert say_link(state) == said.format(time=f"{HERE:%H:%M}")
    assert say_outage(state, NOW) == ""


def test_a_person_has_to_know_of_what_does_not_pass_by_itself() -> None:
    links = get_args(Link)
    troubled = {link for link in links if LinkState(link).is_troubled}
    assert set(links) - troubled == {"online", "syncing", "connecting"}
    signing = {link for link in links if LinkState(link).wants_sign_in}
    assert signing == {"wrong_password", "turned_away"}


def test_what_is_to_be_decided() -> None:
    assert say_link(LinkState("syncing", to_decide=2)) == "正在同步 · 2 项待处理"


@pytest.mark.parametrize(
    ("ago", "said"),
    [(timedelta(minutes=26), "26 分钟"), (timedelta(hours=5, minutes=3), "5 小时")],
)
def test_offline(ago: timedelta, said: str) -> None:
    state = LinkState("offline", NOW, waiting=12, lost_at=NOW - ago)
    assert say_link(state) == "离线 · 12 项待同步"
    assert said in say_outage(state, NOW)
    assert "自动发送" in say_outage(state, NOW)


def test_never_connected_yet() -> None:
    assert "连上后" in say_outage(LinkState("offline"), NOW)
