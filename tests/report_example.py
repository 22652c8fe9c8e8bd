"""Makes the example report in docs/voorbeeld/ of an invented month: `make example`."""

from __future__ import annotations

import dataclasses
import sys
from collections import Counter
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import groupby
from pathlib import Path

from msgspec.structs import replace
from PIL import Image

from dashboard.report.build import report
from dashboard.report.files import files_of
from dashboard.report.typst_pdf import pages
from data.thresholds import SmallNumbers
from metrics import Kpi, Reading
from metrics.facts import Cut
from metrics.parts import Part, parts
from metrics.periods import local_day
from metrics.published.canonical import digest, written
from metrics.published.edition import Edition, Note
from metrics.published.frozen_figures import figure, per_part
from metrics.published.frozen_goal import frozen
from metrics.published.frozen_meaning import definition, norm
from metrics.published.goal import Years, YearValue
from metrics.published.quality import Parts
from metrics.published.snapshot import Header, Snapshot
from metrics.published.states import content_of
from metrics.targets import targets
from tests.report_cast import CHECKED, ESTABLISHED, MONTH, NO_VALUE, SNAPSHOT
from tests.target_cast import CATALOGUE, HISTORY, monthly, staged
from tests.told_cast import told

FOLDER = Path(__file__).parents[1] / "docs" / "voorbeeld"
PPI, COLOURS = 80, 128
KEYS = ("bereikbaarheid", "wachttijd", "digitaal_of_kcc", "binnen_termijn", "terugbellen")
OTHERS = ("ontvangen", "openstaand")
SET_BY = "Kwaliteitshandvest dienstverlening (voorbeeld)"
CASES = {"bereikbaarheid": 9640, "digitaal_of_kcc": 4000, "binnen_termijn": 2150,
         "terugbellen": 640}  # fmt: skip
DEPARTMENTS = {"Archief": (4, 5), "Belastingen": (714, 860), "Burgerzaken": (1697, 2020),
               "Griffie": (6, 11), "Omgevingsrecht": (17, 23), "Vergunningen": (251, 330),
               "Wmo en jeugd": (463, 751)}  # fmt: skip
HEADER = Header(
    kenmerk="2026/voorbeeld",
    portefeuillehouder="wethouder Dienstverlening",
    programma="Burger, bestuur en veiligheid",
    afdeling="Klantcontactcentrum",
    auteur="adviseur dienstverlening",
    behandelvoorstel="Het college stuurt deze rapportage ter informatie naar de commissie Bestuur.",
    eerdere_besluiten=(SET_BY,),
    thema="haarlem",
)


def note(about: str, role: str, day: int, text: str) -> Note:
    """What a person wrote in November."""
    return Note(about=about, role=role, at=datetime(2026, 11, day, 9, 0, tzinfo=UTC), text=text)


NOTES = (
    note("kernboodschap", "manager Dienstverlening", 10,
         "Meer inwoners regelen hun vraag zelf of met één telefoontje. Terugbellen gaat nog niet "
         "goed genoeg. Daar zetten we nu mensen op."),
    note("terugbellen", "teammanager KCC", 9,
         "Sinds de zomer zijn twee plekken niet bezet. We bellen daarom later terug dan we "
         "beloven. Per 1 december beginnen twee nieuwe collega's."),
    note("digitaal_of_kcc", "adviseur dienstverlening", 9,
         "De nieuwe website staat sinds 2 maart. Op de pagina over afval zoeken inwoners minder "
         "lang."),
    note("wat_doen_we", "teammanager KCC", 9,
         "Vanaf 1 december belt een vast team van vier mensen terug.\n"
         "In november oefenen we met het nieuwe belscherm."),
    note("financien", "manager Dienstverlening", 10, "Geen."),
    note("vervolg", "adviseur dienstverlening", 9,
         "De rapportage over november komt op 8 december. In januari volgt het hele jaar."),
)  # fmt: skip


def of_the_time(kpi: Kpi) -> Kpi:
    """A figure as it was when the example was frozen, with a norm that a reader understands."""
    return dataclasses.replace(
        kpi,
        norms=tuple(dataclasses.replace(one, grondslag=SET_BY) for one in kpi.norms),
        revisions=tuple(one for one in kpi.revisions if one[0] < MONTH),
        reviewed=min(kpi.reviewed, MONTH),
    )


FIGURES = {key: of_the_time(CATALOGUE[key]) for key in (*KEYS, *OTHERS)}


def months_of(kpi: Kpi) -> list[Reading]:
    """All months of a figure, up to the one of the report."""
    return [_weighed(kpi, one) for one in staged(kpi, MONTH)]


def _weighed(kpi: Kpi, one: Reading) -> Reading:
    """A month with cases that fit the other figures, and a value that follows from them."""
    cases = _cases(kpi.key, local_day(one.period.start))
    teller = round((one.value or 0) * cases)
    return dataclasses.replace(one, cases=cases, teller=teller, noemer=cases, value=teller / cases)


def _cases(key: str, month: date) -> int:
    """How many there were in a month; who answered waited, so these are the same calls."""
    if key == "wachttijd":
        return next(
            int(one.teller or 0)
            for one in months_of(FIGURES["bereikbaarheid"])
            if local_day(one.period.start) == month
        )
    return CASES[key] + CASES[key] // 40 * ((month.month - MONTH.month) * 7 % 5)


def departments() -> list[Part]:
    """Departments of every size, which together are the whole: 3,152 of 4,000."""
    kpi = FIGURES["digitaal_of_kcc"]
    found = [
        dataclasses.replace(monthly(kpi, MONTH, good / of, of), cut={Cut.AFDELING: name})
        for name, (good, of) in DEPARTMENTS.items()
    ]
    small = SmallNumbers()
    return parts(told(found, Cut.AFDELING, small.hidden_below), Cut.AFDELING, small)


def years(kpi: Kpi) -> Years:
    """The years of a figure, weighed by its cases; of 2023 nothing is known."""
    sums: dict[int, Counter[str]] = {}
    for year, months in groupby(months_of(kpi), lambda one: one.period.end.year):
        sums[year] = Counter()
        for one in months:
            sums[year].update(teller=int(one.teller or 0), noemer=int(one.noemer or 0))
    held = kpi.norm_on(MONTH)
    past = [_year(kpi, year, sums.get(year)) for year in (2023, 2024, 2025)]
    so_far = _year(kpi, 2026, sums[2026])
    return Years(key=kpi.key, norm=norm(held, kpi.unit) if held else None, past=tuple(past),
                 so_far=so_far)  # fmt: skip


def _year(kpi: Kpi, year: int, sums: Counter[str] | None) -> YearValue:
    until = MONTH if year == MONTH.year else date(year, 12, 1)
    value = sums["teller"] / sums["noemer"] if sums and sums["noemer"] else None
    known = sums if value is not None else None
    return YearValue(
        year=year,
        until=until,
        value=value,
        text=kpi.unit.text(value),
        teller=float(known["teller"]) if known else None,
        noemer=float(known["noemer"]) if known else None,
        norm=kpi.norms[0].value,
        reason="" if known else NO_VALUE,
    )


def snapshot() -> Snapshot:
    """The invented month: five targets, of which one gets better and one gets worse."""
    kpis = [FIGURES[key] for key in KEYS]
    made = targets([one for kpi in kpis for one in months_of(kpi)], HISTORY)
    others = [SNAPSHOT.figure(key) for key in OTHERS]
    return replace(
        SNAPSHOT,
        header=HEADER,
        demo=True,
        definitions=tuple(map(definition, FIGURES.values())),
        figures=(*(figure(months_of(kpi)[-1], SNAPSHOT.span) for kpi in kpis), *others),
        goals=tuple(map(frozen, made)),
        parts=_parts(),
        years=tuple(map(years, kpis)),
    )


def _parts() -> tuple[Parts, ...]:
    small = SmallNumbers()
    return (per_part("digitaal_of_kcc", Cut.AFDELING, departments(), small),)


def edition() -> Edition:
    """The example: checked and established."""
    frozen_ = snapshot()
    sha256 = digest(written(frozen_))
    return Edition(version=1, sha256=sha256, content=content_of(sha256, NOTES, None),
                   snapshot=frozen_, steps=(CHECKED, ESTABLISHED), notes=NOTES)  # fmt: skip


def small(picture: bytes) -> bytes:
    """Return a picture with few colours, which a page of text does not miss."""
    made = BytesIO()
    with Image.open(BytesIO(picture)) as page:
        page.convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE).save(
            made, "PNG", optimize=True
        )
    return made.getvalue()


def main() -> int:
    """Write the files of the example, and a picture of each page."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    example = edition()
    for file in files_of(example):
        (FOLDER / file.name).write_bytes(file.content)
    for number, picture in enumerate(pages(report(example), PPI), start=1):
        (FOLDER / f"pagina-{number:02d}.png").write_bytes(small(picture))
    for path in sorted(FOLDER.iterdir()):
        print(f"{path.name}: {path.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
