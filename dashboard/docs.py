"""docs/kpis.md, written from the catalogue so that words and formulas cannot part."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from metrics import Kpi, Norm, Unit

PATH = Path(__file__).resolve().parent.parent / "docs" / "kpis.md"
HEAD = """# De cijfers

Generated from `metrics/kpis` by `python -m dashboard docs`; do not edit. The words are the
catalogue's own, in Dutch; [the glossary](glossary.md) has them in English, and the
[decisions](adr/README.md) say why they are what they are.

- A call belongs to the moment it arrived, a question to the moment it was received, a term to its
  deadline; a stock (*nu*) is told at an instant.
- A share is a ratio of sums, never a mean of percentages. Without cases there is no value, but a
  reason.
- In the API shares are 0 to 1 and durations seconds, unrounded.
- A day is judged by the norm that held on it: *op norm*, within the margin *let op*, else
  *onder norm*. The norms below are the examples of `data/reference/normen.toml`.
"""


def kpis_markdown(kpis: Iterable[Kpi]) -> str:
    """Write every definition, in the order of the catalogue."""
    known = list(kpis)
    return "\n".join([HEAD, *_contents(known), "", *[_section(kpi) for kpi in known]])


def _contents(kpis: Iterable[Kpi]) -> list[str]:
    rows = [
        f"| [{kpi.name}](#{kpi.key}) | `{kpi.key}` | {kpi.unit.value} | {kpi.better.value} |"
        for kpi in kpis
    ]
    return ["| cijfer | sleutel | eenheid | beter |", "|---|---|---|---|", *rows]


def _section(kpi: Kpi) -> str:
    rows = {
        "Vraag": kpi.question,
        "Formule": kpi.formula,
        "Eenheid": kpi.unit.value,
        "Beter": kpi.better.value,
        "Te verdelen naar": ", ".join(cut.value for cut in kpi.measure.fact.cuts) or "niets",
        "Norm": "; ".join(_norm(kpi, norm) for norm in kpi.norms) or "geen",
        "Let op": kpi.caveat,
        "Wijzigingen": "; ".join(f"{day}: {told}" for day, told in kpi.revisions) or "geen",
        "Eigenaar": f"{kpi.owner}, nagekeken {kpi.reviewed}",
    }
    lines = [f"- **{name}**: {told}" for name, told in rows.items() if told]
    heading = f"## {kpi.name} (`{kpi.key}`)"
    return "\n".join([f'<a id="{kpi.key}"></a>', "", heading, "", *lines, ""])


def _norm(kpi: Kpi, norm: Norm) -> str:
    points = "-punt" if kpi.unit is Unit.PERCENTAGE else ""
    margin = f", marge {kpi.unit.text(norm.margin)}{points}" if norm.margin else ""
    return f"{kpi.unit.text(norm.value)} sinds {norm.since}{margin} ({norm.grondslag})"


def write(kpis: Iterable[Kpi]) -> Path:
    """Write the file."""
    PATH.parent.mkdir(parents=True, exist_ok=True)
    PATH.write_text(kpis_markdown(kpis), encoding="utf-8")
    return PATH


def differs(kpis: Iterable[Kpi]) -> bool:
    """Whether the file is not what the catalogue says."""
    return not PATH.exists() or PATH.read_text(encoding="utf-8") != kpis_markdown(kpis)
