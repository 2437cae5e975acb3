"""The project's calendars: their weeks, and their special days month by month."""

from datetime import date
from typing import Final
from uuid import UUID

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import GantryError, Reason
from app.core.schedule.work_calendar import DAY_SHIFTS, Shifts
from app.services.schedule.views import CalendarView
from app.services.tx import Clash
from app.ui.kit.buttons import button, icon_button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.fields import ChoiceField, TextField
from app.ui.kit.labels import Label, label
from app.ui.kit.measures import GAP_L, GAP_S, GAP_XL, GRID, TYPE_TITLE
from app.ui.kit.text import say, say_reason, tr
from app.ui.pages.schedule.calendar_acts import copy_of, edit_calendar, set_day
from app.ui.pages.schedule.doing import Doer
from app.ui.pages.schedule.month_view import MonthView
from app.ui.pages.schedule.picture import Picture
from app.ui.pages.schedule.plan_keeper import PlanKeeper
from app.ui.pages.schedule.shift_words import read_shifts, say_shifts
from app.ui.pages.schedule.steps import Action
from app.ui.pages.tools import PageTools

WIDTH: Final = 860
SHIFTS_WIDTH: Final = 200
LABEL_WIDTH: Final = 44


class CalendarsDialog(Dialog):
    """Weeks are stored by their button, days as they are set; all can be undone."""

    def __init__(self, page: QWidget, keeper: PlanKeeper, doer: Doer, tools: PageTools) -> None:
        super().__init__(page, tr("schedule.page.calendars"), width=WIDTH)
        self._keeper = keeper
        self._doer = doer
        self._tools = tools
        self._shown: CalendarView | None = None
        self.calendars = ChoiceField()
        self.name = TextField(most=200)
        self.week = [TextField(most=200) for _ in range(7)]
        self.month = MonthView(tools.today())
        self.month_title = Label("", TYPE_TITLE, bold=True)
        self.day_title = Label("", bold=True)
        self.day_shifts = TextField(most=200)
        self.day_name = TextField(most=80)
        self.save = button("schedule.page.save_week", "primary")
        self.copy = button("schedule.page.calendar_copy", icon_name="copy")
        self.off = button("schedule.page.day_set_off")
        self.work = button("schedule.page.day_set_work")
        self.ordinary = button("schedule.page.day_set_ordinary")
        self._refusal = Label("", color="overdue", wrap=True)
        self._build()
        self._connect()
        self._show(keeper.picture)
        self.calendars.setFocus()

    def _build(self) -> None:
        self.body.addWidget(Label(tr("schedule.page.calendars"), TYPE_TITLE, bold=True))
        row = QHBoxLayout()
        row.setSpacing(GAP_XL)
        row.addLayout(self._week_column(), 1)
        row.addLayout(self._month_column())
        self.body.addLayout(row)
        self.body.addWidget(self._refusal)
        self.add_button(button("kit.close"), self.accept)
        for made in (self.save, self.copy, self.off, self.work, self.ordinary):
            made.setEnabled(self._keeper.may_edit)

    def _week_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(GAP_S)
        say(self.calendars, "schedule.page.calendar", "name")
        say(self.name, "schedule.page.calendar_name", "name")
        column.addWidget(self.calendars)
        column.addWidget(label("schedule.page.calendar_name", color="text_2"))
        column.addWidget(self.name)
        column.addWidget(label("schedule.page.week_shifts", color="text_2"))
        grid = QGridLayout()
        grid.setVerticalSpacing(GRID)
        for number, field in enumerate(self.week):
            words = label(f"schedule.page.weekday_{number}")
            words.setFixedWidth(LABEL_WIDTH)
            words.setBuddy(field)
            say(field, f"schedule.page.weekday_{number}", "name")
            say(field, "schedule.page.day_off", "placeholder")
            field.setMinimumWidth(SHIFTS_WIDTH)
            grid.addWidget(words, number, 0)
            grid.addWidget(field, number, 1)
        column.addLayout(grid)
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addWidget(self.copy)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return column

    def _month_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(GAP_S)
        head = QHBoxLayout()
        before, after = (
            icon_button("left", "schedule.page.month_before"),
            icon_button("right", "schedule.page.month_after"),
        )
        before.clicked.connect(lambda: self.month.turn(-1))
        after.clicked.connect(lambda: self.month.turn(1))
        head.addWidget(before)
        head.addWidget(self.month_title, 1)
        head.addWidget(after)
        column.addLayout(head)
        column.addWidget(self.month)
        column.addWidget(self.day_title)
        fields = QHBoxLayout()
        fields.setSpacing(GAP_S)
        say(self.day_shifts, "schedule.page.day_shifts", "placeholder")
        say(self.day_shifts, "schedule.page.day_shifts", "name")
        say(self.day_name, "schedule.page.day_name", "placeholder")
        say(self.day_name, "schedule.page.day_name", "name")
        fields.addWidget(self.day_shifts, 3)
        fields.addWidget(self.day_name, 2)
        column.addLayout(fields)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_S)
        for made in (self.off, self.work, self.ordinary):
            buttons.addWidget(made)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addSpacing(GAP_L)
        return column

    def _connect(self) -> None:
        self._keeper.shown.connect(self._show)
        self.calendars.picked.connect(self._pick)
        self.month.chosen.connect(lambda _day: self._show_day())
        self.save.clicked.connect(self._save_week)
        self.copy.clicked.connect(self._copy)
        self.off.clicked.connect(lambda: self._set_day(()))
        self.work.clicked.connect(self._set_work)
        self.ordinary.clicked.connect(lambda: self._set_day(None))

    def _show(self, picture: Picture | None) -> None:
        if picture is None:
            return
        known = picture.plan.calendars
        self.calendars.set_choices([(calendar.id, calendar.name) for calendar in known])
        wanted = (
            picture.plan.settings.default_calendar_id if self._shown is None else self._shown.id
        )
        found = next((calendar for calendar in known if calendar.id == wanted), None)
        if found is not None:
            self._show_calendar(found)

    def _pick(self, calendar_id: UUID) -> None:
        picture = self._keeper.picture
        found = None if picture is None else picture.clocks.calendars.get(calendar_id)
        if found is not None:
            self._shown = None
            self._show_calendar(found)

    def _show_calendar(self, calendar: CalendarView) -> None:
        fresh = self._shown is None or self._shown.id != calendar.id
        before, self._shown = self._shown, calendar
        self.calendars.set_value(calendar.id)
        # What is being typed is kept when only somebody else's change came in.
        if fresh or before is None or self.name.text() == before.name:
            self.name.setText(calendar.name)
        for number, field in enumerate(self.week):
            if fresh or before is None or field.text() == say_shifts(before.week[number]):
                field.setText(say_shifts(calendar.week[number]))
        self.month.show_calendar(calendar)
        self._show_day()

    def _show_day(self) -> None:
        day, special = self.month.day, self.month.special()
        self.month_title.setText(tr("schedule.page.month", year=day.year, month=day.month))
        self.day_title.setText(self.month.words_for(day))
        self.day_name.setText("" if special is None else special.name)
        self.day_shifts.setText("" if special is None else say_shifts(special.shifts))
        self.ordinary.setEnabled(special is not None and self._keeper.may_edit)
        self._refusal.setText("")

    def _save_week(self) -> None:
        picture, seen = self._keeper.picture, self._shown
        if picture is None or seen is None:
            return
        week, faulty = [], False
        for field in self.week:
            shifts = self._read(field)
            faulty = faulty or shifts is None
            week.append(shifts or ())
        if faulty:
            self._refusal.setText(tr("schedule.page.fault_shifts"))
            return
        meant = {"name": self.name.text().strip(), "week": tuple(week)}
        edit = {name: value for name, value in meant.items() if getattr(seen, name) != value}
        if not edit.get("name", "-"):
            self.name.set_faulty(True)
            return
        if edit:
            act = edit_calendar(picture.plan.project_id, seen, edit)
            self._do(Action(Reason("schedule.edit_calendar"), (act,)))

    def _copy(self) -> None:
        picture, seen = self._keeper.picture, self._shown
        if picture is None or seen is None:
            return
        name = tr("schedule.page.calendar_copied", name=seen.name)[:200]
        command = copy_of(picture.plan.project_id, seen, name, self._tools.new_id)
        # Calendars cannot be deleted, so there is nothing to undo this by.
        self._doer.run_once(command, self._refused)

    def _set_work(self) -> None:
        shifts = self._read(self.day_shifts)
        if shifts is None:
            self._refusal.setText(tr("schedule.page.fault_shifts"))
            return
        self._set_day(shifts or self._usual_shifts())

    def _usual_shifts(self) -> Shifts:
        week = () if self._shown is None else self._shown.week
        return next((shifts for shifts in week if shifts), DAY_SHIFTS)

    def _set_day(self, shifts: Shifts | None) -> None:
        picture, calendar = self._keeper.picture, self._shown
        if picture is None or calendar is None:
            return
        day: date = self.month.day
        act = set_day(
            picture.plan.project_id,
            calendar,
            day,
            self.month.special(),
            shifts,
            self.day_name.text().strip(),
            self._tools.new_id,
        )
        self._do(Action(Reason("schedule.set_calendar_day"), (act,)))

    def _do(self, action: Action) -> None:
        self._refusal.setText("")
        self._doer.do(action, None, self._refused)

    def _refused(self, error: GantryError) -> None:
        clash = isinstance(error, Clash)
        self._refusal.setText(tr("schedule.page.clash") if clash else say_reason(error.reason))

    def _read(self, field: TextField) -> Shifts | None:
        try:
            shifts = read_shifts(field.text())
        except ValueError:
            field.set_faulty(True)
            field.setFocus()
            return None
        field.set_faulty(False)
        return shifts
