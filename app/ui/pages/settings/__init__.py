"""What a person sets up for this desk, and what is worth knowing of it."""

from app.ui.pages.settings.page import settings_page

__all__ = ["settings_page"]
