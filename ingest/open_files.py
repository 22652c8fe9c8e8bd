"""Lets a process hold as many files open as the machine allows: a log may have years of parts."""

from __future__ import annotations

import resource


def allow_many() -> None:
    """Raise the soft limit on open files to the hard one."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
