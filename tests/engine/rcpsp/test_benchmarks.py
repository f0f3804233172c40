"""The layouts of best known lengths that the benchmark reads."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"
NAMES = ["j301_1", "j301_2", "j3011_1", "j601_1"]


@pytest.fixture
def psplib(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    monkeypatch.delitem(sys.modules, "psplib", raising=False)
    import psplib  # noqa: PLC0415 - found by the line above

    return psplib


@pytest.mark.parametrize(
    "text",
    [
        "problem,optimum\nj301_1.sm,43\nj301_2.sm,40..47\n",
        "instance;lower;upper\nJ301_1;40;43\nJ301_2;40;47\n",
        "j301_1\t43\nj301_2\t47\n",
        "seconds,best known,name\n9,43,j301_1\n8,47,j301_2\n",
        "Paramter  Instance  Makespan  CPU-Time\n1 1 43 0.1\n1 2 47 0.2\n",
    ],
)
def test_layouts_of_best_known_lengths(psplib: ModuleType, text: str) -> None:
    assert psplib.known_lengths(text, NAMES[:2]) == {"j301_1": 43, "j301_2": 47}


def test_parameters_are_told_apart_from_sizes(psplib: ModuleType) -> None:
    found = psplib.known_lengths("1 1 43 0\n11 1 54 0\n", NAMES[:3])
    assert found == {"j301_1": 43, "j3011_1": 54}
