"""Cases of a case system that speaks the ZGW standard, such as Open Zaak."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from time import monotonic

import jwt

from ingest.about import About
from ingest.options import DAY_S, Options
from ingest.service_options import INTERVAL_S, secret, service
from ingest.source import Batch, Cursor, Surroundings
from ingest.web import Service
from ingest.wording import wording
from ingest.zgw_case import LARGEST_PAGE, Cases
from ingest.zgw_walk import Rounds

SOORT = "zgw_zaken"
SLACK_S = 60
"""A token is dated so long ago: a case system refuses one from its own future."""
ABOUT = About(
    title="ZGW zaken (Open Zaak)",
    reads="`/zaken`, `/statussen` and, of cases that were suspended or extended, the audit trail of"
    " the Zaken API 1.5; case types and status types of the Catalogi API 1.3; of the roles only"
    " which organisational unit handles a case. Never a person, a description or an explanation.",
    feeds="Questions (`vraag`) of the kind `zaak`: the topic is the name of the case type, the"
    " deadline `uiterlijkeEinddatumAfdoening` with what the standard leaves to others added to it.",
    rights="An application with the scopes `zaken.lezen`, `catalogi.lezen` and `audittrails.lezen`,"
    " for the case types that count.",
    cadence="Every five minutes what is new, closed or open; once a day (`ronde`) all, so that"
    " deletions and backdated closings show. One or two requests more for each case that changed.",
    lag="A closing entered with a date of more than two days ago shows after the daily walk. The"
    " first walk asks one request or two per case; `vanaf` leaves out what was closed before.",
    traps=(
        "`einddatum`, a UTC date, is a day early near midnight: the last status says when it was.",
        "`verlenging.duur` is in working days: those of the municipality are taken.",
        "They and the days of a suspension count unless the audit trail shows the date was moved.",
        "Without an audit trail suspensions are not known, and the date is taken as it stands.",
        "Where a case system does not give `laatstGemuteerd`, each round asks about all cases.",
        "A case has a date of receipt and no time: midnight is taken.",
        "After the application got a right to more case types, read anew with `backfill`.",
    ),
    without=("oordeel_verschil",),
    example="""[[bron]]
naam = "zaken"
soort = "zgw_zaken"
adres = "https://openzaak.gemeente.nl"
client = "regiebord"
sleutel_omgeving = "OPEN_ZAAK_SLEUTEL"
vanaf = "2026-01-01"
""",
)


@dataclass(frozen=True)
class ZgwZaken:
    """One case system, and the application as which it is asked."""

    naam: str
    service: Service
    client: str
    key: str = field(repr=False)
    rounds: Rounds
    interval: float = INTERVAL_S
    soort: str = SOORT
    feeds: tuple[str, ...] = ("vraag",)

    def batches(self, cursor: Cursor, now: int) -> Iterator[Batch]:
        """Yield the cases that changed; where a budget ended a run, the next one goes on."""
        began = monotonic()
        headers = partial(self._headers, lambda: now + int(monotonic() - began))
        service = replace(self.service, headers=headers)
        return service.walk(lambda web: self.rounds.batches(web, cursor, now))

    def _headers(self, clock: Callable[[], int]) -> Mapping[str, str]:
        who = {"client_id": self.client, "user_id": self.client, "user_representation": self.client}
        with warnings.catch_warnings():  # that a key is short is not ours to mend
            warnings.simplefilter("ignore", jwt.InsecureKeyLengthWarning)
            claims = {"iss": self.client, "iat": clock() - SLACK_S, **who}
            token = jwt.encode(claims, self.key, "HS256")
        crs = {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}
        return {"Authorization": f"Bearer {token}", **crs}


def build(naam: str, options: Options, surroundings: Surroundings) -> ZgwZaken:
    """Build the source from its [[bron]] block."""
    key = secret(options, surroundings.environment)
    cases = Cases(
        wording=wording(options, ("kanaal", "onderwerp", "afdeling"), {}),
        workdays=surroundings.workdays,
        zaken=_path(options, "zaken"),
        catalogi=_path(options, "catalogi"),
    )
    return ZgwZaken(
        naam=naam,
        service=service(options),
        client=options.text("client"),
        key=key,
        rounds=Rounds(
            cases=cases,
            since=_day(options, "vanaf"),
            page_size=options.number("paginagrootte", LARGEST_PAGE, 1, LARGEST_PAGE),
            round_s=options.seconds("ronde", DAY_S),
        ),
        interval=options.seconds("interval", INTERVAL_S),
    )


def _path(options: Options, name: str) -> str:
    """Return where a service is below the address."""
    written = options.text(name, f"{name}/api/v1").strip("/")
    if ":" in written or written.startswith("."):
        options.wrong(name, f"geef een pad onder `adres`, zoals {name}/api/v1", written)
    return f"{written}/"


def _day(options: Options, name: str) -> date | None:
    written = options.text(name, "")
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        options.wrong(name, "geen datum; schrijf hem als 2026-01-31", written)
        return None
