"""Packages of npm that judge us: fetched once, beside the test that needs them."""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

OPTIONS = ("--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")


async def installed(folder: Path, *packages: str) -> str:
    """Where Node is. Skips where Node is missing or a package cannot be had; in CI that is a failure."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        _absent("node and npm are not here")
    if not all((folder / "node_modules" / _name(package)).exists() for package in packages):
        await _install(npm, folder, packages)
    return node


def _name(package: str) -> str:
    """Without its version: "@getodk/xforms-engine@1", "jsdom"."""
    return package[0] + package[1:].partition("@")[0]


async def _install(npm: str, folder: Path, packages: tuple[str, ...]) -> None:
    await asyncio.to_thread(folder.mkdir, exist_ok=True)
    process = await asyncio.create_subprocess_exec(
        npm, "install", "--prefix", str(folder), *OPTIONS, *packages, stderr=asyncio.subprocess.PIPE
    )
    _out, error = await process.communicate()
    if process.returncode:
        _absent(f"npm could not fetch {', '.join(packages)}: {error.decode(errors='replace')[-300:]}")


def _absent(reason: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
