"""In a page, opened in a headless browser: annotations find the words that they cite, and tables open as they are."""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import syrian_groups_data as sgd
from syrian_groups_data.commands import main
from syrian_groups_data.model.values import digest
from tests.conftest import EXAMPLE
from tests.exports import HEAVY, SOURCE, exported, lay, missing

pytestmark = HEAVY


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address at which the folder of the test is served."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


# What a reader of annotations does: the first words nearest to where they stood, then the last words, then the range.
FIND = r"""
selectors => {
  const [range, position] = selectors;
  const nodes = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let text = "";
  for (let node; (node = walker.nextNode()); ) { nodes.push([text.length, node]); text += node.data; }
  const all = words => [...text.matchAll(
    new RegExp(words.trim().split(/\s+/).map(w => w.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+"), "g"))];
  const far = match => Math.abs(match.index - position.start);
  const start = all(range.startSelector.exact).sort((a, b) => far(a) - far(b))[0];
  if (!start) return null;
  const {exact, refinedBy} = range.endSelector;
  const end = all(exact).find(match => match.index >= start.index);
  if (!end) return null;
  const until = end.index + (refinedBy.start === exact.length ? end[0].length : refinedBy.start);
  const place = at => { const [from, node] = nodes.filter(([from]) => from <= at).pop(); return [node, at - from]; };
  const found = document.createRange();
  found.setStart(...place(start.index));
  const [node, last] = place(until - 1);
  found.setEnd(node, last + 1);
  CSS.highlights.set("cited", new Highlight(found));
  return found.toString();
}
"""


def page(text: str) -> str:
    """A page as its publisher might lay out a document: headings, emphasis and entities, and a menu before it."""
    lines = [html.escape(line, quote=False).strip("= -") for line in text.splitlines() if line.strip()]
    body = "\n".join(f"<p>{line.replace(' the ', ' <em>the</em>&#32;', 1)}</p>" for line in lines)
    body = re.sub(r"([\u0600-\u06ff]+(?: [\u0600-\u06ff]+)*)", r'<bdi lang="ar">\1</bdi>', body)
    return f'<!doctype html><meta charset="utf-8"><nav>Mithal · On this page</nav>{body}'


def test_annotations_find_the_words_that_they_cite(built: Path, chromium: Any) -> None:
    """On a page made from the invented document: what is found has the digest of the passage."""
    assert main(["export", "annotations", "notes"]) == 0
    items = json.loads((built / "notes" / "annotations.jsonld").read_bytes())["items"]
    assert {each["target"]["source"] for each in items} == {"https://example.org/wiki/Mithal-Battalion"}
    text = (EXAMPLE / "documents" / "report.txt").read_text(encoding="utf-8")
    (built / "page.html").write_text(page(text), encoding="utf-8")
    tab = chromium.new_page()
    tab.goto((built / "page.html").as_uri())
    seen = {}
    for each in items:
        found = tab.evaluate(FIND, each["target"]["selector"])
        assert found is not None, each
        assert digest(found) == each["target"]["sha256"], (found, each["body"]["value"])
        seen[found] = each["id"]
    assert len(seen) > 3
    assert any("كتيبة المثال" in words for words in seen)


def test_annotations_find_the_passages_of_the_documents(documents: Path, tmp_path: Path, chromium: Any) -> None:
    """On pages made from what was read. What one word opens may be found elsewhere; the digest tells."""
    texts = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in documents.glob("*.txt")}
    cited = {f"urn:syrian-groups-data:citation:{row['citation_id']}": row for row in SOURCE.rows("citations")}
    tabs: dict[str, Any] = {}
    found: dict[str, bool] = {}
    for each in json.loads(exported("annotations")["annotations.jsonld"])["items"]:
        passage = SOURCE.passages[cited[each["id"]]["passage_id"]]
        if passage["passage_id"] in found:
            continue
        if (source := passage["source_id"]) not in tabs:
            text = texts[SOURCE.sources[source]["snapshot_sha256"]].read_text(encoding="utf-8")
            (tmp_path / f"{source}.html").write_text(page(text), encoding="utf-8")
            tabs[source] = chromium.new_page()
            tabs[source].goto((tmp_path / f"{source}.html").as_uri())
        words = tabs[source].evaluate(FIND, each["target"]["selector"])
        found[passage["passage_id"]] = words is not None and digest(words) == each["target"]["sha256"]
    lost = [key for key, exact in found.items() if not exact]
    assert len(tabs) > 3
    assert [key for key in lost if " " in SOURCE.passages[key]["opens"]] == []
    assert len(lost) < len(found) / 100


def test_every_citation_is_annotated_or_listed() -> None:
    files = exported("annotations")
    items = json.loads(files["annotations.jsonld"])["items"]
    left = [line.split("\t") for line in files["left-out.tsv"].decode().splitlines()[1:]]
    done = [each["id"].removeprefix("urn:syrian-groups-data:citation:") for each in items]
    assert sorted([*done, *(key for key, _ in left)]) == sorted(row["citation_id"] for row in SOURCE.rows("citations"))
    assert {why for _, why in left} == {"the source has no address", "the passage is too short for words of its own"}
    said = {row["citation_id"]: SOURCE.statements[row["statement_id"]] for row in SOURCE.rows("citations")}
    answered = {row["allegation_id"]: row["responses"] for row in SOURCE.rows("ledger")}
    for key, each in zip(done, items, strict=True):
        text, claim = each["body"]["value"], said[key]
        assert SOURCE.marked(claim) in text
        assert (claim["note"] or "") in text
        # Whoever reads of an accusation on a page reads the answers to it there too.
        assert ("An allegation is not a fact. Answers: " in text) == (claim["property"] == "accused")
        assert all(
            answer in text for answer in (answered[claim["entity_id"]] if claim["property"] == "accused" else ())
        )


PARQUET = """
<!doctype html><meta charset="utf-8">
<script type="importmap">{"imports": {
  "hyparquet": "./node_modules/hyparquet/src/index.js",
  "hyparquet-compressors": "./node_modules/hyparquet-compressors/src/index.js",
  "fzstd": "./node_modules/fzstd/esm/index.mjs",
  "hysnappy": "./node_modules/hysnappy/js/index.js"}}</script>
<script type="module">
  import { asyncBufferFromUrl, parquetReadObjects } from "hyparquet"
  import { compressors } from "hyparquet-compressors"
  const file = await asyncBufferFromUrl({ url: "tables/timeline.parquet" })
  window.rows = await parquetReadObjects({ file, compressors })
</script>
"""


def test_hyparquet_reads_a_table_in_a_page(tmp_path: Path, served: str, chromium: Any) -> None:
    """With its compressors: the tables are zstd. Types: whole numbers are BigInt, days are Date, lists are arrays."""
    modules = Path(os.environ.get("SGD_NODE_MODULES", "node_modules")).resolve()
    if not (modules / "hyparquet").is_dir():
        missing("hyparquet (npm install hyparquet hyparquet-compressors, and SGD_NODE_MODULES)")
    (tmp_path / "node_modules").symlink_to(modules)
    lay(tmp_path, {"index.html": PARQUET.encode(), "tables/timeline.parquet": sgd.path("timeline").read_bytes()})
    tab = chromium.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.goto(f"{served}/index.html")
    tab.wait_for_function("window.rows", timeout=60_000)
    assert errors == []
    kinds = tab.evaluate(
        "[...new Set(rows.map(r => typeof r.origins))].concat([...new Set(rows.map(r => Array.isArray(r.actors)))])"
    )
    assert kinds == ["bigint", True]
    found = tab.evaluate(
        "JSON.parse(JSON.stringify(rows, (key, value) => typeof value === 'bigint' ? Number(value) : value ?? null))"
    )
    wanted = sgd.read("timeline").to_pylist()
    assert len(found) == len(wanted)
    for one, row in zip(found, wanted, strict=True):
        for key, value in row.items():
            day = f"{value.isoformat()}T00:00:00.000Z" if hasattr(value, "isoformat") else value
            assert one.get(key) == day, (key, one.get(key), value)
