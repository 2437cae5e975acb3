"""What the server process says about its work, in words, through the standard logging."""

import logging

from app.core.errors import Parameter, Reason
from app.texts import Language, reason_text, text


class Journal:
    """Writes lines in one language. It never gets to see passwords or the content of commands."""

    def __init__(self, language: Language = "zh_CN", logger: logging.Logger | None = None) -> None:
        self._language: Language = language
        self._logger = logger or logging.getLogger("gantry.server")

    def tell(self, text_id: str, **parameters: Parameter) -> None:
        """Something that went as it should."""
        self._logger.info("%s", text(self._language, text_id, **parameters))

    def warn(self, text_id: str, **parameters: Parameter) -> None:
        """Something that a person should look at."""
        self._logger.warning("%s", text(self._language, text_id, **parameters))

    def warn_reason(self, reason: Reason) -> None:
        """As `warn`, of a reason."""
        self._logger.warning("%s", reason_text(self._language, reason))

    def bug(self, text_id: str, **parameters: Parameter) -> None:
        """A fault of the program: with the traceback of the exception being handled."""
        self._logger.exception("%s", text(self._language, text_id, **parameters))
