"""The reconcile inbox: clashes, refusals, and own edits on their way."""

from app.ui.pages.reconcile.page import reconcile_page

__all__ = ["reconcile_page"]
