"""The design tokens: which themes there are and their colours, read from the style sheet itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from dashboard.page import ASSETS

FOLDER = ASSETS / "themas"
DEFAULT = "neutraal"
MODES = ("light", "dark")
BLOCK = re.compile(r"([^{}]+)\{([^{}]*)\}")
TOKEN = re.compile(r"--rb-([\w-]+):\s*([^;]+);")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class UnknownTheme(ValueError):
    """There is no such theme; the message names those that there are."""


def themes() -> list[str]:
    """Name the themes, by their files."""
    return sorted(path.stem for path in FOLDER.glob("*.css"))


def chosen(name: str | None) -> str:
    """Return the theme that was asked for, or the default."""
    if not name:
        return DEFAULT
    if name not in themes():
        raise UnknownTheme(
            f"REGIEBORD_THEMA={name} bestaat niet; kies uit {', '.join(themes())}, "
            f"of leg {name}.css in {FOLDER}"
        )
    return name


@cache
def tokens(theme: str, mode: str) -> Mapping[str, str]:
    """Return the colours of a theme in light or dark, by role."""
    text = COMMENT.sub("", (FOLDER / f"{theme}.css").read_text("utf-8"))
    found: dict[str, str] = {}
    for selector, body in BLOCK.findall(text):
        if f"data-bs-theme={mode}" in selector:
            found.update((role, value.strip()) for role, value in TOKEN.findall(body))
    return found
