"""The banner while offline."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.kit.labels import ElidedLabel
from app.ui.kit.text import texts
from app.ui.shell.banner import OfflineBanner
from app.ui.shell.link_state import LinkState
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
