"""Figures about terms: every question whose deadline has passed, in one of five outcomes."""

from __future__ import annotations

from datetime import date

from sqlalchemy import true

from data.schema import ticket
from metrics.facts import (
    ANDER_OORDEEL,
    ANDERE_DAG,
    ANTWOORD,
    BEPAALD,
    IN_EERSTE_TERMIJN,
    LAAT,
    NA_VERLENGING,
    ONBEPAALBAAR,
    OP_TIJD,
    OPEN_EN_TE_LAAT,
    TE_LAAT_BEANTWOORD,
    TERMIJN,
    TERUGBELVERZOEK,
    TWEE_OORDELEN,
    TWEE_TERMIJNEN,
    Sql,
)
from metrics.kpi import Better, Kpi
from metrics.measures import Count, CoveredShare, Share
from metrics.stocks import Balance
from metrics.units import Unit

OWNER = "manager dienstverlening"
REVIEWED = date(2026, 11, 25)
COHORT = " waarvan de uiterste datum in de periode valt en is verstreken"


def _outcome(key: str, name: str, formula: str, where: Sql, better: Better) -> Kpi:
    return Kpi(
        key=key,
        name=name,
        question="Hoe liep het af met de vragen waarvan de termijn verstreek?",
        formula=f"{formula}, van de vragen{COHORT}",
        unit=Unit.AANTAL,
        better=better,
        measure=Count(TERMIJN, where),
        owner=OWNER,
        reviewed=REVIEWED,
    )


TERMIJNEN = (
    Kpi(
        key="binnen_termijn",
        name="Binnen termijn beantwoord",
        question="Welk deel van de vragen is op tijd beantwoord?",
        formula="vragen die op of voor hun uiterste datum zijn beantwoord, ook na geldige"
        f" verlenging of opschorting / alle vragen{COHORT}",
        caveat="De uiterste datum volgt uit de regel van onderwerp of soort; zonder regel is het"
        " die van het bronsysteem. Is een termijn niet te bepalen, dan telt de vraag op de dag van"
        " ontvangst, en niet in het cijfer maar in de grenzen. Zolang een termijn is opgeschort"
        " loopt er geen.",
        unit=Unit.PERCENTAGE,
        better=Better.HOGER,
        measure=CoveredShare(
            TERMIJN,
            part=OP_TIJD,
            whole=BEPAALD,
            unclear=ONBEPAALBAAR,
            classified=BEPAALD,
            whole_name="verstreken termijnen",
        ),
        revisions=(
            (REVIEWED, "termijn volgens de regel van onderwerp of soort, waar die bekend is"),
        ),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
    _outcome(
        "termijnen_verstreken",
        "Verstreken termijnen",
        "de vijf uitkomsten samen",
        true(),
        Better.NEUTRAAL,
    ),
    _outcome(
        "binnen_eerste_termijn",
        "Beantwoord binnen de eerste termijn",
        "beantwoord zonder verlenging of opschorting nodig te hebben",
        IN_EERSTE_TERMIJN,
        Better.NEUTRAAL,
    ),
    _outcome(
        "na_verlenging",
        "Op tijd na verlenging of opschorting",
        "beantwoord na de eerste termijn, binnen een geldige verlenging of opschorting",
        NA_VERLENGING,
        Better.NEUTRAAL,
    ),
    _outcome(
        "te_laat_beantwoord",
        "Te laat beantwoord",
        "beantwoord na de uiterste datum",
        TE_LAAT_BEANTWOORD,
        Better.LAGER,
    ),
    _outcome(
        "verstreken_en_open",
        "Verstreken en nog open",
        "nog niet beantwoord",
        OPEN_EN_TE_LAAT,
        Better.LAGER,
    ),
    _outcome(
        "termijn_onbepaalbaar",
        "Termijn niet te bepalen",
        "er ontbreekt een datum waarvan de termijn afhangt; telt op de dag van ontvangst",
        ONBEPAALBAAR,
        Better.LAGER,
    ),
    Kpi(
        key="termijn_verschil",
        name="Uiterste datum anders dan in het bronsysteem",
        question="Hoe vaak noemt het bronsysteem een andere uiterste datum dan de regel?",
        formula="vragen waarvan de uiterste datum volgens de regel op een andere dag valt dan die"
        " van het bronsysteem / vragen die beide hebben en waarvan die van de regel is verstreken",
        caveat="Bronnen kennen feestdagen, opschorting of verlenging vaak niet; het cijfer zegt"
        " niet wie gelijk heeft.",
        unit=Unit.PERCENTAGE,
        measure=Share(TERMIJN, ANDERE_DAG, TWEE_TERMIJNEN, "vragen met twee uiterste datums"),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
    Kpi(
        key="oordeel_verschil",
        name="Op tijd of te laat, anders dan het bronsysteem zegt",
        question="Hoe vaak oordeelt het bronsysteem anders dan wij over op tijd?",
        formula="beantwoorde vragen die volgens ons op tijd zijn en volgens het bronsysteem te"
        " laat, of andersom / beantwoorde vragen waarover beide oordelen",
        caveat="Een bron telt vaak in eigen werkuren en tot de eerste sluiting; het cijfer zegt"
        " niet wie gelijk heeft.",
        unit=Unit.PERCENTAGE,
        measure=Share(TERMIJN, ANDER_OORDEEL, TWEE_OORDELEN, "vragen met twee oordelen"),
        owner=OWNER,
        reviewed=date(2026, 11, 26),
    ),
    Kpi(
        key="terugbellen",
        name="Terugbelverzoeken op tijd teruggebeld",
        question="Belden wij terug zoals beloofd?",
        formula="terugbelverzoeken die binnen hun termijn zijn afgehandeld / terugbelverzoeken"
        " waarvan die termijn in de periode verstreek",
        caveat="De termijn is die van de soort terugbelverzoek in afspraken.toml: 2 werkdagen,"
        " tenzij de gemeente anders heeft afgesproken.",
        unit=Unit.PERCENTAGE,
        better=Better.HOGER,
        measure=Share(TERMIJN, OP_TIJD, TERUGBELVERZOEK, "verstreken terugbelverzoeken"),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
    Kpi(
        key="open_te_laat",
        name="Openstaand en te laat",
        question="Hoeveel inwoners wachten langer dan beloofd?",
        formula="vragen die op dat moment open staan en waarvan de uiterste datum voorbij is",
        unit=Unit.AANTAL,
        better=Better.LAGER,
        measure=Balance(Count(TERMIJN, LAAT), Count(ANTWOORD, TE_LAAT_BEANTWOORD), ticket.c.due_at),
        owner=OWNER,
        reviewed=REVIEWED,
    ),
)
