"""The explicit list of synced tables; parents before children."""

from app.models.base import Scoped
from app.models.ledger import LedgerEntry, LedgerLine, LedgerPeriod
from app.models.people import Person, ScopeMember
from app.models.projects import Project
from app.models.reconcile import Conflict
from app.models.schedule import CalendarDay, ScheduleSettings, Task, TaskLink, WorkCalendar
from app.models.stock import StockBalance, StockCount, StockItem, StockLocation, StockMove

SYNCED: tuple[type[Scoped], ...] = (
    Person,
    ScopeMember,
    Project,
    WorkCalendar,
    CalendarDay,
    ScheduleSettings,
    Task,
    TaskLink,
    StockItem,
    StockLocation,
    StockMove,
    StockBalance,
    StockCount,
    LedgerPeriod,
    LedgerEntry,
    LedgerLine,
    Conflict,
)
