"""Ties as a graph: GraphML and GEXF, with dates, standing and dispute on every edge."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from .source import PLAIN, Row, Source

_NODE = ("label", "type", "kind")
_EDGE = (
    "relation", "role", "since", "until", "standing", "hedge", "said_by", "contested", "origins", "works", "passages",
    "statement", "note",
)  # fmt: skip
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
Node, Edge = tuple[str, dict[str, str]], tuple[str, str, str, dict[str, str]]


def graph(source: Source) -> tuple[list[Node], list[Edge]]:
    """Nodes (id, attributes) and edges (id, from, to, attributes) of the ties that travel; a label names one node only."""
    edges: list[Edge] = []
    for row, statement in source.ties():
        label = row["relation"].replace("_", " ")
        if statement["standing"] not in PLAIN or statement["contested"]:
            label = f"{label} [{source.marked(statement)}]"
        values: dict[str, Any] = {
            key: row.get(key) for key in ("relation", "role", "since", "until", "standing", "hedge", "note")
        }
        values |= {
            "label": label,
            "said_by": source.voice(statement),
            "contested": "true" if statement["contested"] else "false",
            "origins": statement["origins"],
            "works": ", ".join(statement["works"]),
            "passages": ", ".join(
                c["passage_id"] for c in source.cited[row["statement_id"]] if c["role"] == "supports"
            ),
            "statement": row["statement_id"],
        }
        edges.append((row["statement_id"], row["subject_id"], row["object_id"], _filled(values)))
    used = sorted({end for _, subject, target, _ in edges for end in (subject, target)})
    labels = [source.labels[key] for key in used]
    kinds = {
        row[f"{kind}_id"]: row["kind"]
        for kind, table in (("group", "groups"), ("place", "places"))
        for row in source.rows(table)
    }
    nodes = [
        (
            key,
            _filled(
                {
                    "label": label if labels.count(label) == 1 else f"{label} ({key})",
                    "type": source.types[key],
                    "kind": kinds.get(key),
                }
            ),
        )
        for key, label in zip(used, labels, strict=True)
    ]
    return nodes, edges


def _filled(values: Row) -> dict[str, str]:
    return {key: str(value) for key, value in values.items() if value not in (None, "")}


def graphml(source: Source) -> dict[str, bytes]:
    """`ties.graphml`: a directed multigraph, every attribute text."""
    nodes, edges = graph(source)
    lines = [_HEAD + '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    for place, names in (("node", _NODE), ("edge", ("label", *_EDGE))):
        lines += [f'<key id="{place[0]}_{n}" for="{place}" attr.name="{n}" attr.type="string"/>' for n in names]
    lines.append('<graph id="ties" edgedefault="directed">')
    for key, values in nodes:
        lines.append(f"<node id={quoteattr(key)}>{_data('n', values)}</node>")
    for key, subject, target, values in edges:
        ends = f"id={quoteattr(key)} source={quoteattr(subject)} target={quoteattr(target)}"
        lines.append(f"<edge {ends}>{_data('e', values)}</edge>")
    return {"ties.graphml": "\n".join([*lines, "</graph>", "</graphml>", ""]).encode()}


def _data(place: str, values: dict[str, str]) -> str:
    return "".join(f'<data key="{place}_{key}">{escape(value)}</data>' for key, value in values.items())


def gexf(source: Source) -> dict[str, bytes]:
    """`ties.gexf` (1.3): edges carry `start` and `end` where a text dates them."""
    nodes, edges = graph(source)
    spans = {row["statement_id"]: (row["since_earliest"], row["until_latest"]) for row in source.rows("relations")}
    lines = [
        _HEAD + '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
        f"<meta><creator>{escape(source.name)} {escape(source.version)}</creator></meta>",
        '<graph defaultedgetype="directed" mode="dynamic" timeformat="date">',
    ]
    for place, names in (("node", _NODE[1:]), ("edge", _EDGE)):
        lines.append(f'<attributes class="{place}" mode="static">')
        lines += [f'<attribute id="{name}" title="{name}" type="string"/>' for name in names]
        lines.append("</attributes>")
    lines.append("<nodes>")
    for key, values in nodes:
        lines.append(f"<node id={quoteattr(key)} label={quoteattr(values.pop('label'))}>{_attvalues(values)}</node>")
    lines.append("</nodes><edges>")
    for key, subject, target, values in edges:
        since, until = spans[key]
        dated = (f' start="{since}"' if since else "") + (f' end="{until}"' if until else "")
        ends = f"id={quoteattr(key)} source={quoteattr(subject)} target={quoteattr(target)}"
        lines.append(f"<edge {ends} label={quoteattr(values.pop('label'))}{dated}>{_attvalues(values)}</edge>")
    return {"ties.gexf": "\n".join([*lines, "</edges></graph></gexf>", ""]).encode()}


def _attvalues(values: dict[str, str]) -> str:
    inner = "".join(f'<attvalue for="{key}" value={quoteattr(value)}/>' for key, value in values.items())
    return f"<attvalues>{inner}</attvalues>"
