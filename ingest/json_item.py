"""Reads the fields of one JSON object; a field that is not as agreed rejects the row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from data.calendar import ZONE
from ingest.local_time import end_of_day, parse_instant
from ingest.privacy import blotted, shape
from ingest.source import RowRejected

LONGEST_TEXT = 200
WRITTEN = (str, int)


class Item(NamedTuple):
    """One object; a path names a field inside others: "status.created_at"."""

    content: Mapping[str, Any]

    @classmethod
    def of(cls, value: object) -> Item:
        """Take an object; raise RowRejected when it is something else."""
        if isinstance(value, dict):
            return cls(value)
        raise RowRejected(f"geen JSON-object maar {type(value).__name__}")

    def raw(self, path: str) -> Any:
        """Return what stands there; None when it, or what it is inside of, is absent."""
        if "." not in path:
            return self.content.get(path)
        found: Any = self.content
        for name in path.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        return found

    def text(self, path: str, longest: int = LONGEST_TEXT) -> str:
        """Return a text for the store, without numbers and addresses; absent is empty."""
        value = self.raw(path)
        if value is None:
            return ""
        if not isinstance(value, WRITTEN) or isinstance(value, bool):
            raise RowRejected(f"{path}: geen tekst maar {type(value).__name__}")
        text = blotted(str(value).strip())
        if len(text) > longest:
            raise RowRejected(f"{path}: langer dan {longest} tekens")
        return text

    def key(self, path: str) -> str:
        """Return what identifies the row; it must be there."""
        value = self.raw(path)
        known = isinstance(value, WRITTEN) and not isinstance(value, bool)
        if known and (found := str(value).strip()):
            return found
        raise RowRejected(f"{path}: ontbreekt")

    def instant(self, path: str, zone: ZoneInfo = ZONE, up: bool = False) -> int | None:
        """Return an instant (epoch seconds); a time without offset is local to `zone`."""
        value = self.raw(path)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise RowRejected(f"{path}: geen tijd maar {type(value).__name__}")
        try:
            return parse_instant(value, zone, up=up)[0]
        except RowRejected as reason:
            raise RowRejected(f"{path}: {reason}") from None

    def moment(self, path: str, zone: ZoneInfo = ZONE) -> int:
        """Return an instant that must be there."""
        found = self.instant(path, zone)
        if found is None:
            raise RowRejected(f"{path}: ontbreekt")
        return found

    def end_of_day(self, path: str) -> int | None:
        """Return the last second of a date."""
        begins = self.instant(path)
        return None if begins is None else end_of_day(begins, ZONE)

    def day(self, path: str) -> date | None:
        """Return a date."""
        value = self.raw(path)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise RowRejected(f"{path}: geen datum: {shape(str(value))!r}") from None

    def flag(self, path: str) -> bool | None:
        """Return true, false or nothing."""
        value = self.raw(path)
        if value is None or isinstance(value, bool):
            return value
        raise RowRejected(f"{path}: geen true of false maar {type(value).__name__}")

    def several(self, path: str) -> list[Item]:
        """Return the objects in a list; absent is none."""
        value = self.raw(path)
        if value is None:
            return []
        if not isinstance(value, list):
            raise RowRejected(f"{path}: geen lijst maar {type(value).__name__}")
        return [Item.of(each) for each in value]
