"""Tells of targets in sentences: what a month came to, what one figure shows."""

from __future__ import annotations

from collections.abc import Sequence

from data.dutch_days import amount, listed
from metrics.signals import Point, Rule
from metrics.spc import Assurance, Variation
from metrics.target_words import MET, forecast_text, missing_text, month_text, name_of
from metrics.targets import BETTER, CONCERN, Target, urgent

SURE = {
    Assurance.STEEDS: "Ook de slechtste maand die toeval kan geven, haalt de norm.",
    Assurance.SOMS: "Of een maand de norm haalt, is met dit proces toeval.",
    Assurance.NIET: "Met dit proces kan geen maand de norm halen.",
}
SIDE = {1: "boven", -1: "onder"}
MOVE = {1: "stijgt", -1: "daalt"}


def lead(targets: Sequence[Target]) -> list[str]:
    """Say how many targets were met, what needs action first, and what changed for real."""
    first = urgent(targets)
    others = [target for target in targets if target is not first]
    worse = _changed("Slechter, en meer dan toeval", others, CONCERN)
    better = _changed("Beter, en meer dan toeval", targets, BETTER)
    return [score(targets), *filter(None, (_first(first), worse, better))]


def score(targets: Sequence[Target]) -> str:
    """Say how many targets of the month were met."""
    judged = [target.met for target in targets if target.met is not None]
    if not judged:
        return "Er is over deze maand nog geen cijfer met een norm."
    month = month_text(targets[0].month)
    told = f"In {month} halen we {sum(judged)} van de {amount(len(judged), 'doel', 'doelen')}."
    silent = len(targets) - len(judged)
    missing = f" Van {amount(silent, 'doel', 'doelen')} is er geen cijfer." if silent else ""
    return told + missing


def _first(found: Target | None) -> str:
    if found is None:
        return ""
    reading, norm = found.reading, found.reading.norm
    beside = f", norm {reading.kpi.unit.text(norm.value)}" if norm else ""
    return f"Eerst aan de beurt: {name_of(found)} ({reading.text}{beside}): {found.to_do}."


def _changed(how: str, targets: Sequence[Target], variation: Variation) -> str:
    names = [name_of(target) for target in targets if target.chart.variation is variation]
    return f"{how}: {listed(names)}." if names else ""


def stand(target: Target) -> str:
    """Say what the month came to beside its norm."""
    reading, norm = target.reading, target.reading.norm
    if reading.value is None:
        return f"Over {month_text(target.month)} is er geen cijfer: {reading.reason}."
    if norm is None:
        return f"In {month_text(target.month)} is het {reading.text}."
    beside = f"de norm is {reading.kpi.unit.text(norm.value)}: {MET[target.met]}"
    return f"In {month_text(target.month)} is het {reading.text}, {beside}."


def conclusion(target: Target) -> str:
    """Say in one line what the months of a figure show."""
    return f"{name_of(target)}: {_shows(target)}"


def _shows(target: Target) -> str:
    chart = target.chart
    last, month = chart.active.points[-1], month_text(target.month)
    if chart.variation is None:
        return f"geen cijfer over {month}"
    if chart.variation is Variation.TE_WEINIG:
        return "nog te weinig maanden om signaal van toeval te scheiden"
    if last.rule is None:
        return "geen signaal, de verschillen vallen binnen het toeval"
    lasting = amount(chart.lasting, "maand", "maanden")
    return {
        Rule.BUITEN: f"{month} ligt {SIDE[last.side]} de grenzen van het toeval",
        Rule.TREND: f"{MOVE[last.side]} al {lasting} op rij",
        Rule.TWEE_VAN_DRIE: f"ligt vaker dicht bij de {SIDE[last.side]}grens dan toeval verklaart",
        Rule.VERSCHUIVING: f"al {lasting} {SIDE[last.side]} het gemiddelde",
    }[last.rule]


def told(target: Target) -> str:
    """Describe the chart for who cannot see it."""
    return " ".join(filter(None, (stand(target), _chance(target), _rest(target))))


def _chance(target: Target) -> str:
    limits = target.chart.active.limits
    if limits is None:
        return ""
    low, high = (fine(target, edge) for edge in limits.shown(target.reading.kpi.unit))
    few = " (voorlopige grenzen)" if target.chart.active.provisional else ""
    around = f"Het gemiddelde is {fine(target, limits.mean)}"
    sure = SURE[target.assurance] if target.assurance else ""
    return f"{around}; met toeval ligt een maand tussen {low} en {high}{few}. {sure}".strip()


def _rest(target: Target) -> str:
    made, missing = target.forecast, missing_text(target)
    expected = f"Prognose {forecast_text(target)}." if made.months else ""
    return f"{expected} {missing[:1].upper()}{missing[1:]}{'.' * bool(missing)}".strip()


def fine(target: Target, value: float | None) -> str:
    """Write a mean or a limit, which differ by less than months do."""
    return target.reading.kpi.unit.text(value, 1)


def signal(target: Target, point: Point) -> str:
    """Say what a month of the chart says, and by which rule; nothing when it is no signal."""
    if point.rule is None:
        return ""
    return f"{target.chart.meaning(point).value.lower()}: {point.rule.value}"
