"""HTML that is escaped by construction: plain strings are text, only `Html` is markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from takhrij.report.clean import beside_others, direction, for_page

_VOID = frozenset({"br", "img", "input", "meta"})


class Html(str):
    """Markup that was made here; everything else is escaped."""

    __slots__ = ()


Child = str | Html | None


def text(value: str) -> Html:
    """Text of anybody's, as markup that shows it and cannot turn round what stands beside it."""
    return Html(escape(beside_others(value), quote=True).replace("\r", "&#13;"))


def exact(value: str) -> Html:
    """Text of a paragraph of its own, every character of it that HTML can hold."""
    return Html(escape(for_page(value), quote=True).replace("\r", "&#13;"))


def join(children: Iterable[Child]) -> Html:
    """Children one after the other; strings are escaped, None is left out."""
    return Html(
        "".join(child if isinstance(child, Html) else text(child) for child in children if child is not None)
    )


def tag(name: str, /, *children: Child, **attributes: str | bool | None) -> Html:
    """An element. `class_` and `for_` lose their underscore, `data_x` becomes `data-x`, None and False go."""
    opening = [name]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        attribute = key.rstrip("_").replace("_", "-")
        opening.append(attribute if value is True else f'{attribute}="{text(value)}"')
    if name in _VOID:
        return Html(f"<{' '.join(opening)}>")
    return Html(f"<{' '.join(opening)}>{join(children)}</{name}>")


def worded(value: str, name: str = "bdi", **attributes: str | bool | None) -> Html:
    """An element for a text of either direction, isolated from what stands around it."""
    side = direction(value)
    language = "ar" if side == "rtl" else None
    return tag(name, value, dir=side, lang=language, **attributes)
