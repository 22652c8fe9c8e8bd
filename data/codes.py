"""What the small numbers in the tables mean."""

from __future__ import annotations

from enum import IntEnum


class Outcome(IntEnum):
    """How a call ended, as its source says it. A null outcome is a call still waiting."""

    ONBEKEND = 0
    OPGENOMEN = 1
    AFGEHAAKT = 2
    OVERGELOPEN = 3
    GESLOTEN = 4
    GEWEIGERD = 5


class Exit(IntEnum):
    """Why a caller left the queue without a person: the detail behind OVERGELOPEN."""

    TIMEOUT = 1
    LEEG = 2
    TOETS = 3
    INGETROKKEN = 4
    MEDEWERKER_HING_OP = 5


class Complexity(IntEnum):
    """What the topic catalogue says of a question; unknown topics stay ONBEKEND."""

    ONBEKEND = 0
    EENVOUDIG = 1
    COMPLEX = 2


class Handler(IntEnum):
    """Who closed a question; DOORGEZET is the KCC or website passing it on to a department."""

    ONBEKEND = 0
    DIGITAAL = 1
    KCC = 2
    AFDELING = 3
    DOORGEZET = 4


class Happening(IntEnum):
    """What happened to a question between receipt and answer: the kinds of clock event.

    OPGESCHORT and HEROPEND are stretches: suspended until resumed, closed until reopened.
    VERDAAGD is at its notice, until the new date when the notice names one.
    """

    BEVESTIGD = 1
    DOORGEZET = 2
    OPGESCHORT = 3
    VERDAAGD = 4
    HEROPEND = 5
    CONTACTPERSOON = 6
    BESPROKEN = 7
    RICHTING = 8
    BEANTWOORD = 9


class Presence(IntEnum):
    """What a staffing interval says of one anonymous member of a queue."""

    BESCHIKBAAR = 1
    PAUZE = 2
