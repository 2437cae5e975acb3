"""Named colours, light and dark. Every text colour reaches 4.5:1 on its ground."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtGui import QColor

Mode = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Colors:
    """One palette; every value is "#RRGGBB". `*_tint` is the pale ground of the colour it names."""

    dark: bool
    window: str
    surface: str
    navigation: str
    raised: str
    hover: str
    pressed: str
    border: str
    border_strong: str
    grid: str
    text: str
    text_2: str
    text_3: str
    selection: str
    accent: str
    accent_hover: str
    accent_pressed: str
    accent_border: str
    on_accent: str
    link: str
    focus: str
    running: str
    running_tint: str
    overdue: str
    overdue_tint: str
    waiting: str
    waiting_tint: str
    done: str
    done_tint: str
    draft: str
    draft_tint: str
    banner: str
    banner_border: str
    mine: str
    theirs: str
    count: str
    on_count: str
    bar: str
    bar_full: str
    bar_rest: str
    toast: str
    on_toast: str
    toast_link: str


LIGHT = Colors(
    dark=False,
    window="#F5F6F8",
    surface="#FFFFFF",
    navigation="#EFF1F4",
    raised="#FFFFFF",
    hover="#EBEEF2",
    pressed="#DFE3E9",
    border="#DCE0E6",
    border_strong="#B9C0CA",
    grid="#E9ECF0",
    text="#1B2028",
    text_2="#4B5563",
    text_3="#5F6875",
    selection="#E4ECFD",
    accent="#2563EB",
    accent_hover="#1D57D8",
    accent_pressed="#1A4DBF",
    accent_border="#A9C1F5",
    on_accent="#FFFFFF",
    link="#1D4ED8",
    focus="#2563EB",
    running="#1D4ED8",
    running_tint="#E4ECFD",
    overdue="#B42318",
    overdue_tint="#FDE5E2",
    waiting="#93540A",
    waiting_tint="#FDF0D9",
    done="#0F6B3A",
    done_tint="#DFF3E7",
    draft="#4B5563",
    draft_tint="#ECEEF1",
    banner="#FDF0D9",
    banner_border="#E8C583",
    mine="#E4ECFD",
    theirs="#FDF0D9",
    count="#B42318",
    on_count="#FFFFFF",
    bar="#2F68E0",
    bar_full="#5FB682",
    bar_rest="#DFE3E9",
    toast="#262B33",
    on_toast="#F5F6F8",
    toast_link="#9DBBFB",
)

DARK = Colors(
    dark=True,
    window="#1B1D21",
    surface="#212328",
    navigation="#1B1D21",
    raised="#2A2D33",
    hover="#2C3037",
    pressed="#363B43",
    border="#383C44",
    border_strong="#565C67",
    grid="#2C2F36",
    text="#E4E6EB",
    text_2="#B3B8C2",
    text_3="#9EA4B0",
    selection="#25355A",
    accent="#2563EB",
    accent_hover="#3069EC",
    accent_pressed="#1D4FC0",
    accent_border="#3F5FA8",
    on_accent="#FFFFFF",
    link="#8DB0FA",
    focus="#6B97F7",
    running="#8DB0FA",
    running_tint="#25355A",
    overdue="#FF8A7D",
    overdue_tint="#4A2624",
    waiting="#E9B15C",
    waiting_tint="#43351D",
    done="#6CCB94",
    done_tint="#1F3D2C",
    draft="#B3B8C2",
    draft_tint="#31353C",
    banner="#43351D",
    banner_border="#7A5E2C",
    mine="#25355A",
    theirs="#43351D",
    count="#4A2624",
    on_count="#FF9C90",
    bar="#6B97F7",
    bar_full="#4C9A6C",
    bar_rest="#3A3E46",
    toast="#E4E6EB",
    on_toast="#1B1D21",
    toast_link="#1A49C4",
)


def colors_for(mode: Mode) -> Colors:
    """The palette of a mode."""
    return DARK if mode == "dark" else LIGHT


def text_pairs(colors: Colors) -> tuple[tuple[str, str, str], ...]:
    """(name, text colour, ground) of every pair that the kit writes words with."""
    grounds = ("window", "surface", "navigation", "raised", "hover", "selection")
    texts = ("text", "text_2", "text_3", "link")
    pairs = [(f"{text} on {ground}", text, ground) for text in texts for ground in grounds]
    for status in ("running", "overdue", "waiting", "done", "draft"):
        pairs += [(f"{status} on {ground}", status, ground) for ground in ("surface", "window")]
        pairs += [(f"{status} on its tint", status, f"{status}_tint")]
        pairs += [(f"{status} selected", status, "selection")]
    pairs += [
        ("primary button", "on_accent", "accent"),
        ("primary button pressed", "on_accent", "accent_pressed"),
        ("primary button hovered", "on_accent", "accent_hover"),
        ("banner", "text", "banner"),
        ("banner mark", "waiting", "banner"),
        ("count", "on_count", "count"),
        ("toast", "on_toast", "toast"),
        ("toast link", "toast_link", "toast"),
        ("mine", "text", "mine"),
        ("theirs", "text", "theirs"),
    ]
    return tuple(
        (name, getattr(colors, over), getattr(colors, under)) for name, over, under in pairs
    )


def luminance(color: str) -> float:
    """Relative luminance 0..1 of "#RRGGBB" (WCAG 2.2, definition of relative luminance)."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    found = QColor(color)
    return (
        0.2126 * linear(found.redF())
        + 0.7152 * linear(found.greenF())
        + 0.0722 * linear(found.blueF())
    )


def contrast(over: str, under: str) -> float:
    """Contrast ratio 1..21 of two "#RRGGBB" colours (WCAG 2.2, contrast ratio)."""
    first, second = luminance(over), luminance(under)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
