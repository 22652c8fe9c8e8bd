"""Draws where the 80 % is lost: a sentence, a bar per part with its numbers, a way further down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.charts import Table, table
from dashboard.filters import Asked, link
from dashboard.narrowing import ALL, Narrowed
from dashboard.numbers import bar, number, percent, points
from dashboard.work_link import to_questions
from metrics import Cut, Reading
from metrics.losses import REST, Gap, Loss
from metrics.question_list import Outcome
from metrics.shortfall import NARROWING, Shortfall
from metrics.target_words import month_text
from metrics.units import NO_VALUE

COLUMNS = (
    *("Verlies in procentpunt", "Eenvoudige vragen", "Digitaal of KCC", "Doorgezet"),
    *("Bij een afdeling", "Nog open", "Totaal als dit de norm haalt"),
)
ONE = {
    Cut.ONDERWERP: "onderwerp",
    Cut.AFDELING: "afdeling",
    Cut.KANAAL: "kanaal",
    Cut.SOORT: "soort vraag",
}
EXPLAINED = (
    "Het verlies van een onderwerp is wat het tekortkomt aan de norm, gedeeld door alle eenvoudige"
    " vragen. Alle verliezen samen zijn precies het gat tot de norm. Een verlies onder nul zit"
    " boven de norm. Kies een naam om te zien waar het verlies ontstaat."
)


def lead(found: Shortfall, asked: Narrowed) -> Component:
    """Say in one sentence how the month stands, and in the next where the most is lost."""
    reading, said = found.reading, []
    if found.gap is None:
        told = f"In {month_text(asked.month)} is er geen cijfer: {found.reason}."
        return html.P(told, className="kernzin")
    said.append(_standing(found.whole, asked))
    if found.reading != found.whole:
        said.append(f" Voor {_chosen(asked)} is dat {percent(reading.value)}.")
    return html.P([*said, *(_largest(found.gap) if found.by else [])], className="kernzin")


def _standing(whole: Reading, asked: Narrowed) -> str:
    norm = whole.kpi.unit.text(whole.norm.value) if whole.norm else NO_VALUE
    return (
        f"In {month_text(asked.month)} is {percent(whole.value)} van de eenvoudige vragen digitaal"
        f" of door het KCC afgehandeld. De norm is {norm}."
    )


def _largest(gap: Gap) -> list[Any]:
    """Say how large the gap is, and which part costs most."""
    first = gap.losses[0]
    if first.points <= 0:
        return [" Geen enkel deel zit onder de norm."]
    missing = f" Het gat is {points(gap.points)} procentpunt." if gap.points > 0 else ""
    lost = f": {points(first.points)} procentpunt."
    return [missing, " Het meeste verliezen we bij ", html.Strong(first.part.name), lost]


def _chosen(asked: Narrowed) -> str:
    return ", ".join(name for values in asked.only.values() for name in sorted(values))


def losses(found: Shortfall, asked: Narrowed) -> list[Component]:
    """Draw the parts, the largest loss first; a name leads on to its own parts."""
    if found.gap is None:
        return [html.P(f"{found.reason.capitalize()}.")]
    most = max(abs(loss.points) for loss in found.gap.losses) or 1
    by, month = found.by, month_text(asked.month)
    rows = [_row(loss, found, by, asked, float(loss.points / most))
            for loss in found.gap.losses if by]  # fmt: skip
    content = Table(
        caption=f"Per {ONE[by]}, {month}. Het grootste verlies eerst." if by else f"In {month}",
        columns=(ONE[by].capitalize() if by else "Deel", *COLUMNS),
        rows=[*rows, _total(found.gap, found)],
    )
    return [
        *_way_back(asked),
        table(content, "table getallen"),
        html.P(EXPLAINED, className="bijschrift"),
        html.P(_questions(found, asked)),
        *_coverage(found.reading),
    ]


def _questions(found: Shortfall, asked: Narrowed) -> Component:
    """Lead to the questions that were lost."""
    part = {cut: min(values) for cut, values in asked.only.items()}
    text = "De vragen die niet digitaal of door het KCC zijn afgehandeld"
    return to_questions(text, found.reading.kpi, asked.month, part, Outcome.ANDERS)


def _row(loss: Loss, found: Shortfall, by: Cut, asked: Narrowed, length: float) -> Sequence[Any]:
    part, lost = loss.part, loss.points > 0
    name = part.name if part.name == REST else _further(part.name, by, asked.asked)
    return (
        name,
        bar(abs(length), points(loss.points), "verlies" if lost else "winst"),
        number(part.cases),
        percent(loss.share),
        *map(number, found.elsewhere[part.name]),
        percent(loss.if_met) if lost else "",
    )


def _further(name: str, by: Cut, asked: Asked) -> Any:
    return link(name, asked, **{by.value: name}, na=None)


def _total(gap: Gap, found: Shortfall) -> Sequence[Any]:
    cases = sum(loss.part.cases for loss in gap.losses)
    good = sum(loss.part.good for loss in gap.losses)
    return (
        html.Strong("Samen"),
        points(gap.points),
        number(cases),
        percent(good / cases),
        *map(number, found.together),
        percent(gap.norm) if gap.points > 0 else "",
    )


def _way_back(asked: Narrowed) -> list[Component]:
    """Show the way that led here; each step goes back to before it."""
    steps = [cut for cut in NARROWING if cut in asked.only]
    if not steps:
        return []
    gone = dict.fromkeys((cut.value for cut in steps), None)
    items = [html.Li(link(ALL[steps[0]], asked.asked, **gone))]
    items += [html.Li(name) for cut in steps for name in sorted(asked.only[cut])]
    told: Any = {"aria-label": "Waar u bent"}
    return [html.Nav(html.Ol(items, className="kruimels"), **told)]


def _coverage(reading: Reading) -> list[Component]:
    if reading.coverage is None or reading.lower is None or reading.upper is None:
        return []
    told = (
        f"Van {percent(reading.coverage)} van de vragen zijn onderwerp en afhandeling bekend."
        f" Tellen alle andere als niet gelukt, dan is het {percent(reading.lower)}; tellen zij als"
        f" gelukt, dan {percent(reading.upper)}."
    )
    return [html.P(told, className="bijschrift")]
