"""Breaks the gate and the page writer in plausible ways, one at a time, and shows that each slip is caught. TAP.

    mutation_test.py SOURCE BUILD SLIPS PROMISES TARGET [NAME…]

SLIPS lists the slips (its head says how). For each, the file is copied into BUILD's folder of mutants, changed, compiled as BUILD
compiles it, and linked before the libraries into TARGET, the program that runs the checks: the cases of PROMISES, and the swap on
fixed ones. The slip is caught if that program fails; where it does not even end by itself, that is said. First comes
the program without any slip, which must pass. NAME…: only slips whose names hold one of these words.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

TIMEOUT = 120  # seconds that one may run
SWAPS = "80"  # cases of the swap for each


class Slip:
    def __init__(self, name):
        self.name = name
        self.changes = []  # (file, old, new)


def read_slips(path):
    """The slips of a file; its head says how they are written."""
    slips, parts, file, part, old, new = [], {}, None, None, [], []
    slip = None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line == "<<<":
            part, old, new = "old", [], []
        elif line == "===" and part == "old":
            part = "new"
        elif line == ">>>" and part == "new":
            slip.changes.append((file, "\n".join(old), "\n".join(new)))
            part = None
        elif part:
            (old if part == "old" else new).append(line)
        elif line.startswith("slip: "):
            slip = Slip(line[6:])
            slips.append(slip)
        elif line.startswith("part: "):
            slip = parts[line[6:]] = Slip(line[6:])
        elif line.startswith("with: "):
            slip.changes += parts[line[6:]].changes
        elif line.startswith("file: "):
            file = line[6:]
        elif line and not line.startswith("#"):
            raise SystemExit(f"Bail out! {path}: cannot read: {line}")
    return slips


def without_outputs(command):
    """A compiler's arguments without where its output and its list of headers go, and without the file."""
    words, kept, skip = shlex.split(command), [], False
    for word in words:
        if skip:
            skip = False
        elif word in ("-o", "-MF", "-MQ", "-c"):
            skip = True
        elif word != "-MD":
            kept.append(word)
    return kept


class Workshop:
    def __init__(self, source, build, promises, target):
        self.source, self.build, self.promises = source, build, promises
        self.mutants = build / "mutants"
        shutil.rmtree(self.mutants, ignore_errors=True)
        self.compile = {}
        for unit in json.loads((build / "compile_commands.json").read_text()):
            file = pathlib.Path(unit["directory"], unit["file"]).resolve()
            self.compile.setdefault(file, unit["command"])
        commands = subprocess.run(["ninja", "-C", build, "-t", "commands", target], capture_output=True, text=True)
        self.link = without_outputs(commands.stdout.strip().splitlines()[-1])
        self.target = build / target

    def changed_files(self, slip):
        """The new texts, by path; raises ValueError where a slip no longer fits the source."""
        texts = {}
        for file, old, new in slip.changes:
            text = texts.get(file) or (self.source / file).read_text(encoding="utf-8")
            if text.count(old) != 1:
                raise ValueError(f"{file} has {text.count(old)} places for: {old.strip()[:70]}")
            texts[file] = text.replace(old, new)
        return texts

    def run(self, words):
        done = subprocess.run(words, cwd=self.build, capture_output=True, text=True, timeout=TIMEOUT)
        if done.returncode:
            raise ValueError("does not build: " + done.stderr.strip()[-400:])

    def make(self, number, slip):
        """The program with the slip in it."""
        folder = self.mutants / str(number)
        objects = []
        for file, text in self.changed_files(slip).items():
            copy = folder / file
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(text, encoding="utf-8")
            if copy.suffix == ".c":
                objects.append(str(copy.with_suffix(".o")))
                self.run(without_outputs(self.compile[(self.source / file).resolve()]) + [f"-I{folder / 'src'}", "-O0", "-U_FORTIFY_SOURCE", "-w", "-fdiagnostics-color=never", "-o", objects[-1], "-c", str(copy)])
        program = folder / "program"
        first = next(i for i, word in enumerate(self.link) if word.endswith(".o"))
        self.run(self.link[:first] + objects + self.link[first:] + ["-o", str(program)])
        return program


def check(program, promises):
    """None where all checks pass, else which one failed first."""
    try:
        done = subprocess.run([program, promises, SWAPS, "first"], capture_output=True, text=True, errors="replace", timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return "ran out of time"
    failed = re.search(r"^not ok \d+ - (.*)$", done.stdout, re.M)
    if failed:
        return failed.group(1)
    return f"ended with {done.returncode}" if done.returncode else None


def try_slip(workshop, number, slip):
    """(is it caught, what is to be said of it)."""
    try:
        program = workshop.make(number, slip)
    except ValueError as problem:
        return False, str(problem)
    caught = check(program, workshop.promises)
    program.unlink()
    return caught is not None, f"caught by: {caught}" if caught else "nothing noticed"


def main():
    source, build, slips, promises = (pathlib.Path(a).resolve() for a in sys.argv[1:5])
    slips = [s for s in read_slips(slips) if not sys.argv[6:] or any(w in s.name for w in sys.argv[6:])]
    workshop = Workshop(source, build, promises, sys.argv[5])
    print(f"1..{len(slips) + 1}")
    failed = check(workshop.target, promises)
    print(f"{'not ok' if failed else 'ok'} 1 - nothing is wrong without a slip")
    if failed:
        print(f"# {failed}")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        tried = pool.map(lambda pair: try_slip(workshop, *pair), enumerate(slips, 2))
        for number, (slip, (caught, said)) in enumerate(zip(slips, tried), 2):
            print(f"{'ok' if caught else 'not ok'} {number} - {slip.name}\n# {said}", flush=True)


main()
