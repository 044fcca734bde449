"""A language server as an editor drives it: over its standard input and output, without a window."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Server:
    """A running language server. Every wait ends with the process, which a timer of the caller may kill."""

    def __init__(self, process: subprocess.Popen[bytes], settings: dict[str, Any]) -> None:
        assert process.stdin
        assert process.stdout
        self.kill = process.kill
        self._in, self._out = process.stdin, process.stdout
        self._settings, self._count = settings, 0
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}

    def request(self, method: str, params: Any) -> Any:
        """What the server answers."""
        self._count += 1
        key = self._count
        self._send({"id": key, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == key and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]

    def notify(self, method: str, params: Any) -> None:
        """Tell the server something."""
        self._send({"method": method, "params": params})

    def open(self, path: Path, text: str) -> None:
        """Show a file to the server."""
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def diagnostics(self, path: Path) -> list[str]:
        """What the server finds wrong with an open file: line and message of each."""
        while path.as_uri() not in self._diagnostics:
            self._read()
        found = self._diagnostics.pop(path.as_uri())
        return [f"{each['range']['start']['line'] + 1}: {each['message']}" for each in found]

    def completion(self, path: Path, line: int, character: int) -> dict[str, str]:
        """What the server offers at a place, both counted from 0: each with its documentation."""
        place = {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": character}}
        found = self.request("textDocument/completion", place)
        items = found["items"] if isinstance(found, dict) else found
        return {item["label"]: _text(item.get("documentation")) for item in items}

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._in.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._in.flush()

    def _read(self) -> dict[str, Any]:
        length = 0
        while line := self._out.readline():
            if line == b"\r\n":
                break
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        else:
            raise EOFError("the language server has ended")
        message: dict[str, Any] = json.loads(self._out.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            wanted = message["params"].get("items", []) if message["method"] == "workspace/configuration" else None
            answer = None if wanted is None else [self._settings.get(item.get("section")) for item in wanted]
            self._send({"id": message["id"], "result": answer})
        return message


def _text(documentation: Any) -> str:
    return str(documentation["value"] if isinstance(documentation, dict) else documentation or "")


@contextmanager
def server(command: list[str], root: Path, settings: dict[str, Any]) -> Iterator[Server]:
    """A language server for a folder. `settings` are those of the editor, by section."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            found = Server(process, settings)
            folder = {"uri": root.as_uri(), "name": root.name}
            capabilities = {
                "textDocument": {"completion": {"completionItem": {"documentationFormat": ["plaintext"]}}},
                "workspace": {"configuration": True, "workspaceFolders": True},
            }
            found.request(
                "initialize",
                {
                    "processId": None,
                    "rootUri": root.as_uri(),
                    "workspaceFolders": [folder],
                    "capabilities": capabilities,
                },
            )
            found.notify("initialized", {})
            found.notify("workspace/didChangeConfiguration", {"settings": settings})
            yield found
        finally:
            process.kill()
