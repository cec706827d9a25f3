"""The description of the service, and that the service is as it describes itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from jsonschema import Draft202012Validator

from takhrij.serve.problems import STATUS_OF
from takhrij.serve.routes import ROUTES

ROOT = Path(__file__).parents[2]
QUICK = ("--phases", "examples,fuzzing", "--max-examples", "4")
LONG = ("--max-examples", "100")


def test_every_job_is_described_with_a_schema_that_is_one(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    assert {f"/api/{route.job}" for route in ROUTES} | {"/api/sources"} == {*described["paths"]}
    for name, schema in described["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)
        assert schema, name
    for path in described["paths"].values():
        for operation in path.values():
            answers = operation["responses"]
            assert {str(status) for status in STATUS_OF.values()} < {*answers}
            assert "$ref" in answers["200"]["content"]["application/json"]["schema"]


def test_the_service_is_as_it_describes_itself(client: httpx.Client, tmp_path: Path) -> None:
    """Schemathesis asks what the description allows and what it does not; SCHEMATHESIS=long: much more."""
    profile = LONG if os.environ.get("SCHEMATHESIS") == "long" else QUICK
    url = str(client.base_url.join("/openapi.json"))
    program = Path(sys.executable).with_name("schemathesis")
    if not program.exists():
        pytest.skip("schemathesis is not installed: pip install 'takhrij[dev]'")
    settings = str(ROOT / "schemathesis.toml")
    command = [str(program), "--config-file", settings, "run", url, "--no-color", "--seed", "1", *profile]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
