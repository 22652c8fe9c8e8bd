"""docs/kpis.md, written from the catalogue so that words and formulas cannot part."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from metrics import Kpi

PATH = Path(__file__).resolve().parent.parent / "docs" / "kpis.md"
HEAD = """# De cijfers

Generated from `metrics/kpis` by `python -m dashboard docs`; do not edit.
Shares are 0 to 1 and durations are seconds in the API; no value always comes with a reason.
"""


def kpis_markdown(kpis: Iterable[Kpi]) -> str:
    """Write every definition, in the order of the catalogue."""
    return "\n".join([HEAD, *[_section(kpi) for kpi in kpis]])


def _section(kpi: Kpi) -> str:
    norms = [f"{kpi.unit.text(n.value)} sinds {n.since} ({n.grondslag})" for n in kpi.norms]
    rows = {
        "Vraag": kpi.question,
        "Formule": kpi.formula,
        "Eenheid": kpi.unit.value,
        "Beter": kpi.better.value,
        "Norm": "; ".join(norms) or "geen",
        "Let op": kpi.caveat,
        "Wijzigingen": "; ".join(f"{day}: {told}" for day, told in kpi.revisions),
        "Eigenaar": f"{kpi.owner}, nagekeken {kpi.reviewed}",
    }
    lines = [f"- **{name}**: {told}" for name, told in rows.items() if told]
    return "\n".join([f"## {kpi.name} (`{kpi.key}`)", "", *lines, ""])


def write(kpis: Iterable[Kpi]) -> Path:
    """Write the file."""
    PATH.parent.mkdir(parents=True, exist_ok=True)
    PATH.write_text(kpis_markdown(kpis), encoding="utf-8")
    return PATH


def differs(kpis: Iterable[Kpi]) -> bool:
    """Whether the file is not what the catalogue says."""
    return not PATH.exists() or PATH.read_text(encoding="utf-8") != kpis_markdown(kpis)
