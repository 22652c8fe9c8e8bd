"""The reports as pages and API ask for them: found by address; what takes long is kept a while."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from dashboard.board import Clock
from dashboard.lately import Lately
from dashboard.report.asking import Reports, valid
from dashboard.report.build import report
from dashboard.report.version_view import Version
from metrics.published.comparing import changes
from metrics.published.edition import Change, Edition, Rendered
from metrics.published.entry import Entry

log = logging.getLogger(__name__)
KEPT, KEPT_S = 32, 600
"""Things that are kept, and for how long a comparison with now holds."""


class NotThere(LookupError):
    """A report, version or file that is asked for and does not exist."""


@dataclass(frozen=True)
class Desk:
    """The reports, and what was made of them lately."""

    reports: Reports
    clock: Clock
    _kept: Lately = field(default_factory=lambda: Lately(KEPT))

    def versions(self, key: str) -> Sequence[Entry]:
        """Return all versions of a period, of which there is at least one."""
        found = self.reports.entries(key)
        if not found:
            raise NotThere(f"Van '{key}' is er geen rapportage.")
        return found

    def entry(self, key: str, number: int | None = None) -> Entry:
        """Return a version, or the one that holds."""
        found = self.versions(key)
        if number is None:
            return valid(found)
        for one in found:
            if one.number == number:
                return one
        raise NotThere(f"De rapportage van '{key}' heeft geen versie {number}.")

    def edition(self, entry: Entry) -> Edition:
        """Return a version as it is drawn."""
        return self._kept.recall(("edition", *_version(entry)), lambda: self.reports.edition(entry))

    def files(self, entry: Entry) -> Sequence[Rendered]:
        """Return the files of a version."""
        return self._kept.recall(("files", *_version(entry)), lambda: self.reports.files(entry))

    def file(self, entry: Entry, name: str) -> Rendered:
        """Return one of its files."""
        for one in self.files(entry):
            if one.name == name:
                return one
        raise NotThere(f"Versie {entry.number} van '{entry.key}' heeft geen bestand '{name}'.")

    def shown(self, entry: Entry) -> Version:
        """Return a version with all that its page shows."""
        return Version(
            entry=entry,
            document=report(self.edition(entry), entry.replaced_by),
            files=self.files(entry),
            beside=self.versions(entry.key),
            changed=self.changed(entry),
        )

    def changed(self, entry: Entry) -> Sequence[Change] | None:
        """Return what the store says otherwise now; None when it cannot be asked.

        A store that is away, or data that cannot be reckoned with, never hides a report.
        """
        if entry.replaced_by:
            return ()
        now = self.clock()
        slot = int(now.timestamp()) // KEPT_S
        try:
            said = self._kept.recall((entry.key, slot), lambda: self.reports.now(entry.key, now))
        except Exception:
            log.exception("The report of %s cannot be compared with now", entry.key)
            return None
        return changes(self.edition(entry).snapshot, said)


def _version(entry: Entry) -> tuple[str, int, str, int]:
    return entry.key, entry.number, entry.content, len(entry.steps)
