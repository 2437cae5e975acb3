"""The system's libraries, fonts and programs that the window and its tests need."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from installer.words import say

# Library to Debian package.
OFFSCREEN: Mapping[str, str] = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
SCREEN: Mapping[str, str] = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
# Program to Debian package, for tests in a real window.
WINDOW_TESTS: Mapping[str, str] = {
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "xdotool": "xdotool",
    "openbox": "openbox",
}
FONT_PACKAGE = "fonts-noto-cjk"
_FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
_CHINESE_FONTS = ("NotoSansCJK*", "NotoSerifCJK*", "wqy-*", "SourceHanSans*", "DroidSansFallback*")
_INSTALL_SECONDS = 1200
_ASK_SECONDS = 20


def missing(*, window_tests: bool = False) -> tuple[str, ...]:
    """The Debian packages that are missing here, in a fixed order; none but on Linux."""
    if sys.platform != "linux":
        return ()
    libraries = dict(OFFSCREEN)
    if window_tests or has_screen():
        libraries |= SCREEN
    found = [package for library, package in libraries.items() if not can_load(library)]
    if not has_chinese_font():
        found.append(FONT_PACKAGE)
    if window_tests:
        found += [package for program, package in WINDOW_TESTS.items() if not shutil.which(program)]
    return tuple(found)


def has_screen() -> bool:
    """Whether this session shows windows."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def can_load(library: str) -> bool:
    """Whether the system's loader finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_chinese_font() -> bool:
    """Whether a font with Chinese letters is installed."""
    for folder in _FONT_FOLDERS:
        if any(next(folder.rglob(pattern), None) for pattern in _CHINESE_FONTS):
            return True
    asked = shutil.which("fc-list")
    if asked is None:
        return False
    said = subprocess.run(
        [asked, ":lang=zh", "family"], capture_output=True, timeout=_ASK_SECONDS, check=False
    )
    return bool(said.stdout.strip())


def tell(packages: Sequence[str]) -> None:
    """Says what a person has to install."""
    if shutil.which("apt-get") is None:
        say("system_libraries", libraries=" ".join(packages))
    else:
        say("system_packages_line", line=line_for(packages))


def install(packages: Sequence[str]) -> bool:
    """Installs Debian packages when this may be done here, else says the line to run.

    Returns whether apt-get said that they are installed.
    """
    if not packages:
        return True
    apt, rights = shutil.which("apt-get"), _rights()
    if apt is None or rights is None:
        tell(packages)
        return False
    say("system_packages", packages=" ".join(packages))
    command = [*rights, apt, "-o", "DPkg::Lock::Timeout=120"]
    get = [*command, "install", "-y", "--no-install-recommends", *packages]
    # The lists of a fresh image are empty or old: a refused package may be there after an update.
    if _succeeds(get, quiet=True) or (_succeeds([*command, "update"]) and _succeeds(get)):
        return True
    tell(packages)
    return False


def line_for(packages: Sequence[str]) -> str:
    """The line for a person to run."""
    return f"sudo apt-get update && sudo apt-get install -y {' '.join(packages)}"


def _rights() -> list[str] | None:
    """What to put before apt-get as root or with a sudo that does not ask; None without rights."""
    settings = "DEBIAN_FRONTEND=noninteractive"
    if sys.platform != "win32" and os.geteuid() == 0:
        return ["env", settings]
    sudo = shutil.which("sudo")
    if sudo and _succeeds([sudo, "-n", "true"], quiet=True):
        return [sudo, "-n", "env", settings]
    return None


def _succeeds(command: Sequence[str], *, quiet: bool = False) -> bool:
    shown = subprocess.DEVNULL if quiet else None
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=shown,
            stderr=shown,
            timeout=_INSTALL_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
