"""Settings: declared, typed, frozen. A key that nobody declared is an error, in words."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final, Literal

from platformdirs import PlatformDirs

from app.core.errors import EnvironmentFault, Finding, InputRejected, Reason
from app.core.toml import LONGEST, NotToml, parse_toml

ENVIRONMENT_PREFIX: Final = "GANTRY_"
SETTINGS_FILE: Final = "settings.toml"

_DIRS: Final = PlatformDirs("gantry", appauthor=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What holds for this computer and account, whoever works on it.

    Each field is a key of settings.toml, and GANTRY_<FIELD> in the environment, which wins.
    """

    language: Literal["zh_CN", "en"] | None = None
    """Of the command line and of new profiles; None: as the locale says."""
    log_level: Literal["debug", "info", "warning", "error"] = "warning"
    profiles_folder: Path = Path(_DIRS.user_data_dir) / "profiles"
    """Where `gantry join` makes a desk and the other commands look for one."""
    answer_seconds: float = 10.0
    """How long a command that only the server can run is waited for."""


_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "language": ("zh_CN", "en"),
    "log_level": ("debug", "info", "warning", "error"),
}
_FOLDERS: Final = frozenset({"profiles_folder"})

# Read from the environment by the commands themselves, and no settings.
NOT_SETTINGS: Final = frozenset({"GANTRY_SETTINGS", "GANTRY_SERVER_DSN", "GANTRY_ADMIN_DSN"})


def settings_path(environment: Mapping[str, str]) -> Path:
    """Where the settings file is: GANTRY_SETTINGS, else in the account's configuration folder."""
    chosen = environment.get("GANTRY_SETTINGS")
    return Path(chosen) if chosen else Path(_DIRS.user_config_dir) / SETTINGS_FILE


def settings_in_force() -> Settings:
    """The settings of this process; errors as `load_settings`."""
    return load_settings(os.environ)


def load_settings(environment: Mapping[str, str], path: Path | None = None) -> Settings:
    """Reads the file (none is as good as an empty one) and the environment (likewise).

    InputRejected with every undeclared key and wrong value; EnvironmentFault if the file is there
    and cannot be read.
    """
    file = path or settings_path(environment)
    given = [(file.name, key, value) for key, value in _from_file(file).items()]
    given += [
        (key, key.removeprefix(ENVIRONMENT_PREFIX).lower(), value)
        for key, value in sorted(environment.items())
        if key.startswith(ENVIRONMENT_PREFIX) and key not in NOT_SETTINGS and value
    ]
    findings: list[Finding] = []
    values: dict[str, Any] = {}
    for where, key, value in given:
        try:
            values[key] = _typed(key, value)
        except _Unfit as unfit:
            findings.append(Finding(unfit.reason, where))
    if findings:
        raise InputRejected(tuple(findings))
    return replace(Settings(), **values)


class _Unfit(Exception):
    def __init__(self, text_id: str, **parameters: str) -> None:
        super().__init__(text_id)
        self.reason = Reason(text_id, parameters)


def _from_file(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(LONGEST + 1)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise EnvironmentFault("sync.settings.unreadable", file=str(path)) from error
    try:
        return parse_toml(content)
    except NotToml as error:
        raise _malformed(path, str(error)) from None


def _malformed(path: Path, detail: str) -> InputRejected:
    reason = Reason("sync.settings.malformed", {"detail": detail})
    return InputRejected((Finding(reason, path.name),))


def _typed(key: str, value: object) -> object:
    declared = [field.name for field in fields(Settings)]
    if key not in declared:
        raise _Unfit("sync.settings.unknown", key=key, known=", ".join(declared))
    if key in _CHOICES:
        if value not in _CHOICES[key]:
            raise _Unfit("sync.settings.choice", key=key, choices=", ".join(_CHOICES[key]))
        return value
    if key in _FOLDERS:
        return _folder(key, value)
    return _seconds(key, value)


def _folder(key: str, value: object) -> Path:
    if not isinstance(value, str) or not Path(value).expanduser().is_absolute():
        raise _Unfit("sync.settings.folder", key=key)
    return Path(value).expanduser()


def _seconds(key: str, value: object) -> float:
    try:
        seconds = float(value) if isinstance(value, str | int | float) else -1.0
    except ValueError:
        seconds = -1.0
    if isinstance(value, bool) or not 0 < seconds <= 3600:
        raise _Unfit("sync.settings.seconds", key=key)
    return seconds
