"""What an assistant has, tried with the client of the official SDK, over both transports."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

import anyio
import httpx
import jsonschema
import pytest
from mcp import Client, MCPError, StdioServerParameters, stdio_client

import takhrij
from takhrij.report.schema import schema

TEXT = "قال النبي ﷺ: «إنما الأعمال بالنية» رواه البخاري."


@asynccontextmanager
async def on_streams() -> AsyncGenerator[Client]:
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "takhrij", "mcp", "--workers", "1"], env=dict(os.environ)
    )
    async with Client(stdio_client(command)) as client:
        yield client


async def use(client: Client) -> None:
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert {"guard", "check", "find", "compare", "lookup", "map", "weigh", "conditions"} == {*tools}
    assert tools["guard"].input_schema["required"] == ["text"]

    answer = await client.call_tool("guard", {"text": TEXT})
    assert not answer.is_error
    jsonschema.validate(answer.structured_content, schema("guard"))
    assert answer.structured_content["citations"][0]["text"] == "إنما الأعمال بالنية"
    assert answer.structured_content["header"]["fingerprint"] == takhrij.check(text=TEXT).fingerprint

    as_text = await client.call_tool("check", {"text": TEXT, "format": "text", "language": "ar"})
    assert as_text.structured_content is None
    assert "إنما الأعمال" in as_text.content[0].text  # type: ignore[union-attr]

    refused = await client.call_tool("lookup", {"ref": "bukhari:99999"})
    assert refused.is_error
    assert json.loads(refused.content[0].text)["error"]["kind"] == "NotFound"  # type: ignore[union-attr]
    assert (await client.call_tool("guard", {"txt": TEXT})).is_error
    assert (await client.call_tool("rule", {"text": TEXT})).is_error

    uris = {resource.uri for resource in (await client.list_resources()).resources}
    assert {"takhrij://sources", "takhrij://schema/guard", "takhrij://schema/map"} <= uris
    assert await contents(client, "takhrij://schema/guard") == schema("guard")
    assert (await contents(client, "takhrij://passage/bukhari:1"))["passage"]["number"] == "1"
    assert (await contents(client, "takhrij://sources"))["sources"]
    with pytest.raises(MCPError):
        await client.read_resource("takhrij://nothing")


async def contents(client: Client, uri: str) -> Any:
    return json.loads((await client.read_resource(uri)).contents[0].text)  # type: ignore[union-attr]


def test_an_assistant_is_served_on_standard_streams() -> None:
    async def main() -> None:
        async with on_streams() as client:
            await use(client)

    anyio.run(main)


def test_an_assistant_is_served_over_http(start: Callable[..., httpx.Client]) -> None:
    url = str(start("--mcp").base_url.join("/mcp"))

    async def main() -> None:
        async with Client(url) as client:
            await use(client)

    anyio.run(main)


def test_assistants_over_http_are_a_stated_switch(client: httpx.Client) -> None:
    assert client.post("/mcp", json={}).status_code == 404
