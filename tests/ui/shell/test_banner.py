"""The banner while offline."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.errors import Reason
from app.ui.kit.labels import ElidedLabel
from app.ui.kit.text import texts
from app.ui.shell.banner import OfflineBanner
from app.ui.shell.link_state import Link, LinkState
from tests.ui.typing import only


def words(banner: OfflineBanner) -> str:
    return str(only(banner, ElidedLabel).text())


def test_it_appears_only_offline_and_offers_a_retry(qtbot: QtBot) -> None:
    banner = OfflineBanner()
    qtbot.addWidget(banner)
    banner.show_link(LinkState("online"))
    assert not banner.isVisible()
    banner.show_link(LinkState("offline", waiting=12))
    assert banner.isVisible()
    assert words(banner).startswith("12 项更改已安全存在本机")
    with qtbot.waitSignal(banner.retry_asked):
        qtbot.keyClick(banner.retry, Qt.Key.Key_Space)
    texts().set_language("en")
    assert words(banner).startswith("Changes kept safely on this computer: 12.")
    banner.show_link(LinkState("offline"))
    assert words(banner).startswith("You can go on working")
    assert not banner.grab().isNull()


@pytest.mark.parametrize(
    ("link", "text_id", "title", "said"),
    [
        ("wrong_password", "sync.wrong_password", "密码不对", "请重新输入密码"),
        ("turned_away", "sync.not_admitted", "服务器拒绝登录", "请联系管理员"),
    ],
)
def test_who_is_turned_away_reads_why_and_can_sign_in_again(
    qtbot: QtBot, link: Link, text_id: str, title: str, said: str
) -> None:
    banner = OfflineBanner()
    qtbot.addWidget(banner)
    banner.show_link(LinkState(link, waiting=3, reason=Reason(text_id)))
    assert banner.isVisible()
    assert banner.accessibleName() == title
    assert said in words(banner)
    with qtbot.waitSignal(banner.sign_in_asked):
        qtbot.keyClick(banner.sign_in, Qt.Key.Key_Space)
    banner.show_link(LinkState("offline", reason=Reason("sync.no_answer")))
    assert banner.accessibleName() == "离线"
    assert words(banner).startswith("可以照常工作")
    assert not banner.sign_in.isVisible()


def test_a_server_that_is_reached_and_of_no_use_says_why(qtbot: QtBot) -> None:
    banner = OfflineBanner()
    qtbot.addWidget(banner)
    banner.show_link(LinkState("silent", reason=Reason("sync.server_silent")))
    assert "不是您的网络" in words(banner)
    assert not banner.sign_in.isVisible()


def test_connecting_is_no_trouble_yet(qtbot: QtBot) -> None:
    banner = OfflineBanner()
    qtbot.addWidget(banner)
    banner.show_link(LinkState("connecting"))
    assert not banner.isVisible()
