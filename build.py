#!/usr/bin/env python3
"""The one command of this repository: prepares `.venv` from the lock files on first use, then runs a task.

It knows which tool does a task, never what the tool finds. It uses the standard library only. Its *syntax* must stay
that of Python 3.6, so that an older Python can still read it and say which one is needed; what is evaluated after that
check may be newer. One file on purpose: it is all that a fresh checkout can run.
"""

import collections
import contextlib
import hashlib
import os
import sys
from pathlib import Path
from typing import Callable, Iterator, NamedTuple, NoReturn, Optional

for stream in (sys.stdout, sys.stderr):
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="replace")

if sys.version_info < (3, 11):
    sys.exit(
        f"需要 Python 3.11 或更新的版本，现在是 {sys.version.split()[0]}。请安装后用它运行：python3.11 build.py\n"
        f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}. Install it, then: python3.11 build.py"
    )

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
WHEELS = ROOT / "wheels"  # where `bundle` has put all packages: then no index is asked
MARKER = VENV / "zwgk-made-by-build-py.txt"  # stands from the first moment: a .venv without it is somebody else's

ZWGK = ("-P", "-m", "zwgk_site")  # -P: the folder where a user stands is no place to import from

USAGE = 2  # exit codes as in `zwgk`
MACHINE = 4  # disk, lock, rights, network
INTERRUPTED = 130


class Lock(NamedTuple):
    """A lock file and the note in `.venv` that says it has been installed to the end."""

    path: Path
    record: Path


RUN_LOCK = Lock(ROOT / "requirements-run.lock", VENV / "zwgk-lock-run.txt")
DEV_LOCK = Lock(ROOT / "requirements.lock", VENV / "zwgk-lock-dev.txt")
TO_RUN = (RUN_LOCK,)
TO_DEVELOP = (RUN_LOCK, DEV_LOCK)


class Task(NamedTuple):
    """What can be asked for by name."""

    run: Callable[[list[str]], int]
    locks: tuple[Lock, ...]
    zh: str
    en: str
    example: str


class SetUpError(Exception):
    """The machine does not let us prepare `.venv`; the text says why, in both languages."""


# --- the tasks ------------------------------------------------------------------------------------


def run_site(arguments: list[str]) -> int:
    os.chdir(str(ROOT))
    return become(*ZWGK, "build", ".", "--output", "public", *arguments)


def run_serve(arguments: list[str]) -> int:
    os.chdir(str(ROOT))
    return become(*ZWGK, "serve", *arguments)


def run_zwgk(arguments: list[str]) -> int:
    return become(*ZWGK, *arguments)


def run_bundle(arguments: list[str]) -> int:
    """In a file of its own: it is needed to hand the program on, never to run it, and a bundle goes without it."""
    return become(str(ROOT / "bundle" / "make_bundle.py"), *arguments)


def run_bench(arguments: list[str]) -> int:
    return become(str(ROOT / "benchmarks" / "bench.py"), *arguments)


def run_accept(arguments: list[str]) -> int:
    return become(str(ROOT / "benchmarks" / "accept.py"), *arguments)


def run_test(arguments: list[str]) -> int:
    """All tests, at a desk with coverage; with arguments, only what pytest makes of them.

    Tests may be left out for want of a browser or Node, and are named at the end. Where CI=true, nothing may be.
    """
    import tempfile

    chosen = [argument for argument in arguments if argument != "--fast"]
    options = ["-n", "auto", "--dist", "worksteal"]
    if "--fast" in arguments:
        options += ["-m", "not slow"]
    elif not chosen and not os.environ.get("CI"):  # tracing every line takes a third of the time
        options += ["--cov", "--cov-report", "term"]
    with tempfile.TemporaryDirectory(prefix="zwgk-test-") as folder:
        report = Path(folder, "report.xml")
        code = run("-m", "pytest", *options, "--junitxml", str(report), *chosen)
        return close_test_run(code, report) if report.exists() else code


def run_lint(_arguments: list[str]) -> int:
    """Every check runs, even after one has failed: all faults of a run are shown at once."""
    checks = {
        "format": ["-m", "ruff", "format", "--check", "."],
        "ruff": ["-m", "ruff", "check", "."],
        "types": ["-m", "mypy"],
        "contracts": ["-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
    }
    if generated_documents():
        checks["documents"] = [
            "-m",
            "cogapp",
            "--check",
            "--check-fail-msg=python3 build.py fix",
            *generated_documents(),
        ]
    if any((ROOT / "tests" / "architecture").glob("test_*.py")):
        checks["architecture"] = ["-m", "pytest", "-q", "tests/architecture"]
    failed = []
    for name, command in checks.items():
        print(f"── {name}", flush=True)
        if run(*command):
            failed.append(name)
    print("── lint: " + ("failed: " + ", ".join(failed) if failed else "ok"), flush=True)
    return 1 if failed else 0


def run_fix(_arguments: list[str]) -> int:
    code = run("-m", "ruff", "check", "--fix", ".") | run("-m", "ruff", "format", ".")
    if generated_documents():
        code |= run("-m", "cogapp", "-r", *generated_documents())
    return code


def run_snapshots(arguments: list[str]) -> int:
    """In one process, so that the tests can tell at their end which snapshots nobody asked for."""
    return run("-m", "pytest", *arguments, ZWGK_SNAPSHOTS="write")


def run_pictures(_arguments: list[str]) -> int:
    """Needs Chromium and fonts-noto-cjk; the tests only look whether the pictures are there."""
    return run("-m", "tests.browser.pictures")


def run_pages(arguments: list[str]) -> int:
    """As a module, since it looks at the pages that the tests look at."""
    return run("-m", "benchmarks.pages", *arguments)


TASKS: dict[str, Task] = {
    "site": Task(
        run_site,
        TO_RUN,
        "生成网站，放在 public/（不写任务名时就是它）",
        "build the site into public/ (the task when none is named)",
        "python3 build.py",
    ),
    "serve": Task(
        run_serve, TO_RUN, "生成后在本机预览", "build, then preview on this machine", "python3 build.py serve"
    ),
    "zwgk": Task(run_zwgk, TO_RUN, "运行 zwgk 命令", "run the zwgk command line", "python3 build.py zwgk check"),
    "bundle": Task(
        run_bundle,
        TO_RUN,
        "做一个不联网也能安装的压缩包，给内网的电脑用",
        "make a zip that installs without a network, for computers of an inner network",
        "python3 build.py bundle --output zwgk.zip",
    ),
    "test": Task(
        run_test,
        TO_DEVELOP,
        "运行测试（--fast 跳过慢的；其余参数交给 pytest）",
        "run the tests (--fast leaves out slow ones; the rest goes to pytest)",
        "python3 build.py test --fast",
    ),
    "lint": Task(
        run_lint,
        TO_DEVELOP,
        "检查格式、代码、类型、层次和文档",
        "check format, code, types, layers and documents",
        "python3 build.py lint",
    ),
    "fix": Task(
        run_fix,
        TO_DEVELOP,
        "自动改正格式和生成的文档",
        "put format and generated documents right",
        "python3 build.py fix",
    ),
    "snapshots": Task(
        run_snapshots,
        TO_DEVELOP,
        "更新测试快照，并删去无用的",
        "update the tests' snapshots, remove stale ones",
        "python3 build.py snapshots tests/sites",
    ),
    "pictures": Task(
        run_pictures,
        TO_DEVELOP,
        "重新制作 docs/pages.zh-CN.md 里的网页图片（要有 chromium 和 fonts-noto-cjk）",
        "make the pictures of pages in docs/pages.zh-CN.md anew (needs chromium and fonts-noto-cjk)",
        "python3 build.py pictures",
    ),
    "pages": Task(
        run_pages,
        TO_DEVELOP,
        "称网页有多重，让 Lighthouse 打分（要有 chromium 和 npm）",
        "weigh the pages and let Lighthouse judge them (needs chromium and npm)",
        "python3 build.py pages",
    ),
    "bench": Task(
        run_bench,
        TO_DEVELOP,
        "测量速度、内存和索引大小",
        "measure speed, memory and index size",
        "python3 build.py bench",
    ),
    "accept": Task(
        run_accept, TO_DEVELOP, "对照设计指标验收", "accept against the design's figures", "python3 build.py accept"
    ),
}


def main(arguments: list[str]) -> int:
    if arguments[:1] in (["-h"], ["--help"], ["help"]):
        print_help()
        return 0
    name = "site" if not arguments or arguments[0].startswith("-") else arguments[0]
    if name not in TASKS:
        complain(f"没有任务“{name}”。可用的任务：{' '.join(TASKS)}", f"no task “{name}”. Tasks: {' '.join(TASKS)}")
        return USAGE
    rest = arguments[1:] if arguments[:1] == [name] else arguments
    try:
        prepare(TASKS[name].locks)
        return TASKS[name].run(rest)
    except SetUpError as fault:
        print(fault, file=sys.stderr)
        return MACHINE
    except KeyboardInterrupt:
        return INTERRUPTED


def print_help() -> None:
    print("用法 · Usage: python3 build.py [任务 task] [参数 arguments …]\n")
    for name, task in TASKS.items():
        print(f"  {name:10} {task.zh}\n{'':13}{task.en}\n{'':13}例 · e.g. {task.example}\n")
    print("第一次运行时自动准备 .venv（需要能访问 pip 的软件源，可用 pip config set global.index-url 指定镜像）。")
    print("The first run prepares .venv (it needs pip's index; a mirror: pip config set global.index-url).")


def complain(zh: str, en: str) -> None:
    print(f"{zh}\n{en}", file=sys.stderr)


# --- running a program of .venv -------------------------------------------------------------------


def run(*command: str, **environment: str) -> int:
    """Run Python in `.venv` at the root, and give its exit code."""
    import subprocess

    sys.stdout.flush()
    code = subprocess.call([str(PYTHON), *command], cwd=str(ROOT), env={**os.environ, **environment})
    return code if code >= 0 else 128 - code  # killed by a signal: as a shell says it


def become(*command: str) -> int:
    """Replace this process by Python in `.venv`, so that signals and speed are the task's own."""
    arguments = [str(PYTHON), *command]
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(arguments[0], arguments)  # noqa: S606  (no shell is meant)
    import subprocess

    return subprocess.call(arguments)


def generated_documents() -> list[str]:
    """Documents that hold a part written by cog."""
    documents = sorted((ROOT / "docs").rglob("*.md"))
    return [str(path.relative_to(ROOT)) for path in documents if "[[[cog" in path.read_text(encoding="utf-8")]


def close_test_run(code: int, report: Path) -> int:
    """Name what was left out, refuse that in CI, and end on one plain line."""
    import xml.etree.ElementTree as ET

    outcomes: dict[str, int] = collections.Counter()
    skipped: dict[str, int] = collections.Counter()
    for case in ET.parse(str(report)).iter("testcase"):  # noqa: S314  (pytest wrote it a moment ago)
        skip = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            outcomes["failed"] += 1
        elif skip is not None and skip.get("type") != "pytest.xfail":
            outcomes["skipped"] += 1
            skipped[skip.get("message") or "?"] += 1
        else:
            outcomes["passed"] += 1
    for reason, count in sorted(skipped.items()):
        print(f"未运行 · skipped: {count} × {reason}")
    if skipped and os.environ.get("CI") == "true":
        complain("持续集成中不得跳过测试。", "In CI no test may be skipped.")
        code = code or 1
    print(f"{outcomes['passed']} passed, {outcomes['failed']} failed, {outcomes['skipped']} skipped", flush=True)
    return code


# --- preparing .venv ------------------------------------------------------------------------------


def prepare(locks: tuple[Lock, ...]) -> None:
    """Make `.venv` hold what `locks` name. What has been done before costs a few file reads."""
    if all(is_installed(lock) for lock in locks):
        return
    try:
        with only_one_at_a_time():
            missing = [lock for lock in locks if not is_installed(lock)]
            if missing:
                install(locks, missing)
    except OSError as error:
        explain_os_error(error)


def is_installed(lock: Lock) -> bool:
    try:
        return lock.record.read_text(encoding="utf-8") == expected_record(lock) and PYTHON.exists()
    except OSError:
        return False


def expected_record(lock: Lock) -> str:
    """The lock's digest, and the interpreter behind `.venv`: a system upgrade that swaps it is noticed."""
    digest = hashlib.sha256(lock.path.read_bytes()).hexdigest()
    return f"{digest}\n{os.path.realpath(str(PYTHON))}\n"


def install(locks: tuple[Lock, ...], missing: list[Lock]) -> None:
    """Install what is missing; begin anew if a lock has changed or the last time did not end well.

    The records go first and come last, so that an interruption at any point is noticed.
    """
    import time

    started = time.monotonic()
    complain("正在准备运行环境（.venv），只需一次……", "Preparing .venv, this happens once …")
    if not is_installed(RUN_LOCK) or any(lock.record.exists() for lock in missing):
        make_empty_venv()
        missing = list(locks)
    finished = [lock for lock in TO_DEVELOP if lock in missing or is_installed(lock)]
    for lock in TO_DEVELOP:
        lock.record.unlink(missing_ok=True)
    for lock in missing:
        install_lock(lock)
    install_this_repository()
    for lock in finished:
        write_whole(lock.record, expected_record(lock))
    seconds = round(time.monotonic() - started)
    complain(f"运行环境已就绪，用时 {seconds} 秒。", f"Ready after {seconds} s.")


def make_empty_venv() -> None:
    import importlib.util
    import shutil
    import subprocess
    import venv

    if VENV.exists() and not MARKER.exists() and any(VENV.iterdir()):
        fail(
            f"{VENV} 已存在，但不是本程序建立的。请改名或删除后再运行。",
            f"{VENV} exists and was not made by this program. Rename or remove it, then run again.",
        )
    if importlib.util.find_spec("ensurepip") is None:
        fail(
            "这个 Python 缺少 venv/ensurepip 模块。Debian、Ubuntu、统信、麒麟系统请运行：sudo apt install python3-venv",
            "This Python has no venv/ensurepip module. On Debian or Ubuntu: sudo apt install python3-venv",
        )
    if VENV.exists():
        shutil.rmtree(str(VENV))
    VENV.mkdir()
    MARKER.write_text("build.py\n", encoding="utf-8")
    try:
        venv.EnvBuilder(symlinks=os.name != "nt", with_pip=True).create(str(VENV))
    except subprocess.CalledProcessError as error:
        explain_failure((error.output or b"").decode("utf-8", "replace") or str(error))


def install_lock(lock: Lock) -> None:
    """Run pip under its own configuration (mirrors, certificates), telling its progress in one line.

    Every package is pinned with its hashes and the lock is complete, so pip has nothing to resolve.
    """
    import subprocess

    total = lock.path.read_text(encoding="utf-8").count("==")
    command = [str(PYTHON), "-P", "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-user", "--no-input"]
    command += ["--progress-bar=off", "--disable-pip-version-check", "--no-warn-script-location", "-r", str(lock.path)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
    if WHEELS.is_dir():  # by a relative name: pip takes a blank in it for the end of a name
        environment.update(PIP_NO_INDEX="1", PIP_FIND_LINKS=WHEELS.name)
    lines: list[str] = []
    seen = 0
    with subprocess.Popen(
        command,
        cwd=str(ROOT),
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as pip:
        for line in pip.stdout or ():
            lines.append(line.rstrip())
            seen += line.startswith(("Collecting ", "Processing "))
            show_progress(f"{lock.path.name}: {min(seen, total)}/{total}")
    show_progress(None)
    if pip.returncode:
        explain_failure("\n".join(lines))


def show_progress(text: Optional[str]) -> None:
    """Rewrite the last line on a terminal; None clears it. Elsewhere say nothing."""
    if sys.stderr.isatty():
        print("\r" + (text or "").ljust(60), end="\r" if text is None else "", file=sys.stderr, flush=True)


def install_this_repository() -> None:
    """Let `.venv` import the repository itself and start `zwgk`: no build backend, no network.

    Both speak relative to themselves, so that a folder's name in any script and a moved repository do no harm.
    """
    import compileall

    compileall.compile_dir(
        str(ROOT / "zwgk_site"), quiet=2
    )  # as pip does with what it installs: starting is a third quicker
    packages = next(VENV.glob("[Ll]ib/**/site-packages"))
    write_whole(packages / "zwgk_site.pth", os.path.relpath(str(ROOT), str(packages)) + "\n")
    if os.name == "nt":
        write_whole(VENV / "Scripts" / "zwgk.cmd", '@"%~dp0python.exe" -P -m zwgk_site %*\n')
        return
    launcher = VENV / "bin" / "zwgk"
    write_whole(launcher, '#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/python" -P -m zwgk_site "$@"\n')
    launcher.chmod(0o755)


def write_whole(path: Path, text: str) -> None:
    new = path.with_name(path.name + ".new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


@contextlib.contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """Hold `.venv.lock`; it stands beside `.venv` because that folder may be made anew."""
    with (ROOT / ".venv.lock").open("a") as file:
        if not try_lock(file.fileno()):
            complain("另一个进程正在准备运行环境，请稍候……", "Another process is preparing .venv, waiting …")
            while not try_lock(file.fileno()):
                pause()
        yield  # closing the file lets go


def try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def pause() -> None:
    import time

    time.sleep(0.2)


# --- what went wrong ------------------------------------------------------------------------------


class Cause(NamedTuple):
    """Words that pip or the system uses for a fault, and what to do about it."""

    words: tuple[str, ...]
    zh: str
    en: str


CAUSES = (
    Cause(
        ("No space left on device", "Disk quota exceeded", "WinError 112", "Errno 28"),
        "磁盘已满。请腾出约 500 MB 空间后再运行。",
        "The disk is full. Free about 500 MB, then run again.",
    ),
    Cause(
        ("DO NOT MATCH THE HASHES",),
        "下载的软件包与锁定文件中的校验值不一致，未安装。可能是下载中断或镜像被改动，请换一个软件源再试。",
        "A package differs from the hash in the lock file and was not installed. The download broke off or the mirror "
        "has been altered: try another index.",
    ),
    Cause(
        ("Permission denied", "WinError 5]", "WinError 32]", "Errno 13"),
        "没有写入权限，或文件正被占用。请关闭正在运行的预览，并确认当前用户可以写这个文件夹。",
        "No right to write, or a file is in use. Stop a running preview, and see that this user may write here.",
    ),
    Cause(
        ("Failed building wheel", "metadata-generation-failed", "Failed to build", "subprocess-exited-with-error"),
        "软件源没有适合本机处理器的现成安装包，需要编译。请安装编译器和 Python 头文件（如 gcc、python3-dev）后再运行。",
        "The index has no ready package for this processor. Install a compiler and Python's headers.",
    ),
    Cause(
        (
            "No matching distribution",
            "Could not find a version",
            "ConnectionError",
            "NewConnectionError",
            "Max retries exceeded",
            "Could not fetch URL",
            "ProxyError",
            "SSLError",
            "CERTIFICATE_VERIFY_FAILED",
            "timed out",
            "Timeout",
            "HTTP error",
            "HTTPError",
        ),
        "连不上 pip 的软件源，或软件源缺少所需的包。请检查网络，或指定本单位、高校等可以访问的镜像：\n"
        "    python3 -m pip config set global.index-url https://<镜像地址>/simple\n"
        "没有网络时，把安装包放进一个文件夹，设环境变量 PIP_NO_INDEX=1 和 PIP_FIND_LINKS=<文件夹> 再运行。",
        "pip's index cannot be reached, or lacks a package. Check the network, or name a mirror that you can reach:\n"
        "    python3 -m pip config set global.index-url https://<mirror>/simple\n"
        "Offline: put the packages into a folder, set PIP_NO_INDEX=1 and PIP_FIND_LINKS=<folder>, then run again.",
    ),
)
NO_WHEEL = Cause(
    ("No matching distribution", "Could not find a version"),
    f"这个安装包里没有适合本机的程序库（本机是 Python {sys.version.split()[0]}）。请装使用说明里写的 Python，64 位，再运行一次；"
    "装好了还不行，请重新做一个适合本机系统的安装包。",
    f"This bundle has no packages for this machine (Python {sys.version.split()[0]}). Install a Python that its note "
    "names, 64 bits, and run again; else have a bundle made for this system.",
)
UNKNOWN = Cause((), "安装失败，原因见上。", "The installation failed; see above.")
LAST_LINES = 8


def explain_failure(output: str) -> NoReturn:
    """Say in plain words what pip's output means; the first cause that fits counts."""
    lines = [line for line in output.splitlines() if line.strip()]
    told = [line for line in lines if line.lstrip().startswith("ERROR")] or lines[-LAST_LINES:]
    causes = (NO_WHEEL, *CAUSES) if WHEELS.is_dir() else CAUSES
    cause = next((cause for cause in causes if any(word in output for word in cause.words)), UNKNOWN)
    print("\n".join("  | " + line[:200] for line in told), file=sys.stderr)
    fail(cause.zh, cause.en)


def explain_os_error(error: OSError) -> NoReturn:
    explain_failure(f"[Errno {error.errno}] {error}")


def fail(zh: str, en: str) -> NoReturn:
    message = f"未能准备运行环境：{zh}\nCould not prepare .venv: {en}"
    raise SetUpError(message)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
