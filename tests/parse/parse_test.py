"""What bearout-parse reads of right files, and what it does with hostile and broken ones, as TAP: `parse_test.py HELPER`.

Every answer must be well formed to where it ends, in time, and no library may have tried what the sandbox forbids.
"""
import concurrent.futures
import signal
import sys
import time

import frames
import made

helper = sys.argv[1]
right = dict(made.right())


def says(*words):
    return lambda a: all(w in a.text for w in words)


def facts(**wanted):
    return lambda a: all(v in " ".join(a.facts[k.replace("_", "-")]) for k, v in wanted.items())


def children(*wanted):
    return lambda a: [(n, b) for n, b, whole in a.children if whole] == list(wanted)


def names(*wanted):
    return lambda a: [n for n, _, whole in a.children if whole] == list(wanted)


EXPECTED = {
    "text": ("text/plain", says("Прибыли ночью.\nAnd left.")),
    "text-16": ("text/plain", says("Прибыли ночью")),
    "text-1251": ("text/plain", lambda a: "причал ночью" in a.text and "guessed" in a.notes),
    "html": ("text/html", lambda a: says("При\n", "Some bold text", "a\tb")(a) and "alert" not in a.text and facts(title="The quay", author="Tessa Quill")(a)),
    "rtf": ("application/rtf", lambda a: a.text == "Привет — naïve\nnext"),
    "docx": ("wordprocessingml.document", lambda a: says("The doors\nwere chained & shut.")(a) and facts(author="Tessa Quill")(a) and names("seal.png")(a)),
    "xlsx": ("spreadsheetml.sheet", lambda a: says("harbour\t41.5", "quay\tpaid")(a) and facts(sheet="Tolls")(a)),
    "odt": ("opendocument.text", lambda a: says("The doors\twere chained.\nFrom outside.")(a) and facts(author="Tessa Quill")(a)),
    "ods": ("opendocument.spreadsheet", says("forty", "dead")),
    "pdf": ("application/pdf", lambda a: says("The first page", "And the second")(a) and len(a.pages) == 2 and a.pages[1] == a.text.index("And") and facts(author="Tessa Quill")(a)),
    "mail": ("message/rfc822", lambda a: says("Привет")(a) and facts(**{"from": "Ана"}, subject="The quäy")(a) and names("list.pdf", "mail.eml")(a) and b"And the words" in a.children[1][1]),
    "mbox": ("application/mbox", lambda a: names("1.eml", "2.eml")(a) and a.children[0][1].strip() == made.mail([made.PLAIN, made.PAPER]).strip()),
    "png": ("image/png", lambda a: a.size == (40, 30) and len(a.pages) == 1),
    "wav": ("audio/wav", lambda a: a.milliseconds == 2000 and len(a.peaks) == 40 and min(a.peaks[:19]) > 200 and max(a.peaks[21:]) < 5),
    "zip": ("application/zip", children(("a.txt", b"one"), ("в/б.txt", b"two"))),
    "tar": ("application/gzip", children(("a.txt", b"one"), ("../../up", b"two"))),
    "gz": ("application/gzip", lambda a: [b for _, b, _ in a.children] == [b"inside"]),
    "xml": ("text/xml", says("naïve words")),
}

tests = []


def test(name):
    def add(function):
        tests.append((name, function))
    return add


def fit(answer):
    """What must hold of any answer. A crash and an end by limits may be; what the sandbox kills may not."""
    if answer is None:
        return "took too long"
    if answer.wrong:
        return "the answer is malformed"
    if answer.status == -signal.SIGSYS:
        return "a library tried what the sandbox forbids"
    return None


for kind, (media, holds) in EXPECTED.items():
    def check(kind=kind, media=media, holds=holds):
        a = frames.run(helper, right[kind])
        if fit(a) or not a.whole():
            return fit(a) or f"ended with {a.status}"
        return None if media in a.media and holds(a) else f"{a.media} {a.text!r} {dict(a.facts)} {a.notes} {a.children}"
    test(f"reads: {kind}")(check)

for name, content, note in made.hostile():
    def check(content=content, note=note):
        begun = time.monotonic()
        a = frames.run(helper, content, "read", 60)
        wrong = fit(a)
        if not wrong and "root:" in a.text:
            wrong = "a file was read that is not its input"
        if not wrong and note and note not in a.notes:
            wrong = f"no note '{note}': {a.status} {a.media} {a.notes} after {time.monotonic() - begun:.1f} s"
        if not wrong and sum(len(b) for _, b, _ in a.children) > 100 << 20:
            wrong = "too much was unpacked"
        return wrong
    test(f"hostile: {name}")(check)

for number, (kind, content) in list(enumerate(made.right()))[::2]:
    def check(content=content, number=number):
        return fit(frames.run(helper, made.broken(content, number // 2), "read", 60))
    test(f"broken: {kind}")(check)


@test("a page is shown as a picture, and its words are read off it")
def _():
    page = frames.run(helper, made.pdf(["The doors were chained"], "0 0 400 120"), "page 0 1600")
    if fit(page) or page.picture[:8] != b"\x89PNG\r\n\x1a\n":
        return fit(page) or f"no picture: {page.notes}"
    a = frames.run(helper, page.picture, "look")
    if "ocr-missing" in a.notes:
        return None
    return None if "doors were chained" in a.text and "ocr" in a.notes else f"{a.text!r} {a.notes}"


@test("what the recogniser of words has to say costs nothing")
def _():
    a = frames.run(helper, made.scattered(), "look")
    return fit(a)


@test("a picture is shown no larger than asked for")
def _():
    a = frames.run(helper, made.png(400, 300), "page 0 100")
    width = int.from_bytes(a.picture[16:20], "big")
    return None if 90 <= width <= 100 else f"{width} {a.notes}"


@test("a page that is not there is a note")
def _():
    a = frames.run(helper, right["pdf"], "page 7 100")
    return None if a.notes == ["no-page"] and not a.picture else str(a.notes)


print(f"1..{len(tests)}")
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    for number, ((name, _), wrong) in enumerate(zip(tests, pool.map(lambda t: t[1](), tests)), 1):
        if wrong:
            print(f"# {wrong[:600]}")
        print(f"{'not ok' if wrong else 'ok'} {number} - {name}", flush=True)
