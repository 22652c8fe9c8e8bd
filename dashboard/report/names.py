"""How a report and its files are called."""

from __future__ import annotations

import re
import unicodedata

from metrics.published.edition import Edition

KINDS = {"maand": "Maandrapportage", "kwartaal": "Kwartaalrapportage", "jaar": "Jaarrapportage"}


def title_of(edition: Edition) -> str:
    """Write 'Maandrapportage klantcontact Haarlem, oktober 2026'."""
    told = edition.snapshot
    subject = f"{KINDS[told.span.kind]} klantcontact {told.gemeente}".strip()
    return f"{subject}, {told.span.name}"


def file_name(edition: Edition, ending: str) -> str:
    """Write 'klantcontact-haarlem-2026-10-v1.csv', or '..-v1-concept.csv': it must never pass."""
    told, concept = edition.snapshot, "concept" if edition.is_concept else ""
    parts = ("klantcontact", slug(told.gemeente), told.span.key, f"v{edition.version}", concept)
    return f"{'-'.join(filter(None, parts))}.{ending}".lower()


def described_by(table: str) -> str:
    """Name what describes a CSV: where programs look for it (CSV on the Web, 5.3)."""
    return f"{table}-metadata.json"


def lasting(name: str, version: int) -> str:
    """Name a file without its version: the name that leads to the version that holds."""
    before, _, after = name.rpartition(f"-v{version}")
    return before + after


def slug(name: str) -> str:
    """Write a name as it can stand in an address: ''s-Hertogenbosch' is 's-hertogenbosch'."""
    base = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", base).strip("-")
