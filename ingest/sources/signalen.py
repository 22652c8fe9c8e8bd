"""Signalen: reports about public space, with when they were settled and reopened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from ingest.about import About
from ingest.oidc import ClientCredentials
from ingest.options import DAY_S, Options
from ingest.service_options import INTERVAL_S, address, secret, service
from ingest.signal_report import Reports
from ingest.signal_walk import LARGEST_PAGE, Changes
from ingest.source import Batch, Cursor, Surroundings
from ingest.web import Service
from ingest.wording import wording

SOORT = "signalen"
ABOUT = About(
    title="Signalen (meldingen openbare ruimte)",
    reads="`signals/` by last change and `signals/<id>/history` of reports that are not new: state,"
    " category, departments, channel, deadline. Never the text, notes, place, reporter, or who"
    " handles a report.",
    feeds="Questions (`vraag`) of the kind `melding`: the topic is the subcategory, the department"
    " the one it was sent to, else that of the category (`[bron.waarden.afdeling]` names codes).",
    rights="An account with the permissions `sia_read` and `sia_can_view_all_categories`, for an"
    " application (`client`) of the OpenID provider at `token_adres`; or a token that lasts.",
    cadence="Every five minutes one request for what changed, and one for each such report that is"
    " not new; once a day (`ronde`) all reports are seen, so that deletions show.",
    lag="None: a change shows when it is made, also one that is dated a minute before another.",
    traps=(
        "Parameters that it does not know are ignored: each page must prove to be what was asked.",
        "A report that was split counts as its parts; it is taken out when it is split.",
        "The working days of its deadlines leave out no holidays: our own terms may well differ.",
        "Asking the reporter a question does not stop the clock, here or in Signalen.",
        "Departments are codes; of several, the first that has a name is taken.",
        "After the account got a right to more categories, read anew with `backfill`.",
    ),
    without=("oordeel_verschil",),
    example="""[[bron]]
naam = "meldingen"
soort = "signalen"
adres = "https://api.meldingen.gemeente.nl/signals/v1/private"
token_adres = "https://login.gemeente.nl/realms/meldingen/protocol/openid-connect/token"
client = "regiebord"
sleutel_omgeving = "SIGNALEN_SLEUTEL"

[bron.waarden.afdeling]
STW = "Stadswerken"
""",
)


@dataclass(frozen=True)
class Signalen:
    """One Signalen."""

    naam: str
    service: Service
    changes: Changes
    interval: float = INTERVAL_S
    soort: str = SOORT
    feeds: tuple[str, ...] = ("vraag",)

    def batches(self, cursor: Cursor, now: int) -> Iterator[Batch]:
        """Yield the reports that changed; where a budget ended a run, the next one goes on."""
        return self.service.walk(lambda web: self.changes.batches(web, cursor, now))


def build(naam: str, options: Options, surroundings: Surroundings) -> Signalen:
    """Build the source from its [[bron]] block."""
    key = secret(options, surroundings.environment)
    reports = Reports(wording(options, ("kanaal", "onderwerp", "afdeling"), {}))
    return Signalen(
        naam=naam,
        service=_service(options, key),
        changes=Changes(
            reports=reports,
            page_size=options.number("paginagrootte", LARGEST_PAGE, 1, LARGEST_PAGE),
            round_s=options.seconds("ronde", DAY_S),
        ),
        interval=options.seconds("interval", INTERVAL_S),
    )


def _service(options: Options, key: str) -> Service:
    """Ask with a token that is given, or as an application that gets its own."""
    if not options.has("token_adres"):
        return service(options, partial(_headers, key))
    provider = address(options, "token_adres").rstrip("/")
    return service(options, auth=ClientCredentials(provider, options.text("client"), key))


def _headers(key: str) -> Mapping[str, str]:
    return {"Authorization": f"Bearer {key}"}
