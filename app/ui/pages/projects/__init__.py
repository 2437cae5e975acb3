"""The projects that this desk holds: their facts, and how they stand."""

from app.ui.pages.projects.page import projects_page

__all__ = ["projects_page"]
