"""What residents of the simulated municipality ask, by which channel, and what it promises them."""

from __future__ import annotations

from typing import NamedTuple

BURGERZAKEN = "Burgerzaken"
BELASTINGEN = "Belastingen"
AFVAL = "Afval en openbare ruimte"
WMO = "Wmo en jeugd"
VERGUNNINGEN = "Vergunningen"
AFDELINGEN = (BURGERZAKEN, BELASTINGEN, AFVAL, WMO, VERGUNNINGEN)


class Topic(NamedTuple):
    """A topic: simple or not, its term (working days or weeks) and its weight per way of asking.

    `soort` is the kind of question; `verdaging` and `commissie` are the weeks that an extension
    and a committee add to the term, 0 where there is none.
    """

    naam: str
    simple: bool
    afdeling: str
    werkdagen: int
    weken: int
    by_phone: float
    online: float
    in_writing: float
    at_the_desk: float
    soort: str = "vraag"
    verdaging: int = 0
    commissie: int = 0


TERUGBELVERZOEK, MELDING, ZAAK = "terugbelverzoek", "melding", "zaak"
BEZWAAR, INITIATIEF, KLACHT, WMO_AANVRAAG = "bezwaar", "initiatief", "klacht", "Wmo-aanvraag"
NOT_SUSPENDED = frozenset({KLACHT, WMO_AANVRAAG})
"""Topics of which the law does not let the term stand still."""
CALLBACK = Topic(TERUGBELVERZOEK, True, BURGERZAKEN, 2, 0, 0, 0, 0, 0, TERUGBELVERZOEK)

ONDERWERPEN = (
    CALLBACK,
    Topic("paspoort aanvragen", True, BURGERZAKEN, 5, 0, 20, 6, 5, 32),
    Topic("rijbewijs aanvragen", True, BURGERZAKEN, 5, 0, 12, 4, 3, 22),
    Topic("verhuizing doorgeven", True, BURGERZAKEN, 5, 0, 14, 26, 5, 8),
    Topic("uittreksel", True, BURGERZAKEN, 5, 0, 9, 18, 4, 8),
    Topic("geboorteaangifte", True, BURGERZAKEN, 3, 0, 4, 4, 1, 6),
    Topic("huwelijk", True, BURGERZAKEN, 5, 0, 4, 4, 2, 2),
    Topic("openingstijden", True, BURGERZAKEN, 2, 0, 10, 2, 6, 4),
    Topic("naamskeuze en nationaliteit", False, BURGERZAKEN, 0, 8, 2, 1, 2, 3, ZAAK, 4),
    Topic("aanslag WOZ", True, BELASTINGEN, 5, 0, 22, 8, 9, 2),
    Topic("betalingsregeling", True, BELASTINGEN, 5, 0, 16, 6, 5, 2),
    Topic("kwijtschelding", False, BELASTINGEN, 0, 8, 5, 5, 4, 2, ZAAK, 4),
    Topic("hondenbelasting", True, BELASTINGEN, 5, 0, 6, 5, 2, 1),
    Topic("afvalpas", True, AFVAL, 5, 0, 14, 10, 4, 1),
    Topic("grofvuil ophalen", True, AFVAL, 5, 0, 18, 14, 3, 0),
    Topic("melding openbare ruimte", True, AFVAL, 5, 0, 20, 34, 10, 0, MELDING),
    Topic("container vol of defect", True, AFVAL, 3, 0, 10, 9, 2, 0, MELDING),
    Topic("parkeervergunning", True, VERGUNNINGEN, 5, 0, 24, 16, 5, 4),
    Topic("omgevingsvergunning", False, VERGUNNINGEN, 0, 8, 5, 6, 8, 1, ZAAK, 6, 4),
    Topic("evenementenvergunning", False, VERGUNNINGEN, 0, 8, 2, 2, 4, 0, ZAAK, 6),
    Topic(WMO_AANVRAAG, False, WMO, 0, 6, 6, 5, 6, 2, ZAAK),
    Topic("huishoudelijke hulp", True, WMO, 5, 0, 16, 3, 3, 1),
    Topic("gehandicaptenparkeerkaart", True, WMO, 10, 0, 7, 3, 2, 2),
    Topic("jeugdhulp", False, WMO, 0, 8, 4, 2, 3, 1, ZAAK, 4),
    Topic(BEZWAAR, False, BELASTINGEN, 0, 6, 2, 5, 9, 0, BEZWAAR, 6, 6),
    Topic(KLACHT, False, BURGERZAKEN, 0, 6, 2, 3, 5, 1, KLACHT, 4, 4),
    Topic("Woo-verzoek", False, BURGERZAKEN, 0, 4, 0, 1, 3, 0, "Woo-verzoek", 2),
    Topic(INITIATIEF, False, VERGUNNINGEN, 0, 8, 0, 0.2, 0.2, 0, INITIATIEF),
)
"""The catalogue; the weights of the four ways of asking are relative within their column."""

UNCATALOGUED = ("overig", "Overige vragen", "diversen", "paspoort aanvr.", "?")
"""Topics as people type them who do not look in the list."""
