"""People of the company, the jobs they hold, and what each job may do."""

from app.ui.pages.people.page import people_page

__all__ = ["people_page"]
