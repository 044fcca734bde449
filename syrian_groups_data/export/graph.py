"""Ties as a graph: GraphML and GEXF, with dates, standing and dispute on every edge."""

from __future__ import annotations

from collections import Counter
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ..model.vocab import RELATIONS
from .source import Row, Source, writable

_NODE = ("type", "kind")
_EDGE = (
    "relation", "symmetric", "role", "since", "until", "standing", "hedge", "said_by", "contested", "origins", "works",
    "passages", "statement", "note",
)  # fmt: skip
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def graph(source: Source) -> tuple[list[Row], list[Row]]:
    """Nodes and edges of the ties that travel, all values text. A label names one node only.

    An edge has `id`, `from`, `to`, the days `start` and `end` within which the tie may lie, and its attributes; `sort`
    is its label, made to name one of several edges from a node to another. Where it is symmetric, its direction means
    nothing.
    """
    edges: list[Row] = []
    for row, statement, mark in source.ties():
        edge: dict[str, Any] = {key: row.get(key) for key in ("relation", "role", "since", "until", "hedge", "note")}
        relation = RELATIONS.get(row["relation"])
        edge |= {
            "id": row["statement_id"],
            "from": row["subject_id"],
            "to": row["object_id"],
            "start": row["since_earliest"],
            "end": row["until_latest"],
            "label": f"{row['relation'].replace('_', ' ')} {mark}".strip(),
            "symmetric": "true" if relation and relation.symmetric else "false",
            "standing": row["standing"],
            "said_by": source.voice(statement),
            "contested": "true" if statement["contested"] else "false",
            "origins": statement["origins"],
            "works": ", ".join(statement["works"]),
            "passages": ", ".join(source.supports(row["statement_id"])),
            "statement": row["statement_id"],
        }
        edges.append(_filled(edge))
    beside = Counter((edge["from"], edge["to"], edge["label"]) for edge in edges)
    for edge in edges:
        unique = beside[edge["from"], edge["to"], edge["label"]] == 1
        edge["sort"] = edge["label"] if unique else f"{edge['label']} ({edge['id']})"
    used = sorted({edge[end] for edge in edges for end in ("from", "to")})
    labels = {key: str(source.shown[key]) for key in used}
    times = Counter(labels.values())
    kinds = {row[key]: row["kind"] for table, key in _KINDS for row in source.rows(table)}
    nodes = [
        {
            "id": key,
            "label": label if times[label] == 1 else f"{label} ({key})",
            "type": source.types[key],
            "kind": kinds.get(key),
        }
        for key, label in labels.items()
    ]
    return [_filled(node) for node in nodes], edges


_KINDS = (("groups", "group_id"), ("places", "place_id"))


def _filled(values: Row) -> Row:
    return {key: writable(str(value)) for key, value in values.items() if value not in (None, "")}


def graphml(source: Source) -> dict[str, bytes]:
    """`ties.graphml`: a directed multigraph, every attribute text."""
    nodes, edges = graph(source)
    node, edge = ("label", *_NODE), ("label", *_EDGE, "start", "end")
    lines = [_HEAD + '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    for place, names in (("node", node), ("edge", edge)):
        lines += [f'<key id="{place}_{n}" for="{place}" attr.name="{n}" attr.type="string"/>' for n in names]
    lines.append('<graph id="ties" edgedefault="directed">')
    lines += [f"<node id={quoteattr(each['id'])}>{_data('node', node, each)}</node>" for each in nodes]
    lines += [f"<edge {_ends(each)}>{_data('edge', edge, each)}</edge>" for each in edges]
    return {"ties.graphml": "\n".join([*lines, "</graph>", "</graphml>", ""]).encode()}


def gexf(source: Source) -> dict[str, bytes]:
    """`ties.gexf` (1.3): edges carry `start` and `end` where a text dates them.

    Of edges from a node to another each has a `kind` of its own: those of one kind are one edge for Gephi, which would
    put an alleged tie under the label of an asserted one.
    """
    nodes, edges = graph(source)
    lines = [
        _HEAD + '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
        f"<meta><creator>{escape(source.name)} {escape(source.version)}</creator></meta>",
        '<graph defaultedgetype="directed" mode="dynamic" timeformat="date">',
    ]
    for place, names in (("node", _NODE), ("edge", _EDGE)):
        lines.append(f'<attributes class="{place}" mode="static">')
        lines += [f'<attribute id="{place}_{name}" title="{name}" type="string"/>' for name in names]
        lines.append("</attributes>")
    lines.append("<nodes>")
    for each in nodes:
        lines.append(
            f"<node id={quoteattr(each['id'])} label={quoteattr(each['label'])}>{_values('node', _NODE, each)}</node>"
        )
    lines.append("</nodes><edges>")
    for each in edges:
        dated = "".join(f' {end}="{each[end]}"' for end in ("start", "end") if end in each)
        lines.append(
            f"<edge {_ends(each)} kind={quoteattr(each['sort'])} label={quoteattr(each['label'])}{dated}>{_values('edge', _EDGE, each)}</edge>"
        )
    return {"ties.gexf": "\n".join([*lines, "</edges></graph></gexf>", ""]).encode()}


def _ends(edge: Row) -> str:
    return f"id={quoteattr(edge['id'])} source={quoteattr(edge['from'])} target={quoteattr(edge['to'])}"


def _data(place: str, names: tuple[str, ...], values: Row) -> str:
    return "".join(f'<data key="{place}_{name}">{escape(values[name])}</data>' for name in names if name in values)


def _values(place: str, names: tuple[str, ...], values: Row) -> str:
    inner = "".join(f'<attvalue for="{place}_{n}" value={quoteattr(values[n])}/>' for n in names if n in values)
    return f"<attvalues>{inner}</attvalues>"
