"""What bearout-parse answers (parsers/parse_answer.h), for tests. `frames.py HELPER FILE…` shows it."""
import collections
import os
import subprocess
import sys

HEAD = b"bearout-parse 1\n"
NOTES = ("fine unknown empty broken too-large much-text many-pages deep bomb many-children large-children locked pixels memory "
         "long ocr ocr-missing ocr-stopped two-kinds guessed no-page unsafe undecoded expands look").split()


class Answer:
    """An answer as the reader in src/ops would take it, and how the helper ended."""

    def __init__(self, status, data):
        self.status, self.media, self.text, self.peaks, self.picture = status, "", "", b"", b""
        self.facts, self.notes, self.pages, self.children = collections.defaultdict(list), [], [], []
        self.size, self.milliseconds, self.ended, self.wrong = None, 0, False, not data.startswith(HEAD)
        parts, at = [], len(HEAD)
        while at + 5 <= len(data) and not self.wrong:
            kind, length = chr(data[at]), int.from_bytes(data[at + 1:at + 5], "big")
            if at + 5 + length > len(data):
                break
            self.take(kind, data[at + 5:at + 5 + length], parts)
            at += 5 + length
        self.text = b"".join(parts).decode("utf-8")

    def take(self, kind, body, parts):
        number = int.from_bytes(body, "big")
        self.wrong = self.wrong or self.ended
        if kind == "K":
            self.media = body.decode("ascii")
        elif kind == "M":
            name, value = body.split(b"\0", 1)
            self.facts[name.decode("ascii")].append(value.decode("utf-8"))
        elif kind == "T":
            parts.append(body)
        elif kind == "P":
            self.pages.append(sum(map(len, parts)))
        elif kind == "N":
            self.notes.append(NOTES[number])
        elif kind == "S":
            self.size = (number >> 32, number & 0xffffffff)
        elif kind == "L":
            self.milliseconds = number
        elif kind == "W":
            self.peaks += body
        elif kind == "C":
            self.children.append([body.decode("utf-8"), bytearray(), None])
        elif kind == "B":
            self.children[-1][1] += body
        elif kind == "D":
            self.children[-1][2] = body == b"\1"
        elif kind == "G":
            self.picture += body
        elif kind == "E":
            self.ended = True
        else:
            self.wrong = True

    def whole(self):
        return self.status == 0 and self.ended and not self.wrong


def run(helper, file, way="read", seconds=120):
    """`file`: an open file, or bytes, which then come through a pipe. None: it took too long."""
    given = {"input": file} if isinstance(file, bytes) else {"stdin": file}
    try:
        done = subprocess.run([os.path.abspath(helper), way], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=seconds, cwd="/",
                              env={"OMP_THREAD_LIMIT": "1", **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}},
                              **given)
    except subprocess.TimeoutExpired:
        return None
    answer = Answer(done.returncode, done.stdout)
    if way == "read" and "look" in answer.notes:
        if not isinstance(file, bytes):
            file.seek(0)
        return run(helper, file, "look", seconds)
    return answer


if __name__ == "__main__":
    for name in sys.argv[2:]:
        with open(name, "rb") as file:
            a = run(sys.argv[1], file)
        print(name, "SLOW" if a is None else
              f"{a.status} {a.media} text {len(a.text)} pages {len(a.pages)} {a.size} {a.milliseconds} ms peaks {len(a.peaks)} "
              f"{dict(a.facts)} {a.notes} {[(n, len(b), w) for n, b, w in a.children][:5]} of {len(a.children)}")
        if a:
            print("   ", repr(a.text[:300]))
