"""The colours: one file of tokens, enough contrast in every theme, no pair that some confuse."""

from __future__ import annotations

import colorsys
import re
from pathlib import Path

import plotly.io as pio
import pytest

from dashboard.page import ASSETS
from dashboard.plot_theme import LIGHT, PAGE, WALL, register
from dashboard.theme import DEFAULT, FOLDER, MODES, UnknownTheme, chosen, themes, tokens

ROOT = Path(__file__).parents[1]
HEX = re.compile(r"#(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3,4})\b|\brgba?\(|\bhsla?\(")
EVERY = [(theme, mode) for theme in themes() for mode in MODES]
SURFACES = ("page", "tile", "stale", "paper")
GREEN = (75 / 360, 170 / 360)


def channels(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))


def luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour)]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def too_weak(theme: str, mode: str, pairs: list[tuple[str, str]], least: float) -> list[str]:
    colours = tokens(theme, mode)
    found = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    return [f"{a} on {b}: {ratio:.2f}" for (a, b), ratio in found.items() if ratio < least]


def test_the_formula_of_contrast_is_that_of_wcag() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("theme", "mode"), EVERY)
def test_all_text_can_be_read(theme: str, mode: str) -> None:
    pairs = [(text, on) for text in ("text", "text-2", "text-3") for on in SURFACES]
    pairs += [("accent", "paper"), ("accent-strong", "paper"), ("accent", "tile")]
    pairs += [("on-accent", "accent"), ("on-accent", "accent-strong"), ("concern", "paper")]
    pairs += [("accent-strong", "tint"), ("text", "tint"), ("on-alarm", "alarm")]
    pairs += [("alarm-mark", "paper"), ("alarm-mark", "tile"), ("attention", "paper")]
    assert too_weak(theme, mode, pairs, 4.5) == []


@pytest.mark.parametrize(("theme", "mode"), EVERY)
def test_what_is_read_from_afar_has_more(theme: str, mode: str) -> None:
    pairs = [(text, on) for text in ("text", "text-2") for on in SURFACES]
    pairs += [("attention", "tile"), ("attention", "page"), ("on-attention", "attention-fill")]
    assert too_weak(theme, mode, pairs, 7) == []


@pytest.mark.parametrize(("theme", "mode"), EVERY)
def test_shapes_and_the_focus_can_be_seen(theme: str, mode: str) -> None:
    shapes = ("value", "series", "mark", "edge", "alarm-mark", "alarm-edge", "attention-edge")
    pairs = [(shape, "tile") for shape in shapes]
    pairs += [(shape, "track") for shape in ("value", "mark", "alarm-mark", "attention-edge")]
    pairs += [("value", "normal"), ("series", "band"), ("alarm-edge", "page")]
    pairs += [("focus", on) for on in ("page", "tile", "paper")]
    assert too_weak(theme, mode, pairs, 3) == []


@pytest.mark.parametrize(("theme", "mode"), EVERY)
def test_the_band_of_an_alarm_stands_out_with_its_border(theme: str, mode: str) -> None:
    assert too_weak(theme, mode, [("alarm-edge", "tile"), ("alarm-edge", "page")], 10) == []


@pytest.mark.parametrize(("theme", "mode"), EVERY)
def test_without_colour_an_alarm_is_stronger_than_an_attention(theme: str, mode: str) -> None:
    colours = tokens(theme, mode)
    strength = [
        contrast(colours[border], colours["tile"])
        for border in ("alarm-edge", "attention-edge", "edge", "line")
    ]
    assert strength == sorted(strength, reverse=True)
    assert strength[0] > 1.4 * strength[1]


@pytest.mark.parametrize(("theme", "mode"), EVERY)
def test_there_is_no_green(theme: str, mode: str) -> None:
    for role, colour in tokens(theme, mode).items():
        if role.endswith("-rgb"):
            continue
        hue, _, saturation = colorsys.rgb_to_hls(*channels(colour))
        assert not (GREEN[0] < hue < GREEN[1] and saturation > 0.12), role


@pytest.mark.parametrize(("theme", "mode"), EVERY)
def test_the_numbers_that_bootstrap_asks_for_are_the_same_colours(theme: str, mode: str) -> None:
    colours = tokens(theme, mode)
    for role, value in colours.items():
        if role.endswith("-rgb"):
            parts = [str(round(part * 255)) for part in channels(colours[role[:-4]])]
            assert value == ", ".join(parts), role


@pytest.mark.parametrize("mode", MODES)
def test_every_theme_has_the_same_roles(mode: str) -> None:
    assert len({frozenset(tokens(theme, mode)) for theme in themes()}) == 1
    assert tokens(DEFAULT, "light").keys() == tokens(DEFAULT, "dark").keys()


def test_the_wall_has_neither_pure_white_nor_pure_black_surfaces() -> None:
    for theme, mode in EVERY:
        colours = tokens(theme, mode)
        assert not {colours[on] for on in ("page", "tile", "stale")} & {"#FFFFFF", "#000000"}


def test_colours_are_written_in_the_theme_files_only() -> None:
    ours = [*ASSETS.glob("regiebord*.css"), *ASSETS.glob("regiebord*.js")]
    ours += [*ASSETS.glob("fonts/*.css"), *(ROOT / "dashboard").rglob("*.py")]
    found = {file.name: HEX.findall(file.read_text("utf-8")) for file in ours}
    assert {name: colours for name, colours in found.items() if colours} == {}


def test_every_token_that_a_style_asks_for_exists_and_every_one_is_used() -> None:
    sheets = "".join(file.read_text("utf-8") for file in ASSETS.glob("regiebord*.css"))
    asked = set(re.findall(r"var\(--rb-([\w-]+)\)", sheets))
    known = set(tokens(DEFAULT, "light"))
    assert asked <= known
    assert known - asked <= set()


def test_a_theme_holds_tokens_and_nothing_else() -> None:
    for theme in themes():
        text = re.sub(
            r"/\*.*?\*/", "", (FOLDER / f"{theme}.css").read_text("utf-8"), flags=re.DOTALL
        )
        names = re.findall(r"([\w-]+):", re.sub(r"\[data-bs-theme=\w+\]|:root", "", text))
        assert all(name.startswith("--rb-") for name in names)
        assert "url(" not in text


def test_the_colours_of_haarlem_say_whose_they_are() -> None:
    told = (FOLDER / "haarlem.css").read_text("utf-8")
    assert "copyright Gemeente Haarlem" in told
    assert "for use by the Gemeente Haarlem" in told.replace("\n   ", " ")


def test_a_theme_that_does_not_exist_is_refused_with_those_that_do() -> None:
    assert chosen(None) == chosen("") == DEFAULT
    assert chosen("haarlem") == "haarlem"
    with pytest.raises(UnknownTheme, match=r"kies uit haarlem, neutraal, of leg delft\.css in"):
        chosen("delft")


@pytest.mark.parametrize("theme", themes())
def test_the_plotly_templates_read_the_tokens(theme: str) -> None:
    register(theme)
    for name, mode, surface in ((LIGHT, "light", "paper"), (WALL, "dark", "tile")):
        layout, colours = pio.templates[name].layout, tokens(theme, mode)
        assert layout.font.color == colours["text"]
        assert layout.paper_bgcolor == layout.plot_bgcolor == colours[surface]
        assert layout.colorway[0] == colours["series"]
        assert layout.xaxis.gridcolor == layout.yaxis.gridcolor == colours["line"]
        assert layout.separators == ",."
    assert pio.templates.default == LIGHT


def test_the_template_of_a_page_names_its_colours_by_role() -> None:
    register(DEFAULT)
    layout = pio.templates[PAGE].layout
    assert layout.font.color == "var(--rb-text)"
    assert layout.paper_bgcolor == "var(--rb-paper)"
    assert not HEX.findall(layout.to_plotly_json().__repr__())
