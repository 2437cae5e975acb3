"""The menu of a column: sort, filter, hide, choose columns."""

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget, QWidgetAction

from app.ui.kit.fields import TextField
from app.ui.kit.icons import icon
from app.ui.kit.labels import Label
from app.ui.kit.measures import GAP_M, GAP_S, GRID
from app.ui.kit.table_model import Order
from app.ui.kit.table_view import TableView
from app.ui.kit.text import tr

FILTER_WIDTH = 160


def open_column_menu(view: TableView[Any], section: int, where: QPoint) -> QMenu:
    """Opens the menu of a column (-1: of the table) and returns it."""
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if section >= 0:
        _add_sorting(menu, view, section)
        _add_filter(menu, view, section)
        menu.addSeparator()
        hide = menu.addAction(icon("eye_off"), tr("kit.column_hide"))
        hide.triggered.connect(lambda: view.columns.show_column(section, False))
    _add_columns(menu, view)
    menu.addAction(tr("kit.columns_reset")).triggered.connect(view.columns.reset_columns)
    menu.popup(where)
    return menu


def _add_sorting(menu: QMenu, view: TableView[Any], section: int) -> None:
    column = view.rows_model.columns[section]
    if not column.sortable:
        return

    def sort(descending: bool) -> None:
        view.columns.arrange(Order(column.key, descending), view.rows_model.filters)

    menu.addAction(icon("sort_up"), tr("kit.sort_up")).triggered.connect(lambda: sort(False))
    menu.addAction(icon("sort_down"), tr("kit.sort_down")).triggered.connect(lambda: sort(True))


def _add_filter(menu: QMenu, view: TableView[Any], section: int) -> None:
    key = view.rows_model.columns[section].key
    field = TextField(view.rows_model.filters.get(key, ""), most=100)
    field.setFixedWidth(FILTER_WIDTH)
    field.setPlaceholderText(tr("kit.filter_contains"))
    field.setAccessibleName(tr("kit.filter"))

    def apply() -> None:
        filters = {**view.rows_model.filters, key: field.text()}
        if not field.text().strip():
            filters.pop(key)
        view.columns.arrange(view.rows_model.order, filters)
        menu.close()

    field.returnPressed.connect(apply)
    row = QWidget(menu)
    line = QHBoxLayout(row)
    line.setContentsMargins(GAP_M, GRID, GAP_M, GRID)
    line.setSpacing(GAP_S)
    line.addWidget(Label(tr("kit.filter")))
    line.addWidget(field)
    holder = QWidgetAction(menu)
    holder.setDefaultWidget(row)
    menu.addAction(holder)
    if key in view.rows_model.filters:
        off = menu.addAction(icon("close"), tr("kit.filter_off"))
        rest = {known: wanted for known, wanted in view.rows_model.filters.items() if known != key}
        off.triggered.connect(lambda: view.columns.arrange(view.rows_model.order, rest))


def _add_columns(menu: QMenu, view: TableView[Any]) -> None:
    choice = menu.addMenu(icon("columns"), tr("kit.columns"))
    for number, column in enumerate(view.rows_model.columns):
        action = choice.addAction(tr(column.title_id))
        action.setCheckable(True)
        action.setChecked(not view.isColumnHidden(number))
        action.toggled.connect(lambda shown, number=number: view.columns.show_column(number, shown))
