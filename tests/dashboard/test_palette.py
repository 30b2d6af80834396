"""Colours keep their contrast on both grounds, and sides apart for the colour-blind."""

import tomllib
from itertools import combinations

import numpy as np
import pytest
from corpus import ROOT

from dashboard.palette import ALL_SIDES, INK, OTHER_SIDE, SIDES, TONES

# From linear sRGB to what is seen: Machado, Oliveira and Fernandes (2009), severity 1.
SEEN = {
    "all cones": np.eye(3),
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
OFTEN = ("Russia", "Japan", "South Korea", "North Korea", "China", "United States", "Joint")


def grounds():
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    return [theme[name]["backgroundColor"] for name in ("light", "dark")]


@pytest.mark.parametrize("ground", grounds())
@pytest.mark.parametrize(
    "colour",
    [*(mark.colour for mark in (*SIDES.values(), OTHER_SIDE, ALL_SIDES)), *TONES.values(), INK],
)
def test_a_mark_stands_out_from_the_ground(colour, ground):
    assert contrast(colour, ground) >= 3  # WCAG 2.1, 1.4.11


@pytest.mark.parametrize("seen", SEEN)
def test_sides_are_told_apart_by_the_colour_blind(seen):
    names = {name: lab(SIDES[name].colour, SEEN[seen]) for name in OFTEN}
    nearest = min(
        (round(float(np.linalg.norm(names[a] - names[b])), 1), a, b)
        for a, b in combinations(names, 2)
    )
    assert nearest[0] >= 12, nearest  # CIELAB; a difference of 2.3 is just seen


def test_every_side_has_a_shape_of_its_own():
    marks = [*SIDES.values(), OTHER_SIDE]
    assert len({mark.symbol for mark in marks}) == len({mark.glyph for mark in marks}) == len(marks)


def contrast(one, other):
    dark, light = sorted(float(linear(colour) @ XYZ[1]) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def linear(colour):
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(colour, seen):
    xyz = XYZ @ np.clip(np.asarray(seen) @ linear(colour), 0, 1) / XYZ.sum(axis=1)
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])
