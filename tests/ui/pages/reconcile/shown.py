"""Clashes as the detail of the inbox takes them."""

from app.services.inbox import Inbox, read_inbox
from app.ui.kit.labels import Label
from app.ui.pages.reconcile.conflict_view import ConflictView
from tests.ui.pages.company import ME, Company


def inbox_of(company: Company, login: str) -> Inbox:
    """What a person's inbox holds."""
    with company.read() as session:
        return read_inbox(session, login, ())


def view_of(company: Company, login: str = ME, place: tuple[int, int] = (1, 1)) -> ConflictView:
    """The newest clash in full, as somebody sees it."""
    inbox = inbox_of(company, login)
    return ConflictView(inbox.conflicts[0], inbox.names, login, place)


def words_of(view: ConflictView) -> str:
    """Everything that is said in it."""
    return "\n".join(one.text() for one in view.findChildren(Label))
