"""A judge of other people's making: @getodk/xforms-engine in Node answers the same form the same way."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.fakes.npm import installed

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT.parent / "shared" / "checks" / "xforms_oracle.mjs"
FOLDER = Path(__file__).parent / "xforms"
MODULES = FOLDER / "node_modules"

Operation = list[str]  # [reference, value], or ["+/form/repeat"] for one more round


async def ready() -> None:
    """Skips where the judge cannot be had; in CI a missing Node or package is a failure."""
    if not SCRIPT.is_file():
        pytest.skip("the judge's script is not here (../shared/checks/xforms_oracle.mjs)")
    await installed(FOLDER, "@getodk/xforms-engine", "jsdom")


async def submission(folder: Path, xform: str, operations: Sequence[Operation], media: Path) -> str:
    """The XML that the other engine would send."""
    (folder / "form.xml").write_text(xform, "utf-8")
    (folder / "answers.json").write_text(json.dumps(operations), "utf-8")
    # Rounds that a form counts for itself are there after the answer that counts them: the script looks once only.
    script = SCRIPT.read_text("utf-8").replace("const n = find(p);", "const n = find(p) ?? (reindex(), find(p));")
    (folder / "judge.mjs").write_text(script, "utf-8")
    files = [str(folder / "form.xml"), str(folder / "answers.json"), "--media", str(media)]
    env = {**os.environ, "NODE_MODULES": str(MODULES), "TZ": "Asia/Tbilisi"}
    with (folder / "out.json").open("wb") as out:  # into a pipe it would write no more than 64 KB before it ends
        process = await asyncio.create_subprocess_exec(
            "node", str(folder / "judge.mjs"), *files, env=env, stdout=out, stderr=asyncio.subprocess.PIPE
        )
        _nothing, error = await process.communicate()
    assert process.returncode == 0, error.decode()[:1500]
    found = json.loads((folder / "out.json").read_text("utf-8"))
    assert found["errors"] == [], found["errors"]
    return str(found["instance"])
