"""Puts the `gantry` command of this source tree into its environment, without building anything.

A build would fetch its tools from the network, outside the lock file.
"""

import shutil
import stat
import sys
import sysconfig
import tomllib
from pathlib import Path

_METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
# The shell starts Python, as a first line with a space or more than 127 bytes would not work.
_POSIX_COMMAND = """\
#!/bin/sh
'''exec' "$(dirname -- "$(readlink -f -- "$0")")/python" "$0" "$@"
'''
import sys

from {module} import {function}

sys.exit({function}())
"""
_WINDOWS_COMMAND = '@"%~dp0python.exe" -m app %*\r\n'


def link(root: Path, environment: Path, python: Path) -> None:
    """Makes the packages of `root` importable in `environment` and writes its commands."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name, version = str(project["name"]), str(project["version"])
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(environment)}))
    for older in packages.glob(f"{name}-*.dist-info"):
        shutil.rmtree(older)
    described = packages / f"{name}-{version}.dist-info"
    described.mkdir()
    scripts: dict[str, str] = project.get("scripts", {})
    commands = [_write_command(python.parent, command, at) for command, at in scripts.items()]
    path_file = packages / f"{name}.pth"
    # Escaped: Python reads these files in the system's encoding, and a folder may be called 龙门.
    path_file.write_text(f"import sys; sys.path.append({str(root)!a})\n", encoding="ascii")
    (described / "METADATA").write_text(
        _METADATA.format(name=name, version=version), encoding="utf-8"
    )
    (described / "INSTALLER").write_text("gantry-bootstrap\n", encoding="utf-8")
    points = "".join(f"{command} = {at}\n" for command, at in scripts.items())
    (described / "entry_points.txt").write_text(f"[console_scripts]\n{points}", encoding="utf-8")
    # With it an installer can take all of this away again.
    owned = [*described.iterdir(), described / "RECORD", path_file, *commands]
    lines = "".join(f"{_relative(path, packages)},,\n" for path in owned)
    (described / "RECORD").write_text(lines, encoding="utf-8")


def _write_command(programs: Path, command: str, at: str) -> Path:
    if sys.platform == "win32":
        target = programs / f"{command}.cmd"
        target.write_text(_WINDOWS_COMMAND, encoding="ascii")
        return target
    module, _, function = at.partition(":")
    target = programs / command
    target.write_text(_POSIX_COMMAND.format(module=module, function=function), encoding="utf-8")
    target.chmod(target.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    return target


def _relative(path: Path, packages: Path) -> str:
    climbed = Path(*[".."] * len(packages.relative_to(packages.parents[2]).parts))
    if path.is_relative_to(packages):
        return path.relative_to(packages).as_posix()
    return (climbed / path.relative_to(packages.parents[2])).as_posix()
