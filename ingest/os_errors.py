"""Says in Dutch what the operating system found wrong with a file."""

from __future__ import annotations

import errno
from collections.abc import Mapping

SENTENCES: Mapping[int | None, str] = {
    errno.ENOENT: "bestaat niet",
    errno.EACCES: "geen rechten om dit te lezen of te schrijven",
    errno.EPERM: "geen rechten om dit te lezen of te schrijven",
    errno.EMFILE: "er zijn te veel bestanden open; ruim gedraaide bestanden op",
    errno.EISDIR: "is een map en geen bestand",
    errno.ENOTDIR: "een deel van dit pad is geen map",
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "de schijfruimte van deze gebruiker is op",
    errno.EROFS: "de schijf is alleen te lezen",
    errno.EIO: "de schijf geeft een leesfout",
    errno.ESTALE: "de netwerkschijf is weggevallen",
}


def what_is_wrong(error: OSError) -> str:
    """Return the sentence for an error; the system's own words where we have none."""
    return SENTENCES.get(error.errno) or f"niet te openen: {error.strerror or error}"
