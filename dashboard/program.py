"""Which program this is: its version, and its commit when it runs from a checkout."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path

from metrics.published.snapshot import Code

ROOT = Path(__file__).parents[1]
DESCRIBE = ("describe", "--always", "--dirty", "--abbrev=12", "--exclude=*")
PATIENCE_S = 10


def code(root: Path = ROOT) -> Code:
    """Return the version of the program, and its commit (-dirty: changed since) when known."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    return Code(version=project["project"]["version"], commit=_commit(root))


def _commit(root: Path) -> str | None:
    """Ask git, also of a checkout that another user owns; without git nothing is known."""
    command = ["git", "-c", f"safe.directory={root}", "-C", str(root), *DESCRIBE]
    try:
        told = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, check=True, timeout=PATIENCE_S
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return told.stdout.strip() or None
