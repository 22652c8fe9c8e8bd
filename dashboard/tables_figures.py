"""The tables of figures: departments, where the 80 % is lost, repeat traffic, today."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashboard.open_table import MONTH, PARTS, Column, OpenTable, Question, Rows
from metrics import departments
from metrics.losses import REST, Loss
from metrics.periods import whole_month
from metrics.repeats import Repeat
from metrics.shortfall import Shortfall
from metrics.today import Today
from metrics.today_tables import crews_json, goals_json, quarters_json

MOMENT = "dateTime"
LOST = ("doorgezet", "bij_afdeling", "nog_open")
NARROWED = {**MONTH, **PARTS}
HIDDEN = Column("status_cel", "x: klein of daartoe te herleiden, en verborgen")


def _departments(question: Question) -> Rows:
    key = question.chosen("cijfer", departments.FIGURES)
    found = question.board.per_department(key, question.month, question.now)
    return departments.as_json(found)


def _lost(question: Question) -> Rows:
    month = question.month
    found = question.board.shortfall(whole_month(month), question.now, question.only)
    losses = found.gap.losses if found.gap else ()
    rows = [_loss(found, loss) for loss in losses if found.by]
    return [{"maand": f"{month:%Y-%m}", **row} for row in (_whole(found), *rows)]


def _whole(found: Shortfall) -> dict[str, Any]:
    reading, gap = found.reading, found.gap
    return {
        "rij": "totaal",
        "verdeling": None,
        "deel": None,
        "verlies": float(gap.points) if gap else None,
        "teller": reading.teller,
        "noemer": reading.noemer,
        "waarde": reading.value,
        **dict(zip(LOST, found.together, strict=False)),
        "totaal_op_norm": float(gap.norm) if gap and gap.points > 0 else None,
        "reden": found.reason or None,
        "status_cel": "x" if reading.hidden else None,
    }


def _loss(found: Shortfall, loss: Loss) -> dict[str, Any]:
    part = loss.part
    return {
        "rij": "overige" if part.name == REST else "deel",
        "verdeling": found.by.value if found.by else None,
        "deel": None if part.name == REST else part.name,
        "verlies": float(loss.points),
        "teller": part.good,
        "noemer": part.cases,
        "waarde": float(loss.share) if loss.share is not None else None,
        **dict(zip(LOST, found.elsewhere[part.name], strict=True)),
        "totaal_op_norm": float(loss.if_met) if loss.points > 0 else None,
        "reden": None,
        "status_cel": None,
    }


def _repeated(question: Question) -> Rows:
    month = question.month
    found = question.board.repeats(whole_month(month), question.now, question.only)
    return [{"maand": f"{month:%Y-%m}", **_repeat(one)} for one in found]


def _repeat(one: Repeat) -> dict[str, Any]:
    chains = one.chains
    return {
        "rij": "overige" if one.part.name == REST else "deel",
        "onderwerp": None if one.part.name == REST else one.part.name,
        "opnieuw": one.again,
        "vragen": one.part.cases,
        "in_een_keer": one.part.good,
        "ketens": chains.number if chains else None,
        "contacten": chains.contacts if chains else None,
        "dagen": chains.days if chains else None,
        "ketens_van_3": chains.long if chains else None,
        "status_cel": None if chains else "x",
    }


def _today(part: Callable[[Today], Sequence[Mapping[str, Any]]]) -> Callable[[Question], Rows]:
    def rows(question: Question) -> Rows:
        own = question.staffing
        return part(question.board.today(question.now, own.antwoordtijd, own.nawerk))

    return rows


FIGURES = (
    OpenTable(
        path="afdelingen",
        summary="Een cijfer per afdeling, kleine aantallen verborgen",
        rows=_departments,
        parameters={"cijfer": departments.FIGURES, **MONTH},
        key=("kpi", "maand", "rij", "afdeling"),
        columns=(
            Column("kpi", "Sleutel van het cijfer", required=True),
            Column("maand", "Maand", "gYearMonth", required=True),
            Column("rij", "totaal, of een afdeling", required=True),
            Column("afdeling", "Afdeling", foreign=True),
            Column("waarde", "Aandeel, 0 tot 1", "number"),
            Column("teller", "Teller", "integer"),
            Column("noemer", "Noemer", "integer"),
            Column("ondergrens_95", "Begin van het 95%-interval", "number"),
            Column("bovengrens_95", "Einde van het 95%-interval", "number"),
            Column("norm", "Norm van die maand", "number"),
            Column("oordeel", "Norm gehaald, niet gehaald, of niet te onderscheiden"),
            Column("grootte", "gewoon, open (geen oordeel) of verborgen", required=True),
            HIDDEN,
        ),
    ),
    OpenTable(
        path="verlies",
        summary="Waar de norm voor digitaal of door het KCC verloren gaat",
        rows=_lost,
        parameters=NARROWED,
        columns=(
            Column("maand", "Maand", "gYearMonth", required=True),
            Column("rij", "totaal, een deel, of overige: wat te klein is om te tonen",
                   required=True),
            Column("verdeling", "Waarnaar is verdeeld"),
            Column("deel", "Naam van het deel", foreign=True),
            Column("verlies", "Wat het deel tekortkomt aan de norm, als deel van alle vragen",
                   "number"),
            Column("teller", "Eenvoudige vragen digitaal of door het KCC afgehandeld", "integer"),
            Column("noemer", "Eenvoudige vragen", "integer"),
            Column("waarde", "Aandeel, 0 tot 1", "number"),
            Column("doorgezet", "Doorgezet naar een afdeling", "integer"),
            Column("bij_afdeling", "Rechtstreeks bij een afdeling", "integer"),
            Column("nog_open", "Nog niet beantwoord", "integer"),
            Column("totaal_op_norm", "Het totaal als dit deel de norm haalt", "number"),
            Column("reden", "Waarom er geen cijfer is"),
            HIDDEN,
        ),
    ),
    OpenTable(
        path="herhaald",
        summary="Hoe vaak inwoners opnieuw vroegen, en de ketens van contacten, per onderwerp",
        rows=_repeated,
        parameters=NARROWED,
        columns=(
            Column("maand", "Maand", "gYearMonth", required=True),
            Column("rij", "een deel, of overige: wat te klein is om te tonen", required=True),
            Column("onderwerp", "Onderwerp", foreign=True),
            Column("opnieuw", "Opnieuw gevraagd binnen 7 dagen", "integer", required=True),
            Column("vragen", "Vragen", "integer", required=True),
            Column("in_een_keer", "In één keer goed", "integer", required=True),
            Column("ketens", "Ketens die in de maand begonnen", "integer"),
            Column("contacten", "Contacten in die ketens", "integer"),
            Column("dagen", "Dagen van eerste tot laatste contact, samen", "integer"),
            Column("ketens_van_3", "Ketens van drie contacten of meer", "integer"),
            Column("status_cel", "x: er zijn te weinig ketens om te tonen"),
        ),
    ),
    OpenTable(
        path="vandaag/kwartieren",
        summary="Vandaag: oproepen per kwartier, naast wat gebruikelijk is",
        rows=_today(quarters_json),
        key=("van",),
        columns=(
            Column("van", "Begin van het kwartier", MOMENT, required=True),
            Column("aangeboden", "Aangeboden", "integer"),
            Column("opgenomen", "Opgenomen", "integer"),
            Column("gemist", "Door niemand opgenomen", "integer"),
            Column("verwacht", "Gemiddelde van vergelijkbare dagen", "number"),
            Column("verwacht_p10", "P10 van vergelijkbare dagen", "number"),
            Column("verwacht_p90", "P90 van vergelijkbare dagen", "number"),
            Column("vergelijkbare_dagen", "Vergelijkbare dagen", "integer", required=True),
        ),
    ),
    OpenTable(
        path="vandaag/bezetting",
        summary="Vandaag: mensen per halfuur, als totaal",
        rows=_today(crews_json),
        key=("van",),
        columns=(
            Column("van", "Begin van het halfuur", MOMENT, required=True),
            Column("nodig", "Hoeveel er nodig zijn", "integer"),
            Column("aanwezig", "Hoeveel er halverwege waren", "integer"),
            Column("tekort", "Hoeveel er te weinig waren", "integer"),
            Column("reden", "Waarom iets niet bekend is"),
        ),
    ),
    OpenTable(
        path="vandaag/normen",
        summary="Vandaag: wat de norm nog vraagt van de oproepen die komen",
        rows=_today(goals_json),
        key=("kpi", "drukte"),
        columns=(
            Column("kpi", "Sleutel van het cijfer", required=True),
            Column("teller", "Teller tot nu toe", "integer"),
            Column("noemer", "Noemer tot nu toe", "integer"),
            Column("norm", "Norm", "number"),
            Column("drukte", "rustig (P10), verwacht of druk (P90)", required=True),
            Column("komen_nog", "Oproepen die nog komen, wie wacht meegeteld", "integer"),
            Column("nodig", "Hoeveel daarvan goed moeten gaan", "integer"),
            Column("kans", "al zeker, nog mogelijk of niet meer mogelijk"),
            Column("reden", "Waarom iets niet bekend is"),
        ),
    ),
)  # fmt: skip
