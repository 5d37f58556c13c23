"""What needs a terminal, as TAP: `terminal_test.py BEAROUT EXAMPLE`.

The passphrase is asked for and not shown; twice for a new case; Ctrl-C stops and leaves the terminal
as it was; colours come only where they can be shown; forgetting asks first.
"""
import os
import pathlib
import pty
import select
import signal
import sys
import tempfile
import termios
import time

BEAROUT, EXAMPLE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
TIME_LIMIT = 60


class Session:
    """A run of bearout on a terminal of its own."""

    def __init__(self, *arguments, **environment):
        settings = {k: v for k, v in os.environ.items() if k in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS")}
        settings.update({"TERM": "xterm", **environment})
        self.seen = ""
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.execve(BEAROUT, [BEAROUT, *arguments], settings)

    def read_until(self, words):
        """True once the words were seen; False where the program ended, or time is up, before."""
        end = time.monotonic() + TIME_LIMIT
        while words is None or words not in self.seen:
            ready, _, _ = select.select([self.terminal], [], [], max(0, end - time.monotonic()))
            if not ready:
                return False
            try:
                got = os.read(self.terminal, 65536)
            except OSError:
                got = b""
            if not got:
                return False
            self.seen += got.decode(errors="replace")
        return True

    def wait_unseen(self):
        """Waits until the terminal shows nothing of what is typed."""
        end = time.monotonic() + TIME_LIMIT
        while termios.tcgetattr(self.terminal)[3] & termios.ECHO and time.monotonic() < end:
            time.sleep(0.01)

    def type(self, text):
        os.write(self.terminal, text.encode())

    def echoes(self):
        return bool(termios.tcgetattr(self.terminal)[3] & termios.ECHO)

    def finish(self):
        """All that was printed, and the exit code."""
        self.read_until(None)
        _, status = os.waitpid(self.child, 0)
        os.close(self.terminal)
        return self.seen, os.waitstatus_to_exitcode(status)


def answer(session, question, text):
    if not session.read_until(question):
        return False
    session.seen = session.seen.split(question, 1)[1]
    session.wait_unseen()
    session.type(text + "\n")
    return True


def passphrase_twice(folder):
    s = Session("new", f"{folder}/a.bearout")
    assert answer(s, "New passphrase: ", "wait for the tide"), s.seen
    assert answer(s, "The same again: ", "wait for the tide"), s.seen
    seen, code = s.finish()
    assert code == 0, seen
    assert "tide" not in seen, "the passphrase was shown"
    assert pathlib.Path(folder, "a.bearout").exists()


def passphrases_differ(folder):
    s = Session("new", f"{folder}/b.bearout")
    answer(s, "New passphrase: ", "one")
    answer(s, "The same again: ", "another")
    seen, code = s.finish()
    assert code == 1 and "differ" in seen, (code, seen)
    assert not pathlib.Path(folder, "b.bearout").exists()


def passphrase_once(folder):
    s = Session("add", f"{folder}/a.bearout", EXAMPLE)
    assert answer(s, "Passphrase: ", "wait for the tide"), s.seen
    seen, code = s.finish()
    assert code == 0 and "Took" in seen, (code, seen)


def control_c(folder):
    s = Session("stand", f"{folder}/a.bearout")
    assert s.read_until("Passphrase: "), s.seen
    s.wait_unseen()
    s.type("half a pass\x03")
    s.read_until("stopped")
    try:
        echo_back = s.echoes()
    except termios.error:
        echo_back = True
    seen, code = s.finish()
    assert code == 130 and "stopped" in seen, (code, seen)
    assert echo_back, "the terminal was left without echo"
    assert "half" not in seen


def terminated(folder):
    s = Session("stand", f"{folder}/a.bearout")
    assert s.read_until("Passphrase: "), s.seen
    s.wait_unseen()
    os.kill(s.child, signal.SIGTERM)
    seen, code = s.finish()
    assert code == 130, (code, seen)


def colours(folder):
    seen, code = Session("stand", EXAMPLE).finish()
    assert code == 0 and "\x1b[" in seen, (code, seen)


def no_colours(folder):
    for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        seen, code = Session("stand", EXAMPLE, **environment).finish()
        assert code == 0 and "\x1b[" not in seen, (environment, code, seen)


def forget_refused(folder):
    s = Session("forget", f"{folder}/a.bearout", "nurse")
    answer(s, "Passphrase: ", "wait for the tide")
    assert s.read_until("[y/N] "), s.seen
    s.type("\n")
    seen, code = s.finish()
    assert code == 1 and "nothing was destroyed" in seen, (code, seen)


def forget_agreed(folder):
    s = Session("forget", f"{folder}/a.bearout", "nurse")
    answer(s, "Passphrase: ", "wait for the tide")
    assert s.read_until("[y/N] "), s.seen
    s.type("y\n")
    seen, code = s.finish()
    assert code == 0 and "Destroyed" in seen, (code, seen)


CHECKS = [
    ("a new case asks for its passphrase twice and shows nothing of it", passphrase_twice),
    ("two passphrases that differ make nothing", passphrases_differ),
    ("opening a case asks once", passphrase_once),
    ("Ctrl-C at the passphrase stops, and the terminal echoes again", control_c),
    ("so does being asked to end", terminated),
    ("a terminal gets colours", colours),
    ("NO_COLOR and a dumb terminal get none", no_colours),
    ("forgetting asks, and takes silence for no", forget_refused),
    ("forgetting does it on a y", forget_agreed),
]

try:
    for end in pty.openpty():
        os.close(end)
except OSError as problem:
    print(f"1..0 # SKIP there are no pseudo-terminals here: {problem}")
    sys.exit(0)

print(f"1..{len(CHECKS)}")
with tempfile.TemporaryDirectory(prefix="bearout-test-") as place:
    for number, (name, check) in enumerate(CHECKS, 1):
        try:
            check(place)
            print(f"ok {number} - {name}", flush=True)
        except AssertionError as problem:
            print(f"# {problem}".replace("\n", "\n# "))
            print(f"not ok {number} - {name}", flush=True)
