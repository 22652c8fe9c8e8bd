"""Staffing: how many employees a stream of calls needs, by Erlang B, C and A.

Calls arrive at random and last for random times around a mean. Erlang C lets everybody wait until
answered; Erlang A lets callers give up, after a random time around their mean patience.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from math import exp, expm1, log, sqrt

import numpy as np

HOUR_S = 3600
NO_HANDLING_TIME = "de gesprekstijd is niet bekend"
NO_NORM = "er geldt geen norm"
NEVER_SURE = "een norm van 100 procent is met geen enkel aantal medewerkers zeker te halen"


@dataclass(frozen=True)
class Demand:
    """Calls per hour, the mean time that each takes, and the mean patience when it is known."""

    calls_per_hour: float
    handling_s: float
    patience_s: float | None = None

    @property
    def erlangs(self) -> float:
        """The employees that the calls would keep busy without a pause."""
        return self.calls_per_hour * self.handling_s / HOUR_S


@dataclass(frozen=True)
class Needed:
    """The least number of employees that meets a norm; None has a reason."""

    employees: int | None
    reason: str = ""


def needed(
    calls_per_hour: float,
    handling_s: float | None,
    norm: float | None,
    within_s: float,
    patience_s: float | None = None,
) -> Needed:
    """Find the least number that answers the share `norm` of the calls within so many seconds."""
    if norm is None:
        return Needed(None, NO_NORM)
    if calls_per_hour <= 0:
        return Needed(0)
    if not handling_s:
        return Needed(None, NO_HANDLING_TIME)
    if norm >= 1:
        return Needed(None, NEVER_SURE)
    demand = Demand(calls_per_hour, handling_s, patience_s)
    numbers = range(_plenty(demand.erlangs))
    return Needed(bisect_left(numbers, norm, key=lambda n: service_level(demand, n, within_s)))


def patience(waited_s: float, given_up: int) -> float | None:
    """Estimate the mean patience: all seconds that all callers waited, per caller who gave up.

    The mean wait of those who gave up is far too short: the patient were answered before.
    """
    return waited_s / given_up if given_up and waited_s > 0 else None


def blocking(erlangs: float, employees: int) -> float:
    """Erlang B: the share that finds all employees busy, when nobody waits."""
    share = 1.0
    for number in range(1, employees + 1):
        share = erlangs * share / (number + erlangs * share)
    return share


def waiting(demand: Demand, employees: int) -> float:
    """Return the share of callers that is not answered at once."""
    if demand.erlangs == 0:
        return 0.0
    busy, emptying = blocking(demand.erlangs, employees), 0.0
    if demand.patience_s:
        emptying = exp(-_log_queue(demand, employees))
    elif employees > demand.erlangs:
        emptying = 1 - demand.erlangs / employees
    return busy / (busy + (1 - busy) * emptying)


def service_level(demand: Demand, employees: int, within_s: float) -> float:
    """Return the share of all callers that is answered within so many seconds."""
    wait = waiting(demand, employees)
    if not wait:
        return 1.0
    if demand.patience_s:
        return 1 - wait + wait * _answered_later(demand, employees, within_s)
    spare = (employees - demand.erlangs) / demand.handling_s
    return 1 - wait * exp(-spare * within_s) if spare > 0 else 0.0


def mean_wait(demand: Demand, employees: int) -> float | None:
    """Erlang C: the mean seconds until the answer; None when the queue grows without end."""
    spare = (employees - demand.erlangs) / demand.handling_s
    return waiting(demand, employees) / spare if spare > 0 else None


def given_up(demand: Demand, employees: int) -> float:
    """Erlang A: the share of all callers that gives up; with Erlang C nobody does."""
    wait = waiting(demand, employees)
    if not demand.patience_s or not wait:
        return 0.0
    served = -expm1(-_log_queue(demand, employees)) * employees / demand.erlangs
    return wait * max(0.0, 1 - served)


def _plenty(erlangs: float) -> int:
    """A number of employees at which practically nobody waits."""
    return int(erlangs + 10 * sqrt(erlangs)) + 20


def _answered_later(demand: Demand, employees: int, within_s: float) -> float:
    """The share of those who wait that is answered within so many seconds (Erlang A)."""
    patience_s = demand.patience_s or 0.0
    calls = demand.calls_per_hour / HOUR_S
    growth = -calls * patience_s * expm1(-within_s / patience_s)
    growth -= employees * within_s / demand.handling_s
    full = _log_queue(demand, employees)
    left = _log_queue(demand, employees, since_s=within_s)
    passed = exp(growth - full) - exp(-full) - expm1(growth + left - full)
    return passed * employees / demand.erlangs


def _log_queue(demand: Demand, employees: int, since_s: float = 0.0) -> float:
    """The logarithm of how often the queue is not empty, relative to how often it is just full.

    It is the sum of y^j / ((x + 1) .. (x + j)) over j = 0, 1, .. with x and y the calls that are
    answered and that arrive within the patience; `since_s` takes those who can still be waiting.
    """
    patience_s = demand.patience_s or 0.0
    answered = employees * patience_s / demand.handling_s
    log_arrived = log(demand.calls_per_hour / HOUR_S * patience_s) - since_s / patience_s
    arrived = exp(log_arrived)
    terms = int(max(0.0, arrived - answered) + 10 * sqrt(max(arrived, answered))) + 60
    steps = log_arrived - np.log(answered + np.arange(1, terms))
    return float(np.logaddexp.reduce(np.append(0.0, np.cumsum(steps))))
