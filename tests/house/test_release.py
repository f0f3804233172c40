"""What a stranger relies on: no registry host, no machine path, both languages, pure engine."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from orchestre.config import messages

ROOT = Path(__file__).resolve().parents[2]


def _committed() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="ignore")


def test_nothing_names_a_registry_host() -> None:
    hosts = re.compile(r"https?://[^ \"]*(pypi\.or" + r"g|pythonhosted|npmjs|deb\.debia" + r"n)")
    assert not [p for p in _committed() if hosts.search(_text(p))]


def test_locks_carry_hashes_and_no_address() -> None:
    for name in ("app", "dev"):
        lock = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
        assert "://" not in lock
        assert lock.count("--hash=sha256:") > lock.count("==")


def test_no_data_set_and_no_secret_is_committed() -> None:
    names = [str(p.relative_to(ROOT)) for p in _committed()]
    assert not [
        n for n in names if n.endswith((".sqlite3", ".env", ".key", ".mo", ".xlsx", ".mpp"))
    ]
    assert not [n for n in names if Path(ROOT / n).stat().st_size > 1_500_000]


def test_the_engine_runs_where_django_is_absent() -> None:
    code = (
        "import sys\n"
        "sys.modules['django'] = None\n"
        "sys.modules['orchestre'] = None\n"
        "import orchestre_engine.load, orchestre_engine.interactions, orchestre_engine.similarity\n"
        "print('pure')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "pure", done.stderr


def test_french_is_complete() -> None:
    assert not messages.missing()


def test_the_french_catalogue_keeps_its_placeholders() -> None:
    names = re.compile(r"%\((\w+)\)")
    wrong = []
    for message in messages.merged():
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = set(names.findall(ids[-1]))
        wrong += [s for s in strings[-1:] if set(names.findall(s)) != wanted]
    assert not wrong


def test_guides_and_methods_exist_in_both_languages() -> None:
    for folder in ("guide", "methods", "admin"):
        french = {p.name for p in (ROOT / "docs" / "fr" / folder).glob("*.md")}
        english = {p.name for p in (ROOT / "docs" / "en" / folder).glob("*.md")}
        assert french == english
        assert french


@pytest.mark.django_db
def test_migrations_match_the_models_and_stay_linear() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
    for folder in (ROOT / "src" / "orchestre").glob("*/migrations"):
        numbers = [p.name[:4] for p in folder.glob("0*.py")]
        assert len(numbers) == len(set(numbers)), folder


def test_the_tree_of_the_house_is_up_to_date() -> None:
    page = ROOT / "docs" / "development" / "house.md"
    told = runpy.run_path(str(ROOT / "docs" / "tree.py"))["page"]()
    assert page.read_text(encoding="utf-8") == told, "run: make docs"
