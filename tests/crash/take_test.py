"""`bearout take` killed at any moment, as TAP: `take_test.py BEAROUT`.

What is left is a whole case each time; taking the same file again goes on and ends with the very same bytes. Another
program gets its turn while a file comes in. A disk that is full costs nothing. Nothing of the file stands in the case
in clear.
"""
import hashlib
import os
import pathlib
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time

bearout = sys.argv[1]
folder = pathlib.Path(tempfile.mkdtemp(prefix="bearout-take-"))
case, file = folder / "a.bearout", folder / "leak.bin"
number = 0


def wait_for_growth(started):
    """Waits until a good piece of what comes in is in the case, or the program ended."""
    before = case.stat().st_size
    while case.stat().st_size < before + 3_000_000 and started.poll() is None:
        time.sleep(0.001)


def run(*arguments, cut_off=False, limit=None, text=None):
    reader, writer = os.pipe()
    os.write(writer, b"key\n")
    os.close(writer)
    started = subprocess.Popen(
        [bearout, *map(str, arguments), "--passphrase-fd", str(reader)], pass_fds=[reader], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=(lambda: (resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
                             signal.signal(signal.SIGXFSZ, signal.SIG_IGN))) if limit else None)
    os.close(reader)
    if cut_off:
        wait_for_growth(started)
        started.kill()
    out, err = started.communicate(text)
    return started.returncode, out, err.decode()


def verify():
    done = subprocess.run([bearout, "verify", case], capture_output=True, text=True)
    return done.returncode == 0, done.stdout + done.stderr


def ok(what, held, why=""):
    global number
    number += 1
    print(("ok" if held else "not ok"), number, "-", what)
    if not held:
        print("#", why)


random.seed(7)
file.write_bytes(b"the words of the source " * 10 + random.randbytes(24_000_000))
run("new", case)
killed = whole = 0
for _ in range(4):
    code, out, err = run("take", case, file, "--unread", cut_off=True)
    killed += code == -9
    held, said = verify()
    whole += held
    if not held:
        print("#", said)
ok(f"a case that was left in the middle is whole ({killed} of 4 killed)", killed == 4 and whole == 4, said)

code, out, err = run("take", case, file, "--unread")
ok("taking it again ends it", code == 0, err)

code, out, err = run("give", case, "file-1", "--to", folder / "back.bin", "--unlogged")
same = code == 0 and hashlib.sha256((folder / "back.bin").read_bytes()).digest() == hashlib.sha256(
    file.read_bytes()).digest()
ok("it comes back to the byte", same, err)
ok("nothing is written over", run("give", case, "file-1", "--to", folder / "back.bin")[0] == 1)
held, said = verify()
ok("nothing is unfinished", held and "unfinished" not in said, said)
stored = case.read_bytes()
ok("nothing of it stands there in clear", b"words of the source" not in stored and b"leak.bin" not in stored)

other = folder / "other.bin"
other.write_bytes(random.randbytes(30_000_000))
code, out, err = run("take", case, other, "--unread", limit=case.stat().st_size + 12_000_000)
ok("a full disk is told in a sentence", code == 1 and ("space" in err or "room" in err or "large" in err), err + out.decode())
held, said = verify()
ok("and costs nothing", held, said)
code, out, err = run("take", case, other, "--unread")
ok("the rest comes in when there is room", code == 0, err + out.decode())

third = folder / "third.bin"
third.write_bytes(random.randbytes(60_000_000))
reader, writer = os.pipe()
os.write(writer, b"key\n")
os.close(writer)
taking = subprocess.Popen([bearout, "take", case, third, "--unread", "--passphrase-fd", str(reader)],
                          pass_fds=[reader], stdout=subprocess.DEVNULL)
wait_for_growth(taking)
added = sum(run("add", case, text=b'voice v%d "V"\n' % i)[0] == 0 for i in range(2))
during = taking.poll() is None
taking.wait()
ok("others write while a file comes in", added == 2 and taking.returncode == 0, f"{added} of 2, {during}")
flipped = bytearray(case.read_bytes())
place = len(flipped) // 2
flipped[place] ^= 1
case.write_bytes(flipped)
held, said = verify()
ok("a flipped bit in the vault is seen without the passphrase", not held and "damaged" in said, said)
print(f"1..{number}")
for left in folder.iterdir():
    left.unlink()
folder.rmdir()
