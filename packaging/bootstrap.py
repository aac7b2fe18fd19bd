#!/usr/bin/env python3
"""Sets crmdesk up on a fresh machine and starts it; needs nothing but Python 3.11 or newer.

    python3 packaging/bootstrap.py run  [-- ARGUMENTS]    set up, then start crmdesk
    python3 packaging/bootstrap.py test [-- ARGUMENTS]    set up, then all checks, or pytest with ARGUMENTS
    python3 packaging/bootstrap.py setup [test]           set up alone, for running or for testing
    python3 packaging/bootstrap.py libraries              the system libraries of Qt alone (as root)

Everything goes into .venv beside the program. A second run finds its marks there and starts at once.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
MARKS = VENV / "crmdesk-marks.json"
REQUIREMENTS = ROOT / "packaging" / "requirements"
LOCALE = ROOT / "resources" / "locale"
OLDEST = (3, 11)

LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
FONTS = (Path("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"), "fonts-noto-core")
TEST_PROGRAMS = {"Xvfb": "xvfb", "xauth": "xauth"}


class Stop(Exception):
    """A reason to stop, in one sentence for the person at the keyboard."""


def say(text: str) -> None:
    """Tell what is being done, in one line."""
    print("crmdesk: " + text, flush=True)


def check_python() -> None:
    """Refuse a Python that is too old."""
    if sys.version_info[:2] < OLDEST:
        mine = ".".join(str(part) for part in sys.version_info[:3])
        raise Stop(
            f"crmdesk needs Python 3.11 or newer, and this is {mine}; start this file with a newer one."
        )


# System libraries, on Linux


def missing_packages(purpose: str) -> list[str]:
    """Name the Debian packages whose files are not on this machine."""
    ldconfig = shutil.which("ldconfig", path=os.environ.get("PATH", "") + ":/sbin:/usr/sbin")
    known = subprocess.run([ldconfig, "-p"], capture_output=True, text=True).stdout if ldconfig else ""
    present = {line.split()[0] for line in known.splitlines() if "=>" in line}
    missing = [package for library, package in LIBRARIES.items() if library not in present]
    if not FONTS[0].exists() and shutil.which("apt-get"):
        missing.append(FONTS[1])
    if purpose == "test":
        missing += [package for program, package in TEST_PROGRAMS.items() if not shutil.which(program)]
    if importlib.util.find_spec("ensurepip") is None and not PYTHON.exists():
        missing.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    return missing


def install_libraries(purpose: str) -> None:
    """Install what Qt needs from the system, or say what is missing."""
    if not sys.platform.startswith("linux"):
        return
    missing = missing_packages(purpose)
    if not missing:
        return
    names = " ".join(missing)
    if not shutil.which("apt-get"):
        say(f"system libraries may be missing; on Debian they are called {names}")
    elif os.geteuid() != 0:
        say(f"system libraries are missing; install them with: sudo apt-get install {names}")
    else:
        say(f"installing system libraries: {names}")
        apt("update")
        if not apt("install", "-y", "--no-install-recommends", *missing):
            say("the system libraries could not all be installed; going on without them")


def apt(*arguments: str) -> bool:
    """Run apt-get without questions, and show what it says only when it fails."""
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    done = subprocess.run(
        ["apt-get", "-qq", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        print("\n".join(done.stdout.splitlines()[-15:]), flush=True)
    return done.returncode == 0


# The environment


def read_marks() -> dict[str, str]:
    """Read what was set up before; nothing when the environment is not usable."""
    try:
        return dict(json.loads(MARKS.read_text(encoding="utf-8"))) if PYTHON.exists() else {}
    except (OSError, ValueError):
        return {}


def write_marks(marks: dict[str, str]) -> None:
    """Remember what is set up."""
    MARKS.write_text(json.dumps(marks, indent=1, sort_keys=True), encoding="utf-8")


def digest(*paths: Path) -> str:
    """Give the fingerprint of some files."""
    sum_ = hashlib.sha256()
    for path in paths:
        sum_.update(path.name.encode() + b"\0" + path.read_bytes())
    return sum_.hexdigest()


def make_environment() -> dict[str, str]:
    """Make .venv unless a usable one is there."""
    marks = read_marks()
    if marks:
        return marks
    say(f"making .venv with Python {sys.version.split()[0]}")
    if subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)]).returncode:
        raise Stop("Python could not make the environment; its venv module may be missing.")
    marks = {"python": sys.version.split()[0]}
    write_marks(marks)
    return marks


def install_requirements(marks: dict[str, str], purpose: str) -> None:
    """Install the pinned packages of a purpose, each checked against its hash."""
    wanted = digest(REQUIREMENTS / f"{purpose}.txt")
    if marks.get(purpose) == wanted:
        return
    file = REQUIREMENTS / f"{purpose}.txt"
    count = sum("==" in line for line in file.read_text(encoding="utf-8").splitlines())
    say(f"installing {count} packages, which may take some minutes")
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    command += ["--progress-bar", "off", "--only-binary", ":all:", "--require-hashes", "-r", str(file)]
    if subprocess.run(command).returncode:
        raise Stop("The packages could not be installed; the lines above say why.")
    marks[purpose] = wanted
    if purpose == "test":
        marks["run"] = digest(REQUIREMENTS / "run.txt")
    else:
        marks.pop("test", None)
    write_marks(marks)


def compile_translations(marks: dict[str, str]) -> None:
    """Compile the translations when one of them changed."""
    catalogues = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
    wanted = digest(*catalogues)
    if marks.get("words") == wanted and all(path.with_suffix(".mo").exists() for path in catalogues):
        return
    say("compiling the translations")
    script = ROOT / "packaging" / "translations.py"
    if subprocess.run([str(PYTHON), str(script), "compile"], stdout=subprocess.DEVNULL).returncode:
        raise Stop("The translations could not be compiled; the lines above say why.")
    marks["words"] = wanted
    write_marks(marks)


def set_up(purpose: str) -> None:
    """Bring the machine to where crmdesk can run, or be tested."""
    install_libraries(purpose)
    marks = make_environment()
    install_requirements(marks, purpose)
    compile_translations(marks)


# What is done then


def environment(**more: str) -> dict[str, str]:
    """Give the variables of a child process that finds crmdesk from any folder."""
    path = os.pathsep.join(part for part in (str(ROOT), os.environ.get("PYTHONPATH", "")) if part)
    return dict(os.environ, PYTHONPATH=path, **more)


def has_display() -> bool:
    """Tell whether a window can be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(arguments: list[str]) -> int:
    """Start crmdesk; without a display, take pictures of its pages instead."""
    variables = environment()
    headless = arguments and (
        not arguments[0].startswith("-") or arguments[0] in ("-h", "--help", "--version")
    )
    if not headless and not has_display():
        say("there is no display here, so the pages are drawn as pictures into the folder tour")
        arguments = ["tour", "--out", "tour", *arguments]
        variables = environment(QT_QPA_PLATFORM="offscreen", LC_ALL="C.UTF-8")
    command = [str(PYTHON), "-m", "crmdesk", *arguments]
    if os.name == "posix":
        os.execve(command[0], command, variables)
    return subprocess.call(command, env=variables)


def test_steps() -> list[tuple[str, list[str]]]:
    """List the checks of the whole project, quick ones first."""
    python = str(PYTHON)
    linter = "from importlinter.cli import lint_imports_command as check; check()"
    pytest = [python, "-m", "pytest", "-q", "-n", "auto", "--maxprocesses", "4", "--dist", "loadfile"]
    return [
        ("ruff check", [python, "-m", "ruff", "check", "."]),
        ("ruff format", [python, "-m", "ruff", "format", "--check", "."]),
        ("mypy", [python, "-m", "mypy"]),
        ("import-linter", [python, "-c", linter]),
        ("pytest", [*pytest, "--cov", "--cov-report=term"]),
    ]


def test(arguments: list[str]) -> int:
    """Run every check and sum up; with arguments, run pytest alone with them."""
    private = tempfile.mkdtemp(prefix="crmdesk-")
    variables = environment(LC_ALL="C.UTF-8")
    variables.setdefault("QT_QPA_PLATFORM", "offscreen")
    variables.setdefault("XDG_RUNTIME_DIR", private)
    try:
        if arguments:
            return subprocess.call([str(PYTHON), "-m", "pytest", *arguments], cwd=str(ROOT), env=variables)
        return run_steps(variables)
    finally:
        shutil.rmtree(private, ignore_errors=True)


def run_steps(variables: dict[str, str]) -> int:
    """Run the checks one after the other, all of them, and print a line for each."""
    summary = []
    failed = 0
    for name, command in test_steps():
        say(name)
        start = time.monotonic()
        code = subprocess.call(command, cwd=str(ROOT), env=variables)
        failed += code != 0
        summary.append(f"{name:14} {'failed' if code else 'passed'} in {time.monotonic() - start:.1f} s")
    for line in summary:
        say(line)
    return 1 if failed else 0


def main(arguments: list[str]) -> int:
    """Do what the first word says with the words after it."""
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if rest and rest[0] == "--":
        rest = rest[1:]
    check_python()
    if verb == "libraries":
        install_libraries("test")
        return 0
    if verb not in ("run", "test", "setup"):
        print(__doc__)
        return 0 if verb in ("-h", "--help", "help") else 1
    if verb == "setup":
        set_up("test" if rest == ["test"] else "run")
        say("ready")
        return 0
    set_up(verb)
    return run(rest) if verb == "run" else test(rest)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as stop:
        print(stop, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
