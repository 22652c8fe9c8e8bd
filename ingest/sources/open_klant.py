"""Open Klant, or another register that speaks Klantinteracties: contacts and requests to call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from data.topics import Topics
from ingest.about import About
from ingest.klantinteracties import Reader
from ingest.open_klant_walk import Pace, Walk
from ingest.options import DAY_S, Options
from ingest.privacy import People
from ingest.service_options import INTERVAL_S, secret, service
from ingest.source import Batch, Cursor, Surroundings
from ingest.web import Service
from ingest.wording import Wording, wording

SOORT = "open_klant"
LARGEST_PAGE = 500
NIGHT = 3
ABOUT = About(
    title="Open Klant (VNG Klantinteracties)",
    reads="`klantcontacten` with their `internetaken`, and the `actoren` that are a department:"
    " when, channel, subject, status, department. Never an employee, a name, an address or the"
    " content of a contact; of who asked, only a pseudonym of a known party.",
    feeds="Questions (`vraag`): one per contact, settled at once by the contact centre, or passed"
    " on when it led to a task; and one per task, of kind `terugbelverzoek`, until the department"
    " has handled it.",
    rights="A token (`Authorization: Token`); Open Klant has no narrower one. It is only used to"
    " read.",
    cadence="Every five minutes: the departments, the contacts of the last day (`overlap`), and the"
    " list of open tasks; a contact whose tasks changed once more. Every night after `volledig_uur`"
    " everything, in as many runs as it takes.",
    lag="What is entered later than `overlap` under an older moment, and what is removed, is found"
    " at night.",
    traps=(
        "There is no filter by date, no order to choose and no moment of change.",
        "A task that is reopened loses when it was handled: it counts as never handled.",
        "KISS says of every contact that it succeeded, and its moment is that of registration.",
        "A subject may be typed: only one in onderwerpen.toml or [bron.waarden.onderwerp] is kept.",
        "`check` shows subjects that are in neither; once added, the next night brings them in.",
        "Counts contacts twice beside a `kiss` source, unless `klantcontacten = false`.",
    ),
    without=(
        *("ontvangst_bevestigd", "oordeel_verschil"),
        *("vast_contactpersoon", "richting_gegeven"),
    ),
    example="""[[bron]]
naam = "klantcontacten"
soort = "open_klant"
adres = "https://openklant.gemeente.nl/klantinteracties/api/v1"
sleutel_omgeving = "OPEN_KLANT_TOKEN"
""",
)


@dataclass(frozen=True)
class OpenKlant:
    """One register of contacts."""

    naam: str
    service: Service
    wording: Wording
    people: People
    topics: Topics
    pace: Pace
    department: str = ""
    contacts: bool = True
    interval: float = INTERVAL_S
    soort: str = SOORT
    feeds: tuple[str, ...] = ("vraag",)

    def batches(self, cursor: Cursor, now: int) -> Iterator[Batch]:
        """Yield what is new, what changed of open tasks and, when it is time, everything."""
        units = dict(cursor.get("eenheden", {}))
        reader = Reader(
            self.wording, self.people, self.topics, units, self.department, self.contacts
        )
        return self.service.walk(
            lambda web: Walk(web, reader, units, self.pace, cursor, now).steps()
        )


def build(naam: str, options: Options, surroundings: Surroundings) -> OpenKlant:
    """Build the source from its [[bron]] block."""
    token = secret(options, surroundings.environment)
    return OpenKlant(
        naam=naam,
        service=service(options, lambda: {"Authorization": f"Token {token}"}),
        wording=wording(options, ("kanaal", "onderwerp", "afdeling"), {}),
        people=People(surroundings.key),
        topics=surroundings.topics,
        pace=Pace(
            options.number("paginagrootte", LARGEST_PAGE, 1, LARGEST_PAGE),
            int(options.seconds("overlap", DAY_S)),
            options.number("volledig_uur", NIGHT, 0, 23),
        ),
        department=options.text("afdelingsveld", "metadata.afdeling"),
        contacts=options.flag("klantcontacten", True),
        interval=options.seconds("interval", INTERVAL_S),
    )
