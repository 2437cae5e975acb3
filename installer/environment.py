"""The virtual environment `.venv` of the repository, installed from the lock file with hashes."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from installer import byte_code, project_link, system_packages
from installer.file_lock import only_one
from installer.words import Stopped, say

# Raise it when the way of installing changes: every environment is then brought up to date.
_FORMAT = 2
_STAMP = "gantry-installed.json"
_UNFINISHED = "gantry-unfinished"
_LACKING = "lacking_system_packages"
_OF_PACKAGES = ("format", "files", "python", "base", "root")
_MEGABYTE = 1 << 20
# Measured: 1 GB installed, 0.6 GB of downloads on the way.
_NEEDED_MEGABYTES = 2_000


@dataclass(frozen=True, slots=True)
class Environment:
    """The places of one repository's installation."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / ".venv"

    @property
    def programs(self) -> Path:
        return self.folder / ("Scripts" if sys.platform == "win32" else "bin")

    @property
    def python(self) -> Path:
        return self.programs / ("python.exe" if sys.platform == "win32" else "python")

    @property
    def lock_file(self) -> Path:
        return self.root / "requirements.lock"

    @property
    def stamp(self) -> Path:
        return self.folder / _STAMP

    @property
    def unfinished(self) -> Path:
        return self.folder / _UNFINISHED


def ensure(
    root: Path,
    *,
    window_tests: bool = False,
    insist: bool = False,
    needed_megabytes: int = _NEEDED_MEGABYTES,
) -> bool:
    """Installs what is missing; whether there was anything to do. Raises Stopped.

    System packages that could not be installed before are tried again only with `insist`: without
    a network each start would wait for them.
    """
    place = Environment(root)
    wanted = _wanted(place, window_tests)
    # Sources change without anything to install.
    byte_code.compile_program(root)
    if _is_current(place, wanted):
        return False
    try:
        with only_one(root / "build" / "bootstrap.lock"):
            if not _is_current(place, wanted):
                lacking = _complete_system(place, window_tests, insist)
                _complete_environment(place, wanted, needed_megabytes)
                _write_stamp(place, {**wanted, _LACKING: lacking})
    except PermissionError as error:
        raise Stopped("cannot_write", folder=error.filename, why=error.strerror) from error
    return True


def child_environment(root: Path) -> dict[str, str]:
    """The environment for child processes, with a home folder that can be written to."""
    variables = dict(os.environ)
    if sys.platform == "win32":
        return variables
    home = _home()
    if home is None or not home.is_absolute() or not os.access(home, os.W_OK | os.X_OK):
        home = root / "build" / "home"
        home.mkdir(parents=True, exist_ok=True)
    variables["HOME"] = str(home)
    return variables


def _home() -> Path | None:
    named = os.environ.get("HOME")
    if named or sys.platform == "win32":
        return Path(named) if named else None
    import pwd

    try:
        return Path(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError:
        return None


def _wanted(place: Environment, window_tests: bool) -> Mapping[str, object]:
    digest = hashlib.sha256()
    for path in (place.lock_file, place.root / "pyproject.toml"):
        if not path.is_file():
            raise Stopped("no_lock_file", file=path)
        digest.update(path.read_bytes() + b"\0")
    return {
        "format": _FORMAT,
        "files": digest.hexdigest(),
        "python": sys.version,
        "base": sys.base_prefix,
        "root": str(place.root),
        "screen": system_packages.has_screen(),
        "window_tests": window_tests,
    }


def _is_current(place: Environment, wanted: Mapping[str, object]) -> bool:
    """Whether the stamp says that this very installation was completed, system packages and all."""
    if place.unfinished.exists() or not place.python.exists():
        return False
    installed = _read_stamp(place)
    # What was installed for more (a screen, window tests) also serves less.
    for extra in ("screen", "window_tests"):
        if wanted[extra] is False:
            installed[extra] = False
    return installed == {**wanted, _LACKING: []}


def _read_stamp(place: Environment) -> dict[str, object]:
    try:
        found = json.loads(place.stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return dict(found) if isinstance(found, dict) else {}


def _complete_system(place: Environment, window_tests: bool, insist: bool) -> list[str]:
    """Installs the missing system packages if it may; which of them are still missing."""
    lacking = list(system_packages.missing(window_tests=window_tests))
    if not insist and lacking and lacking == _read_stamp(place).get(_LACKING):
        system_packages.tell(lacking)
        return lacking
    system_packages.install(lacking)
    return list(system_packages.missing(window_tests=window_tests)) if lacking else []


def _complete_environment(
    place: Environment, wanted: Mapping[str, object], needed_megabytes: int
) -> None:
    installed = _read_stamp(place)
    same = all(installed.get(name) == wanted[name] for name in _OF_PACKAGES)
    if same and place.python.exists() and not place.unfinished.exists():
        return
    began = time.monotonic()
    if not place.python.exists():
        _check_space(place, needed_megabytes)
    _install_packages(place)
    say("installed", seconds=round(time.monotonic() - began))


def _install_packages(place: Environment) -> None:
    _discard_unusable(place)
    say("installing")
    place.folder.mkdir(exist_ok=True)
    place.stamp.unlink(missing_ok=True)
    # Stays behind when this is interrupted: half an installation is then thrown away, not mended.
    place.unfinished.write_bytes(b"")
    uv = shutil.which("uv")
    if uv is None or not _install_with_uv(place, uv):
        if uv is not None:
            say("uv_failed")
            shutil.rmtree(place.folder)
            place.folder.mkdir()
            place.unfinished.write_bytes(b"")
        _install_with_pip(place)
    project_link.link(place.root, place.folder, place.python)
    place.unfinished.unlink()
    # Last: an interruption here costs nothing but time at the starts.
    byte_code.compile_packages(place.python, place.folder, _variables(place))


def _check_space(place: Environment, needed_megabytes: int) -> None:
    free = shutil.disk_usage(place.root).free // _MEGABYTE
    if free < needed_megabytes:
        raise Stopped("no_space", folder=place.root, free=free, needed=needed_megabytes)


def _discard_unusable(place: Environment) -> None:
    if not place.folder.exists():
        return
    if place.unfinished.exists():
        say("repairing")
        shutil.rmtree(place.folder)
        return
    ours = ".".join(str(part) for part in sys.version_info[:2])
    found = _version_of(place.python)
    if found != ours:
        say("other_python", found=found, ours=ours)
        shutil.rmtree(place.folder)


def _version_of(python: Path) -> str:
    asked = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run(
            [python, "-I", "-c", asked], capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return "?"
    return done.stdout.strip() or "?"


def _install_with_uv(place: Environment, uv: str) -> bool:
    if not place.python.exists():
        # Without pip, so that a Debian Python without ensurepip will do.
        _make_environment(place, ["--without-pip"])
    return _runs(
        place,
        [
            *(uv, "pip", "sync", "--require-hashes", "--only-binary", ":all:"),
            *("--python", str(place.python), str(place.lock_file)),
        ],
    )


def _install_with_pip(place: Environment) -> None:
    _provide_ensurepip()
    _make_environment(place, [])
    if not _install_locked(place):
        raise Stopped("packages_failed")


def _install_locked(place: Environment) -> bool:
    return _runs(
        place,
        [
            *(str(place.python), "-m", "pip", "install", "--disable-pip-version-check"),
            *("--no-input", "--progress-bar", "off", "--quiet", "--require-hashes", "--no-deps"),
            *("--no-compile", "--only-binary", ":all:", "--requirement", str(place.lock_file)),
        ],
    )


def _provide_ensurepip() -> None:
    """Debian keeps ensurepip in a package of its own."""
    if _has_ensurepip():
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if not system_packages.install([package]) or not _has_ensurepip():
        raise Stopped("no_venv", line=system_packages.line_for([package]))


def _has_ensurepip() -> bool:
    return _succeeds_quietly([_base_python(), "-I", "-c", "import ensurepip, venv"])


def _succeeds_quietly(command: Sequence[str]) -> bool:
    return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0


def _make_environment(place: Environment, options: Sequence[str]) -> None:
    if not _runs(place, [_base_python(), "-I", "-m", "venv", *options, str(place.folder)]):
        raise Stopped("venv_failed")


def _base_python() -> str:
    # Run by the environment's own Python, this must not build on what it may throw away.
    return str(getattr(sys, "_base_executable", sys.executable) or sys.executable)


def _runs(place: Environment, command: Sequence[str]) -> bool:
    try:
        ran = subprocess.run(command, env=_variables(place), cwd=place.root, check=False)
    except OSError:
        return False
    return ran.returncode == 0


def _variables(place: Environment) -> dict[str, str]:
    variables = child_environment(place.root)
    variables.pop("PYTHONPATH", None)
    return variables


def _write_stamp(place: Environment, installed: Mapping[str, object]) -> None:
    draft = place.stamp.with_suffix(".new")
    draft.write_text(json.dumps(installed, indent=1), encoding="utf-8")
    draft.replace(place.stamp)
