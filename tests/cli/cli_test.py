"""Runs whole-program cases written in plain text (README.md beside this file) and reports TAP.

    cli_test.py BEAROUT FILE…
    cli_test.py --print BEAROUT FILE NAME     prints one case with what the program really says
"""
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

NOBODY = 65534
TIME_LIMIT = 120


class Run:
    def __init__(self, arguments, as_nobody):
        self.arguments, self.as_nobody = arguments, as_nobody
        self.input, self.out, self.err, self.code = "", "", "", 0


class Case:
    def __init__(self, name):
        self.name, self.steps = name, []


def parse(path):
    """The cases of a file: each step is (word, rest of its line, body) or a Run."""
    cases, body = [], []
    step = None

    def finish():
        if step is None:
            return
        word, rest = step
        text = "\n".join(body)
        text = text.rstrip("\n") + "\n" if text.strip("\n") else ""
        case = cases[-1]
        if word in ("run", "run-as-nobody"):
            case.steps.append(Run(shlex.split(rest), word != "run"))
        elif word in ("in", "in-made", "out", "err", "exit"):
            run = case.steps[-1]
            assert isinstance(run, Run), f"{path}: {case.name}: '{word}' without a run"
            if word == "exit":
                run.code = int(rest)
            elif word == "in-made":
                run.input = eval(rest)
            else:
                setattr(run, {"in": "input"}.get(word, word), text)
        else:
            assert word in ("file", "make", "sh", "key"), f"{path}: {case.name}: '{word}'"
            case.steps.append((word, rest, text))

    for line in pathlib.Path(path).read_text(encoding="utf-8").split("\n"):
        if line.startswith("=== "):
            finish()
            step = None
            cases.append(Case(line[4:]))
        elif line.startswith("--- ") and cases:
            finish()
            word, _, rest = line[4:].partition(" ")
            step, body = (word, rest), []
        else:
            body.append(line)
    finish()
    return cases


def matches(expected, actual):
    pattern = re.escape(expected)
    pattern = re.sub(r"(?m)^…\\\n", r"(?:.*\n)*?", pattern)
    pattern = pattern.replace("…", ".*")
    return re.fullmatch(pattern, actual) is not None


def lower_rights():
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def call(bearout, run, folder, key):
    """Runs it; the passphrase, where there is one, is on descriptor 3."""
    def prepare():
        if key is not None:
            os.dup2(key_file, 3)
        if run.as_nobody and os.getuid() == 0:
            lower_rights()

    environment = {k: v for k, v in os.environ.items() if k in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS")}
    environment.update(HOME=str(folder), TERM="dumb")
    key_file = -1
    if key is not None:
        key_file, ready = os.pipe()
        os.write(ready, key.encode() + b"\n")
        os.close(ready)
    try:
        done = subprocess.run([bearout] + run.arguments, input=run.input.encode(), capture_output=True, cwd=folder,
                              env=environment, preexec_fn=prepare, timeout=TIME_LIMIT,
                              start_new_session=True,
                              pass_fds=(3,) if key is not None else ())
    finally:
        if key_file >= 0:
            os.close(key_file)
    return done.returncode, done.stdout.decode(errors="backslashreplace"), done.stderr.decode(errors="backslashreplace")


def perform(step, folder, key):
    """A step that is no run; gives the passphrase from then on."""
    word, rest, body = step
    if word == "file":
        (folder / rest).write_text(body, encoding="utf-8")
    elif word == "make":
        name, _, expression = rest.partition(" ")
        (folder / name).write_bytes(eval(expression))
    elif word == "sh":
        subprocess.run(["sh", "-ec", rest], cwd=folder, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       env=dict(os.environ, LC_ALL="C", BEAROUT=BEAROUT))
    else:
        return rest
    return key


def complaints(run, code, out, err):
    found = []
    if code != run.code:
        found.append(f"exit {code}, not {run.code}")
    for what, expected, actual in (("out", run.out, out), ("err", run.err, err)):
        if not matches(expected, actual):
            found.append(f"--- {what}, expected\n{expected}--- {what}, met\n{actual}")
    if "Sanitizer" in err or "runtime error" in err:
        found.append("a sanitizer spoke")
    return found


def in_a_folder(case, each_run):
    """Does the case's steps in an empty folder, handing each run and what came of it on."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bearout-test-"))
    folder.chmod(0o777)
    key = None
    try:
        for step in case.steps:
            if isinstance(step, Run):
                if not each_run(step, *call(BEAROUT, step, folder, key)):
                    return
            else:
                key = perform(step, folder, key)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def check(case):
    found = []

    def compare(run, code, out, err):
        found.extend(f"bearout {shlex.join(run.arguments)}: {c}" for c in complaints(run, code, out, err))
        return not found

    try:
        in_a_folder(case, compare)
    except (OSError, subprocess.SubprocessError) as problem:
        found.append(str(problem))
    return found


def print_case(case):
    def show(run, code, out, err):
        print(f"--- {'run-as-nobody' if run.as_nobody else 'run'} {shlex.join(run.arguments)}")
        print(f"--- out\n{out}" if out else "", f"--- err\n{err}" if err else "", f"--- exit {code}\n" if code else "",
              sep="", end="")
        return True

    print(f"=== {case.name}")
    in_a_folder(case, show)


def main(files):
    cases = [(pathlib.Path(f).stem, case) for f in files for case in parse(f)]
    print(f"1..{len(cases)}")
    for number, (theme, case) in enumerate(cases, 1):
        found = check(case)
        for complaint in found:
            print("# " + complaint.replace("\n", "\n# "))
        print(f"{'not ok' if found else 'ok'} {number} - {theme}: {case.name}", flush=True)


if sys.argv[1] == "--print":
    BEAROUT = os.path.abspath(sys.argv[2])
    for one in parse(sys.argv[3]):
        if sys.argv[4] in one.name:
            print_case(one)
else:
    BEAROUT = os.path.abspath(sys.argv[1])
    main(sys.argv[2:])
