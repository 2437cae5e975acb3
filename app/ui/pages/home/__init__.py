"""The first page: what needs this person today."""

from app.ui.pages.home.page import home_page

__all__ = ["home_page"]
