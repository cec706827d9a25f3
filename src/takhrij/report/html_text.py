"""The document's text as HTML rows, its quotations marked: overlapping, nested and in parts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from takhrij.model import Block, Finding, Report, Span
from takhrij.report import phrases
from takhrij.report.clean import direction
from takhrij.report.laid import blocks
from takhrij.report.markup import Html, exact, join, tag

DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Layer:
    """A stretch to mark: of a finding (`key` is its anchor), or a claim, chain or rendering (`key` empty)."""

    span: Span
    classes: str
    key: str = ""
    label: str = ""
    last: bool = False  # the finding ends here


@dataclass(slots=True)
class Row:
    """A block of the document, or what stands between two, with what is marked in it."""

    span: Span
    block: Block
    layers: list[Layer] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)  # findings that begin in it


def rows(report: Report, anchors: dict[str, Finding]) -> list[Row]:
    """The document cut into rows that together hold every character but white space between blocks.

    `anchors` gives each finding and echo under the name of its place on the page.
    """
    cut = _cut(report)
    starts = [row.span.start for row in cut]
    for key, finding in anchors.items():
        cut[max(0, bisect_right(starts, finding.span.start) - 1)].keys.append(key)
    for layer in _layers(anchors):
        at = max(0, bisect_right(starts, layer.span.start) - 1)
        while at < len(cut) and cut[at].span.start < layer.span.end:
            cut[at].layers.append(layer)
            at += 1
    return cut


def marked(document: str, row: Row) -> Html:
    """The row's text with its marks. Taken together, the text of the elements is the document's text."""
    start, end = row.span
    cuts = {start, end}
    for layer in row.layers:
        ends = layer.span if layer.classes else layer.span[1:]  # no cut before a last letter
        cuts.update(at for at in ends if start < at < end)
    edges = sorted(cuts)
    clusters = _clusters(row)
    pieces: list[Html] = []
    inside: list[Html] = []
    for begin, stop in pairwise(edges):
        active = [la for la in row.layers if la.span.start <= begin and stop <= la.span.end]
        active.sort(key=lambda la: (la.key == "", la.span.start, -la.span.end))
        piece = join([_segment(document[begin:stop], active), *_tags(row.layers, stop)])
        cluster = next((c for c in clusters if c.start <= begin and stop <= c.end), None)
        if cluster is None:
            pieces.append(piece)
            continue
        inside.append(piece)
        if stop == cluster.end:
            side = direction(document[cluster.start : cluster.end])
            language = "ar" if side == "rtl" else None
            pieces.append(tag("bdi", *inside, dir=side, lang=language))
            inside = []
    return join([*pieces, *inside])


def _cut(report: Report) -> list[Row]:
    found = blocks(report.document)
    return [Row(block.span, block) for block in found or [Block(span=Span(0, len(report.document.text)))]]


def _layers(anchors: dict[str, Finding]) -> Iterable[Layer]:
    for key, finding in anchors.items():
        look = "echo" if finding.presented != "quotation" else phrases.look(finding)
        end = finding.span.end
        parts = finding.parts or (finding.span,)
        for part in parts:
            if part.start < part.end:
                yield Layer(part, f"q m-{look} of-{finding.kind}", key)
        yield Layer(Span(max(finding.span.start, end - 1), end), "", key, finding.label, last=True)
        for claim in finding.claims:
            if claim.span.start < claim.span.end:
                yield Layer(claim.span, f"claim c-{claim.check}")
        if finding.isnad and finding.isnad.start < finding.isnad.end:
            yield Layer(finding.isnad, "isnad")
        if finding.rendering and finding.rendering.span.start < finding.rendering.span.end:
            yield Layer(finding.rendering.span, "rendering")


def _clusters(row: Row) -> list[Span]:
    """Stretches of quotations that touch: each is set in its own direction as a whole."""
    clusters: list[Span] = []
    for layer in sorted((la for la in row.layers if la.key), key=lambda la: la.span):
        start = max(layer.span.start, row.span.start)
        end = min(layer.span.end, row.span.end)
        if clusters and start <= clusters[-1].end:
            clusters[-1] = Span(clusters[-1].start, max(end, clusters[-1].end))
        elif start < end:
            clusters.append(Span(start, end))
    return clusters


def _segment(characters: str, active: Sequence[Layer]) -> Html:
    made = exact(characters)
    depth = sum(1 for layer in active if layer.key and layer.classes)
    for layer in reversed(active):
        if not layer.classes:
            continue
        if layer.key:
            depth -= 1
            classes = f"{layer.classes} d{min(depth, DEEPEST)}"
            made = tag("span", made, class_=classes, data_f=layer.key)
        else:
            made = tag("span", made, class_=layer.classes)
    return made


def _tags(layers: Iterable[Layer], at: int) -> list[Html]:
    """A mark after each finding that ends here, drawn by the style sheet so as not to be part of the text."""
    return [
        tag("a", class_="tag", href=f"#{layer.key}", data_t=layer.label, aria_label=layer.label)
        for layer in layers
        if layer.last and layer.span.end == at
    ]
