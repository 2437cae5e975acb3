"""The task's form: all fields, links with type and lag, one undo."""

from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from app.core.schedule.network import ConstraintKind, LagKind, LinkType
from app.services.schedule.tasks import EditTask, TaskFields
from app.services.schedule.views import LinkView, TaskValues
from app.ui.kit.fields import ChoiceField
from app.ui.kit.form import Form
from app.ui.pages.schedule.task_dialog import TaskDialog
from tests.services.schedule.site import CLERK, COLLEAGUE, DAY
from tests.ui.pages.schedule.conftest import Bench, Hands, tools_for


def open_form(hands: Hands, code: str) -> TaskDialog:
    hands.page.view.activated.emit(hands.ids[code])
    dialog = hands.page.findChild(TaskDialog)
    assert dialog is not None
    hands.bot.waitUntil(dialog.isVisible)
    return dialog


def write(form: Form, key: str, words: str) -> None:
    field = form.field(key)
    assert isinstance(field, QLineEdit)
    field.setText(words)


def pick(form: Form, key: str, value: object) -> None:
    field = form.field(key)
    assert isinstance(field, ChoiceField)
    field.set_value(value)


def save(hands: Hands, dialog: TaskDialog) -> None:
    hands.bot.mouseClick(dialog.action, Qt.MouseButton.LeftButton)
    hands.settle()


def values(hands: Hands, code: str) -> TaskValues:
    task = hands.site.plan().task(hands.ids[code])
    assert task is not None
    return task.values


def links(hands: Hands, code: str) -> list[LinkView]:
    task_id = hands.ids[code]
    return [
        link
        for link in hands.site.plan().links
        if task_id in (link.predecessor_id, link.successor_id)
    ]


def test_the_keys_are_on_the_name(hands: Hands) -> None:
    dialog = open_form(hands, "1.3.1")
    hands.bot.waitUntil(dialog.general.field("name").hasFocus)
    dialog.reject()


def test_an_untouched_form_stores_nothing(hands: Hands) -> None:
    count = len(hands.site.executed)
    for code in ("1.2.1", "1.2", "1.3.4"):
        save(hands, open_form(hands, code))
    assert len(hands.site.executed) == count


def test_all_kinds_of_fields_are_stored_and_undone_at_once(hands: Hands) -> None:
    before = values(hands, "1.3.1")
    dialog = open_form(hands, "1.3.1")
    write(dialog.general, "duration", "2w")
    pick(dialog.general, "constraint_kind", ConstraintKind.FINISH_NO_LATER)
    write(dialog.general, "constraint_at", "2026-05-01")
    write(dialog.general, "deadline", "2026-05-10 12:00")
    write(dialog.progress, "percent", "20")
    write(dialog.progress, "remaining", "9")
    write(dialog.progress, "actual_start", "3-12")
    note = dialog.note.field("note")
    note.setPlainText("等图纸")  # type: ignore[attr-defined]
    save(hands, dialog)
    after = values(hands, "1.3.1")
    assert after.duration_minutes == 12 * DAY
    assert after.constraint_kind is ConstraintKind.FINISH_NO_LATER
    assert after.constraint_at == datetime(2026, 5, 1, 17)  # noqa: DTZ001
    assert after.deadline == datetime(2026, 5, 10, 12)  # noqa: DTZ001
    assert (after.percent_complete, after.remaining_minutes) == (Decimal("0.2"), 9 * DAY)
    assert after.actual_start == datetime(2026, 3, 12, 8)  # noqa: DTZ001
    assert after.note == "等图纸"
    hands.press("undo")
    assert values(hands, "1.3.1") == before


def test_faults_are_shown_at_their_fields_and_the_form_stays(hands: Hands) -> None:
    dialog = open_form(hands, "1.3.1")
    write(dialog.general, "duration", "bald")
    write(dialog.general, "name", "")
    save(hands, dialog)
    assert dialog.isVisible()
    write(dialog.general, "name", "一至三层")
    save(hands, dialog)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "bald" in said
    write(dialog.progress, "actual_finish", "2026-03-12")
    write(dialog.general, "duration", "9")
    save(hands, dialog)
    assert dialog.isVisible()
    assert any("没有实际开始" in label.text() for label in dialog.findChildren(QLabel))
    assert values(hands, "1.3.1").name == "一至三层结构"
    write(dialog.progress, "actual_start", "2026-03-09")
    save(hands, dialog)
    assert values(hands, "1.3.1").actual_finish == datetime(2026, 3, 12, 17)  # noqa: DTZ001


def test_a_form_over_an_unseen_change_says_so_and_keeps_what_was_typed(hands: Hands) -> None:
    dialog = open_form(hands, "1.3.1")
    seen = values(hands, "1.3.1")
    write(dialog.general, "name", "我的名称")
    hands.site.as_other(
        EditTask(
            scope_id=hands.site.project_id,
            task_id=hands.ids["1.3.1"],
            base=seen.base_of("name"),
            values=TaskFields(name="同事的"),
        ),
        COLLEAGUE,
    )
    save(hands, dialog)
    assert dialog.isVisible()
    field = dialog.general.field("name")
    assert isinstance(field, QLineEdit)
    assert field.text() == "我的名称"
    assert any("他人" in label.text() for label in dialog.findChildren(QLabel))
    dialog.reject()


def test_type_and_lag_of_a_link_are_changed(hands: Hands) -> None:
    dialog = open_form(hands, "1.2.2")
    dialog.tabs.choose("links")
    line = next(line for line in dialog.links.lines if line.linked.is_before)
    line.type.set_value(LinkType.SS)
    line.lag.setText("-1.5")
    line.kind.set_value(LagKind.ELAPSED)
    save(hands, dialog)
    link = next(link for link in links(hands, "1.2.2") if link.id == line.linked.link_id)
    assert (link.type, link.lag, link.lag_kind) == (LinkType.SS, -2160, LagKind.ELAPSED)
    dialog = open_form(hands, "1.2.2")
    line = next(one for one in dialog.links.lines if one.linked.link_id == link.id)
    assert line.lag.text() == "-1.5"
    line.kind.set_value(LagKind.PERCENT)
    line.lag.setText("50%")
    save(hands, dialog)
    link = next(one for one in links(hands, "1.2.2") if one.id == link.id)
    assert (link.lag, link.lag_kind) == (50, LagKind.PERCENT)
    hands.press("undo")
    hands.press("undo")
    link = next(one for one in links(hands, "1.2.2") if one.id == link.id)
    assert (link.type, link.lag) == (LinkType.FS, 0)


def test_links_are_added_by_name_and_removed(hands: Hands) -> None:
    before = set(hands.site.plan().links)
    dialog = open_form(hands, "1.4.3")
    dialog.tabs.choose("links")
    editor = dialog.links
    editor.other.setText("不存在")
    hands.bot.mouseClick(editor.add_button, Qt.MouseButton.LeftButton)
    assert len(editor.lines) == 1
    editor.other.setText("施工电梯")
    editor.direction.set_value("after")
    hands.bot.mouseClick(editor.add_button, Qt.MouseButton.LeftButton)
    editor.lines[-1].lag.setText("2")
    hands.bot.mouseClick(editor.lines[0].remove, Qt.MouseButton.LeftButton)
    save(hands, dialog)
    (link,) = links(hands, "1.4.3")
    assert (link.predecessor_id, link.successor_id) == (hands.ids["1.4.3"], hands.ids["1.5.3"])
    assert link.lag == 2 * DAY
    hands.press("undo")
    assert set(hands.site.plan().links) == before


def test_a_cycle_in_the_form_is_named_and_the_form_stays(hands: Hands) -> None:
    dialog = open_form(hands, "1.3.1")
    dialog.tabs.choose("links")
    dialog.links.other.setText("1.3.3 七至八层结构")
    hands.bot.keyClick(dialog.links.other, Qt.Key.Key_Return)
    write(dialog.general, "name", "新名称")
    before = hands.site.plan()
    save(hands, dialog)
    assert dialog.isVisible()
    assert any("七至八层结构" in label.text() for label in dialog.findChildren(QLabel))
    hands.settle()
    assert [task.values for task in hands.site.plan().tasks] == [
        task.values for task in before.tasks
    ]
    dialog.reject()


def test_a_lag_that_cannot_be_read_is_said(hands: Hands) -> None:
    dialog = open_form(hands, "1.2.2")
    dialog.links.lines[0].lag.setText("later")
    save(hands, dialog)
    assert dialog.isVisible()
    assert dialog.tabs.current == "links"
    dialog.reject()


def test_whoever_does_not_plan_only_looks(bench: Bench, hands: Hands) -> None:
    other = bench.open(hands.ids, tools=tools_for(hands.site, login=CLERK))
    dialog = open_form(other, "1.2.2")
    assert not dialog.action.isEnabled()
    assert not dialog.general.isEnabled()
    assert not dialog.links.add_button.isEnabled()
    dialog.reject()
