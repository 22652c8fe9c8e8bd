"""The icons of signal and chance: each its own silhouette, always beside its word."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.svg import Svg
from metrics.spc import Assurance, Chart, Variation

RING = '<circle cx="12" cy="12" r="10.6" fill="none" stroke="currentColor" stroke-width="2"/>'
DASHED = RING.replace("/>", ' stroke-dasharray="4 2.66"/>')
ZIGZAG = (
    '<path d="M4.6 13.6l3.2-4 3.2 5.2 3.4-5.8 4.8 4.4" fill="none" stroke="currentColor" '
    'stroke-width="2" stroke-linejoin="round"/>'
)
ARROW = '<path d="M12 5l5.6 6.4h-3.5V19H9.9v-7.6H6.4z" fill="currentColor"{turn}/>'
TURNS = {1: "", -1: ' transform="rotate(180 12 12)"', 0: ' transform="rotate(45 12 12)"'}
CHEVRON = '<path d="M6.6 12.4l3.8 4L17.6 8.6" fill="none" stroke="var(--uit)" stroke-width="2.6"/>'
CROSS = '<path d="M7 7l10 10M17 7L7 17" fill="none" stroke="var(--uit)" stroke-width="2.6"/>'
QUESTION = (
    '<path d="M8.8 9.6c0-4.4 6.6-4.2 6.4-.2-.1 2.4-3.2 2.4-3.2 5" fill="none" '
    'stroke="currentColor" stroke-width="2.2"/>'
    '<circle cx="12" cy="17.4" r="1.5" fill="currentColor"/>'
)
ASSURANCES = {
    Assurance.STEEDS: '<circle cx="12" cy="12" r="11.4" fill="currentColor"/>' + CHEVRON,
    Assurance.NIET: '<path d="M1 1h22v22H1z" fill="currentColor"/>' + CROSS,
    Assurance.SOMS: DASHED + QUESTION,
}
KINDS = {
    Variation.VERBETERING: "beter",
    Variation.VERSLECHTERING: "slechter",
    Assurance.STEEDS: "beter",
    Assurance.NIET: "slechter",
}
BESIDE = {Variation.GEEN: "valt binnen het toeval", Variation.TE_WEINIG: ""}
MORE = "meer dan toeval"


def variation_sign(chart: Chart) -> Component:
    """Say whether the last month is a signal, with its icon."""
    found = chart.variation
    if found is None:
        return html.Span("geen cijfer, dus geen signaal", className="teken")
    return _sign(_variation(chart, found), chart.variation_text, BESIDE.get(found, MORE), found)


def assurance_sign(found: Assurance | None, provisional: bool) -> Component:
    """Say whether the norm can be relied on, with its icon."""
    if found is None:
        return html.Span("haalbaarheid niet te zeggen", className="teken")
    return _sign(ASSURANCES[found], found.value, "voorlopig" if provisional else "", found)


def _variation(chart: Chart, found: Variation) -> str:
    if found is Variation.TE_WEINIG:
        return DASHED
    if found is Variation.GEEN:
        return RING + ZIGZAG
    side = 0 if found is Variation.VERANDERING else chart.active.points[-1].side
    return RING + ARROW.format(turn=TURNS[side])


def _sign(shape: str, word: str, beside: str, kind: Variation | Assurance) -> Component:
    drawn = Svg(f'<svg aria-hidden="true" viewBox="0 0 24 24">{shape}</svg>', "teken-icoon")
    words = [html.B(word), *([html.Small(beside)] if beside else [])]
    return html.Span([drawn, html.Span(words)], className=f"teken {KINDS.get(kind, 'stil')}")
