"""How the schedule is computed."""

from datetime import datetime
from decimal import Decimal

from PySide6.QtWidgets import QLineEdit

from app.core.schedule.network import (
    FloatKind,
    LagCalendar,
    ProgressMode,
    Rules,
)
from app.ui.kit.fields import ChoiceField
from app.ui.pages.schedule.settings_form import settings_edit
from tests.services.schedule.site import CLERK, TODAY
from tests.ui.pages.schedule.conftest import Bench, Hands, tools_for
from tests.ui.pages.schedule.plans import START, picture, task

SHOWN = picture([task("土方")])


def test_settings_are_changed_and_undone(hands: Hands) -> None:
    hands.press("settings")
    dialog = hands.form()
    rules, limit = dialog.form.field("rules"), dialog.form.field("must_finish_at")
    assert isinstance(rules, ChoiceField)
    assert isinstance(limit, QLineEdit)
    rules.set_value(Rules.MSP)
    limit.setText("2026-05-01")
    hands.save(dialog)
    assert hands.site.plan().settings.rules is Rules.MSP
    assert hands.site.plan().settings.must_finish_at == datetime(2026, 5, 1, 17)  # noqa: DTZ001
    hands.press("undo")
    assert hands.site.plan().settings.rules is Rules.GANTRY


def test_unchanged_settings_store_nothing(hands: Hands) -> None:
    count = len(hands.site.executed)
    hands.press("settings")
    hands.save(hands.form())
    assert len(hands.site.executed) == count


def filled(**given: object) -> dict[str, object]:
    """A form as it was filled from the plan's settings, then changed."""
    calendar = SHOWN.plan.settings.default_calendar_id
    usual: dict[str, object] = {
        "start_at": "2026-03-02",
        "data_date": "",
        "must_finish_at": "",
        "default_calendar_id": calendar,
        "rules": "gantry",
        "progress_mode": SHOWN.plan.settings.progress_mode.value,
        "lag_calendar": SHOWN.plan.settings.lag_calendar.value,
        "float_kind": SHOWN.plan.settings.float_kind.value,
        "critical_threshold": Decimal(0),
        "critical_by_longest_path": SHOWN.plan.settings.critical_by_longest_path,
        "open_ends_critical": SHOWN.plan.settings.open_ends_critical,
        "use_expected_finish": SHOWN.plan.settings.use_expected_finish,
        "honour_constraints": SHOWN.plan.settings.honour_constraints,
    }
    return usual | given


def edit(**given: object) -> dict[str, object]:
    return settings_edit(SHOWN, filled(**given), TODAY)


def test_only_what_differs_is_changed() -> None:
    assert edit() == {}
    # A combo box hands plain texts back.
    assert edit(rules="p6", float_kind=FloatKind.FINISH.value) == {
        "rules": Rules.P6,
        "float_kind": FloatKind.FINISH,
    }
    assert edit(lag_calendar=LagCalendar.SUCCESSOR, progress_mode=ProgressMode.OVERRIDE) == {
        "lag_calendar": LagCalendar.SUCCESSOR,
        "progress_mode": ProgressMode.OVERRIDE,
    }


def test_days_mean_the_ends_of_a_working_day_that_fit() -> None:
    assert edit(start_at="2026-03-09", data_date="3-20", must_finish_at="2026-05-01 12:00") == {
        "start_at": datetime(2026, 3, 9, 8),  # noqa: DTZ001
        "data_date": datetime(2026, 3, 20, 17),  # noqa: DTZ001
        "must_finish_at": datetime(2026, 5, 1, 12),  # noqa: DTZ001
    }
    assert edit(start_at="") == {}
    assert SHOWN.plan.settings.start_at == START


def test_the_critical_limit_is_typed_in_hours() -> None:
    assert edit(critical_threshold=Decimal("1.5")) == {"critical_threshold": 90}
    assert edit(critical_threshold=None) == {}


def test_whoever_does_not_plan_only_looks_at_the_settings(bench: Bench, hands: Hands) -> None:
    other = bench.open(hands.ids, tools=tools_for(hands.site, login=CLERK))
    other.press("settings")
    dialog = other.form()
    assert not dialog.action.isEnabled()
    assert not dialog.form.isEnabled()
    dialog.reject()
