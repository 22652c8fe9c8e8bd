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
    """A topic: simple or not, its term (working days or weeks) and its weight per way of asking."""

    naam: str
    simple: bool
    afdeling: str
    werkdagen: int
    weken: int
    by_phone: int
    online: int
    in_writing: int
    at_the_desk: int


CALLBACK = Topic("terugbelverzoek", True, BURGERZAKEN, 2, 0, 0, 0, 0, 0)

ONDERWERPEN = (
    CALLBACK,
    Topic("paspoort aanvragen", True, BURGERZAKEN, 5, 0, 20, 6, 5, 32),
    Topic("rijbewijs aanvragen", True, BURGERZAKEN, 5, 0, 12, 4, 3, 22),
    Topic("verhuizing doorgeven", True, BURGERZAKEN, 5, 0, 14, 26, 5, 8),
    Topic("uittreksel", True, BURGERZAKEN, 5, 0, 9, 18, 4, 8),
    Topic("geboorteaangifte", True, BURGERZAKEN, 3, 0, 4, 4, 1, 6),
    Topic("huwelijk", True, BURGERZAKEN, 5, 0, 4, 4, 2, 2),
    Topic("openingstijden", True, BURGERZAKEN, 2, 0, 10, 2, 6, 4),
    Topic("naamskeuze en nationaliteit", False, BURGERZAKEN, 0, 8, 2, 1, 2, 3),
    Topic("aanslag WOZ", True, BELASTINGEN, 5, 0, 22, 8, 9, 2),
    Topic("betalingsregeling", True, BELASTINGEN, 5, 0, 16, 6, 5, 2),
    Topic("kwijtschelding", False, BELASTINGEN, 0, 8, 5, 5, 4, 2),
    Topic("hondenbelasting", True, BELASTINGEN, 5, 0, 6, 5, 2, 1),
    Topic("afvalpas", True, AFVAL, 5, 0, 14, 10, 4, 1),
    Topic("grofvuil ophalen", True, AFVAL, 5, 0, 18, 14, 3, 0),
    Topic("melding openbare ruimte", True, AFVAL, 5, 0, 20, 34, 10, 0),
    Topic("container vol of defect", True, AFVAL, 3, 0, 10, 9, 2, 0),
    Topic("parkeervergunning", True, VERGUNNINGEN, 5, 0, 24, 16, 5, 4),
    Topic("omgevingsvergunning", False, VERGUNNINGEN, 0, 8, 5, 6, 8, 1),
    Topic("evenementenvergunning", False, VERGUNNINGEN, 0, 8, 2, 2, 4, 0),
    Topic("Wmo-aanvraag", False, WMO, 0, 8, 6, 5, 6, 2),
    Topic("huishoudelijke hulp", True, WMO, 5, 0, 16, 3, 3, 1),
    Topic("gehandicaptenparkeerkaart", True, WMO, 10, 0, 7, 3, 2, 2),
    Topic("jeugdhulp", False, WMO, 0, 6, 4, 2, 3, 1),
    Topic("bezwaar", False, BELASTINGEN, 0, 6, 2, 5, 9, 0),
    Topic("klacht", False, BURGERZAKEN, 0, 6, 2, 3, 5, 1),
    Topic("Woo-verzoek", False, BURGERZAKEN, 0, 4, 0, 1, 3, 0),
    Topic("initiatief", False, VERGUNNINGEN, 0, 8, 0, 2, 2, 0),
)
"""The catalogue; the weights of the last four columns are relative within their column."""

UNCATALOGUED = ("overig", "Overige vragen", "diversen", "paspoort aanvr.", "?")
"""Topics as people type them who do not look in the list."""
