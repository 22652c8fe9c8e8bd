"""Today in words: how busy it is, whether there are enough people, what the norm still asks."""

from __future__ import annotations

from dashboard import dutch
from metrics import Unit
from metrics.remaining import Chance, Remaining
from metrics.today import Goal, Today
from metrics.units import decimal_text

VERBS = {"bereikbaarheid": "opnemen", "servicelevel": "op tijd opnemen"}
FEW_DAYS = "Er zijn nog te weinig vergelijkbare dagen om te zeggen of dat veel is."


def lead(found: Today) -> str:
    """Say what kind of day it is, and up to when this is told."""
    when = f"{dutch.day_text(found.now).capitalize()}, {dutch.clock_time(found.now)}."
    if not found.opens:
        return f"{when} Het is vandaag gesloten{_until(found)}."
    if found.offered is None:
        reason = found.goals[0].reading.reason
        return f"{when} Er zijn geen cijfers van vandaag: {reason}."
    if found.over:
        return f"{when} Het is nu gesloten{_until(found)}. Zo ging het vandaag."
    if not found.hours.is_open and not found.offered:
        return f"{when} Het is nog gesloten{_until(found)}. Dit is wat er komt."
    return f"{when} {calls_title(found)}."


def _until(found: Today) -> str:
    return dutch.opening_text(found.hours.opens_at, found.now)


def calls_title(found: Today) -> str:
    """Say whether it is busier than usual."""
    calls = dutch.count_text(found.offered or 0, "oproep", "oproepen")
    usual, day = found.so_far, dutch.weekday(found.now)
    if found.offered is None or usual is None:
        return f"{calls} tot nu toe"
    expected = decimal_text(usual.mean, 0)
    if found.offered > usual.high:
        how = f"Drukker dan gebruikelijk op {day}"
    elif found.offered < usual.low:
        how = f"Rustiger dan gebruikelijk op {day}"
    else:
        how = f"Zo druk als gebruikelijk op {day}"
    return f"{how}: {calls}, {expected} verwacht"


def calls_told(found: Today) -> str:
    """Say what a reader of the picture sees."""
    missed = "" if found.missed is None else f"Er zijn er {found.missed} niet opgenomen. "
    if found.so_far is None:
        return f"{missed}{FEW_DAYS}"
    coming = "" if found.to_come is None or found.over else _coming(found)
    return (
        f"{missed}{coming}Verwacht is het gemiddelde van de laatste {found.days} vergelijkbare"
        " dagen. Op acht van de tien dagen ligt het aantal in het vlak (P10 tot P90)."
    )


def _coming(found: Today) -> str:
    if found.to_come is None:
        return ""
    low, mean, high = (
        decimal_text(calls, 0)
        for calls in (found.to_come.low, found.to_come.mean, found.to_come.high)
    )
    return f"Tot sluiting komen er naar verwachting nog {mean} ({low} tot {high}). "


def staffing_title(found: Today) -> str:
    """Say whether there are enough people now, or were today."""
    crew = found.crew
    if not found.crews:
        return f"Hoeveel mensen er nodig zijn is niet te zeggen: {found.plan.reason}"
    if crew is None:
        reasons = [one.reason for one in found.crews if one.reason]
        return f"Hoeveel mensen er zijn is niet bekend{': ' + reasons[-1] if reasons else ''}"
    if crew.needed is None:
        return f"{crew.present} mensen aanwezig; hoeveel er nodig zijn is niet bekend"
    if found.over:
        return (
            f"Op {len(found.short)} van de {len(found.crews)} halve uren waren er te weinig mensen"
        )
    numbers = f"{crew.present} aanwezig, {crew.needed} nodig"
    return f"Nu {crew.short} te weinig: {numbers}" if crew.short else f"Nu genoeg mensen: {numbers}"


def staffing_told(found: Today) -> str:
    """Say how what is needed was found."""
    plan = found.plan
    if plan.reason:
        return f"Let op: {plan.reason}."
    norm, seconds = Unit.PERCENTAGE.text(plan.norm), Unit.SECONDEN.text(plan.handling_s)
    return (
        f"Nodig: zoveel mensen die gesprekken aannemen dat {norm} van de bellers op tijd iemand"
        f" spreekt, bij het verwachte aantal oproepen en {seconds} per gesprek. Aanwezig: het"
        " totaal halverwege elk halfuur, zonder wie pauzeert; minder dan 5 wordt niet getoond."
    )


def goal_title(goal: Goal) -> str:
    """Say what must still be done for a norm, or that nothing helps or is needed any more."""
    name, rest = goal.reading.kpi.name, goal.expected
    if rest is None:
        return f"{name}: niet te zeggen, want {goal.reason}"
    if not rest.calls:
        met = "gehaald" if rest.chance is Chance.ZEKER else "niet gehaald"
        return f"{name}: {goal.reading.text}, norm {met}"
    return f"{name}: {_asked(goal, rest)}"


def _asked(goal: Goal, rest: Remaining) -> str:
    verb, calls = VERBS[goal.reading.kpi.key], decimal_text(rest.calls, 0)
    if rest.chance is Chance.NIET:
        best = Unit.PERCENTAGE.text(goal.ends[1]) if goal.ends else ""
        return (
            f"niet meer mogelijk: als we de volgende {calls} oproepen alle {verb} wordt het {best}"
        )
    if rest.chance is Chance.ZEKER:
        return f"al zeker, ook als we geen van de volgende {calls} oproepen {verb}"
    needed = decimal_text(rest.needed or 0, 0)
    return f"nog mogelijk, als we van de volgende {calls} oproepen er minstens {needed} {verb}"


def rest_words(rest: Remaining | None) -> tuple[str, str, str]:
    """Write what is asked of the calls to come: how many, at least, and what may go wrong."""
    if rest is None:
        return "", "", ""
    if rest.needed is None:
        return str(rest.calls), "niet meer mogelijk", ""
    if not rest.needed:
        return str(rest.calls), "al zeker", str(rest.calls)
    return str(rest.calls), str(rest.needed), str(rest.spare)
