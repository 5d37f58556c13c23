"""The ways by which sources came to light, each planted end to end. `channels_test.py BEAROUT [NAME…]`, TAP.

Every test publishes a made-up case through `bearout publish`. What leaves is unpacked and searched for every secret of the case, after
each test, whatever it was about; and so is what the program says.
"""
import hashlib
import re
import struct
import sys
import traceback
import zlib

import desk
import plants
import scan
from desk import BODY, CASE, HEAD, OF_ARTICLE, OF_RADIO, OF_WALL, PICTURE, SECRETS, attest

MARK = "Hrynchenko"
TESTS = []


def test(name):
    def add(function):
        TESTS.append((name, function))
        return function
    return add


class Failed(Exception):
    pass


def no_trace(outcome, marks=(), said=True):
    found = sorted(set(scan.traces(outcome.files, [*SECRETS, *marks])))
    if found:
        raise Failed(f"left in what went out: {found}")
    answers = {"what was said": (outcome.said + outcome.errors).encode()}
    found = sorted(set(scan.traces(answers, SECRETS)))
    if found and said:
        raise Failed(f"said aloud: {found}\n{outcome.said}{outcome.errors}")


def passes(outcome, marks=(), said=True):
    """`said` is False where the draft's own name, which is told on the terminal, holds a secret."""
    if outcome.code or not outcome.files:
        raise Failed(f"did not pass: {outcome.said}{outcome.errors}")
    no_trace(outcome, marks, said)
    return outcome


def refused(outcome, *checks):
    if not outcome.code or outcome.files:
        raise Failed("passed")
    if not outcome.refusals:
        raise Failed(f"gave no answer: {outcome.said}{outcome.errors}")
    if checks and not outcome.checks & set(checks):
        raise Failed(f"refused by {outcome.checks or 'nothing'}, not by {checks}: {outcome.said}")
    for refusal in outcome.refusals:
        if not refusal.get("what") or not refusal.get("mend"):
            raise Failed(f"a refusal without its reason or mend: {refusal}")
    no_trace(outcome)
    return outcome


def with_text(text):
    return HEAD + BODY + "\n" + text + "\n"


# ---- what is right goes out ----

@test("a sound article")
def _(d):
    passes(d.publish())


# ---- pictures ----

def picture_passes(d, data, marks=(MARK,)):
    d.put("media/wall-hrynchenko.jpg", data)
    outcome = passes(d.publish(HEAD + BODY + PICTURE, OF_WALL), marks)
    pictures = {name: data for name, data in outcome.files.items() if re.search(r"\.(jpg|jpeg|png)$", name)}
    if len(pictures) != 1:
        raise Failed(f"pictures: {list(pictures)}")
    return next(iter(pictures.values()))


def jpeg_segments(data):
    """The markers up to the first scan, and whether the file ends with its picture."""
    at, markers = 2, []
    while data[at + 1] != 0xDA:
        markers.append(data[at + 1])
        at += 2 + struct.unpack(">H", data[at + 2:at + 4])[0]
    return markers, data.count(b"\xff\xd9") == 1 and data.endswith(b"\xff\xd9")


def only_points(data):
    if data.startswith(b"\xff\xd8"):
        markers, ends = jpeg_segments(data)
        if not ends or [m for m in markers if m in range(0xE1, 0xF0) or m == 0xFE]:
            raise Failed(f"more than points: {[hex(m) for m in markers]}, ends with its picture: {ends}")
        return
    at, kinds = 8, []
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        kinds.append(kind)
        at += 12 + length
    if set(kinds) - {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"sRGB"} or kinds[-1] != b"IEND":
        raise Failed(f"more than points: {kinds}")


for plant_name, plant in [("a place in EXIF", plants.jpeg_exif), ("a maker in XMP", plants.jpeg_xmp),
                          ("a maker in IPTC", plants.jpeg_iptc),
                          ("the whole picture as a thumbnail", plants.jpeg_thumbnail),
                          ("content credentials", plants.jpeg_credentials), ("a comment", plants.jpeg_comment),
                          ("a colour profile", plants.jpeg_profile),
                          ("bytes behind the end of a JPEG", plants.jpeg_behind_the_end),
                          ("chunks of a PNG", plants.png_text),
                          ("bytes behind the end of a PNG", plants.png_behind_the_end)]:
    @test(plant_name)
    def _(d, plant=plant):
        only_points(picture_passes(d, plant(MARK)))


@test("a picture that nobody looked at")
def _(d):
    d.put("media/wall-hrynchenko.jpg", plants.JPEG)
    refused(d.publish(HEAD + BODY + PICTURE, attest("camera", "wall")), "attestation")
    refused(d.publish(HEAD + BODY + PICTURE, OF_WALL.replace("wall", "ledger")), "attestation")
    passes(d.publish(HEAD + BODY + PICTURE, OF_WALL))


@test("a picture whose camera nobody thought of")
def _(d):
    d.put("media/wall-hrynchenko.jpg", plants.JPEG)
    refused(d.publish(HEAD + BODY + PICTURE, attest("background", "wall")), "attestation")
    passes(d.publish(HEAD + BODY + PICTURE, OF_WALL))


@test("a document as a picture")
def _(d):
    d.put("media/ledger", plants.JPEG)
    looked = attest("background", "ledger") + attest("camera", "ledger")
    refused(d.publish(HEAD + BODY + '\n![A page](ledger "The ledger")\n', looked), "media")


def file_refused(d, data):
    d.put("media/wall-hrynchenko.jpg", data)
    refused(d.publish(HEAD + BODY + PICTURE, OF_WALL), "media")


@test("a PDF")
def _(d):
    file_refused(d, b"%PDF-1.7\n1 0 obj<</Author(Hrynchenko)>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")


@test("an office document")
def _(d):
    name = b"word/document.xml"
    body = b"<w:del><w:t>Hrynchenko</w:t></w:del>"
    file_refused(d, struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 0, 0, 0, zlib.crc32(body), len(body), len(body),
                                len(name), 0) + name + body)


# ---- sound ----

TALK = '\n![The talk](talk "From the talk")\n'
RADIO = '\n![The broadcast](radio "From the broadcast")\n'


def sounds(outcome):
    return [name for name in outcome.files if re.search(r"\.(mp3|wav|ogg|opus|flac)$", name)]


@test("the sound of a protected voice")
def _(d):
    d.put("media/talk-yakubov.wav", plants.wav(MARK))
    outcome = d.publish(HEAD + BODY + TALK, attest("voice", "talk") + attest("hum", "talk"))
    if outcome.code == 0 and not sounds(outcome):
        page = outcome.files["night-shift/index.html"].decode()
        if "I tried every one of them." not in page:
            raise Failed("neither sound nor what is said in it")
        passes(outcome)
    else:
        refused(outcome)


@test("a sound that nobody listened to")
def _(d):
    d.put("media/radio.wav", plants.wav(MARK))
    refused(d.publish(HEAD + BODY + RADIO, attest("hum", "radio")), "attestation")
    outcome = passes(d.publish(HEAD + BODY + RADIO, OF_RADIO), [MARK])
    if not sounds(outcome):
        raise Failed("no sound went out")


@test("a sound whose hum nobody thought of")
def _(d):
    d.put("media/radio.wav", plants.wav(MARK))
    refused(d.publish(HEAD + BODY + RADIO, attest("voice", "radio")), "attestation")


# ---- words ----

for place, text in [("a secret in the headline", HEAD.replace("hall two [desk]", "Yakubov [desk]") + BODY),
                    ("a secret in the standfirst", HEAD + "\n*What Yakubov saw* [desk]\n" + BODY),
                    ("a secret in a heading", with_text("## What Yakubov saw\n\nIt was dark. [desk]")),
                    ("a secret in a pull quote", with_text("> Yakubov tried them all [desk]")),
                    ("a secret in a list", with_text("- Yakubov tried them all [desk]")),
                    ("a secret in the byline", HEAD.replace("language", "byline: Yakubov\nlanguage") + BODY),
                    ("a secret in a link", with_text("See [the page](https://a.example/yakubov). [desk]")),
                    ("a secret in the article's address", HEAD.replace("night-shift", "yakubov") + BODY),
                    ("a contact", with_text("Write to porter.arlen@letters.example. [desk]")),
                    ("a contact's number", with_text("Ring +44 7700 900461. [desk]")),
                    ("a protected detail", with_text("It was in Poplar Lane. [desk]")),
                    ("what the desk calls a voice", with_text("A fitter in hall two said so. [desk]")),
                    ("a name in Cyrillic", with_text("Якубов tried them all. [desk]")),
                    ("a name in a case", with_text("С Якубовым говорили. [desk]")),
                    ("a name in another Latin spelling", with_text("Jakubow tried them all. [desk]")),
                    ("a name in Uzbek", with_text("Shuxrat Yoqubov tried them all. [desk]")),
                    ("a name as initials beside a role", with_text("S.Y., a porter, tried them all. [desk]")),
                    ("a name backwards", with_text("The word was vobukay. [desk]")),
                    ("a name split by markup", with_text("Yaku**bov** tried them all. [desk]")),
                    ("a name in pieces", with_text("Y-a-k-u-b-o-v tried them all. [desk]")),
                    ("a name with signs that are not seen", with_text("Yaku\u200bbov tried them all. [desk]")),
                    ("a name with a soft hyphen", with_text("Yaku\u00adbov tried them all. [desk]")),
                    ("a name in letters that look alike", with_text("Yаkubоv tried them all. [desk]")),
                    ("a name in entities", with_text("&#89;akubov tried them all. [desk]")),
                    ("a name percent-encoded", with_text("See [it](https://a.example/%59akubov). [desk]")),
                    ("a name in base64", with_text("The code was U2h1a2hyYXQgWWFrdWJvdg==. [desk]"))]:
    @test(place)
    def _(d, text=text):
        refused(d.publish(text), "secrets", "draft")


@test("a secret in a caption")
def _(d):
    d.put("media/wall-hrynchenko.jpg", plants.JPEG)
    refused(d.publish(HEAD + BODY + PICTURE.replace("in spring", "by Ostap Hrynchenko"), OF_WALL), "secrets")


@test("a secret in a text for those who do not see")
def _(d):
    d.put("media/wall-hrynchenko.jpg", plants.JPEG)
    refused(d.publish(HEAD + BODY + PICTURE.replace("A grey wall", "Hrynchenko at a wall"), OF_WALL), "secrets")


@test("a secret in a correction")
def _(d):
    out = f'printed night-shift "{(HEAD + BODY).replace(chr(10), chr(92) + "n")}"\n    on 2031-05-25\n'
    changed = HEAD + BODY.replace("hall two were", "the hall were")
    out += attest("guesses", "night-shift")
    refused(d.publish(changed, out, options=["--correction", "Yakubov asked for a change."]), "secrets")
    passes(d.publish(changed, out, options=["--correction", "The hall was named wrongly."]))


@test("a sign that is not seen")
def _(d):
    for sign in ("\u200b", "\u200d", "\u2060", "\u202e", "\u2066", "\U000e0041", "\ue000", "\ufeff"):
        refused(d.publish(HEAD + BODY.replace("every one", "every" + sign + " one")))


@test("letters that look alike")
def _(d):
    marked = "I tri\u0435d every one of them."  # as it stands in the record, too
    refused(d.publish(HEAD + BODY.replace("I tried", "I tri\u0435d"), f'say porter locked saw at talk 0:02 "{marked}"\n'))
    refused(d.publish(with_text("The d\u043e\u043ers were heavy. [desk]")))


@test("a quotation that is not the record's")
def _(d):
    refused(d.publish(HEAD + BODY.replace("every one of", "all of")), "terms", "draft", "standing")


@test("a document's wording")
def _(d):
    case = (CASE + OF_ARTICLE).replace(attest("wording", "night-shift"), "")
    document = 'say clerk locked inspected ledger at ledger p.4 "Hall two: doors shut at nine by order."\n'
    quoted = with_text("“Hall two: doors shut at nine by order,” said Odile Marchetti [locked clerk].")
    refused(d.publish(quoted, document, case=case), "attestation")
    passes(d.publish(quoted, document))


LONG = "I tried every one of them, " + "then the next one and the next one after it, with my shoulder, " * 6 + "no."


@test("a long quotation")
def _(d):
    case = (CASE + OF_ARTICLE).replace(attest("style", "night-shift"), "")
    said = f'say porter knew saw at talk 0:02 "{LONG}"\n'
    quoted = with_text(f"“{LONG[:-1]},” said a person who worked there [knew porter].")
    refused(d.publish(quoted, said, case=case), "attestation")
    passes(d.publish(quoted, said))


@test("a second article")
def _(d):
    case = (CASE + OF_ARTICLE).replace(attest("jigsaw", "night-shift"), "")
    other = f'printed other "{(HEAD.replace("night-shift", "other") + BODY).replace(chr(10), chr(92) + "n")}"\n    on 2031-05-25\n'
    refused(d.publish(case=case, more=other + attest("jigsaw", "other")), "attestation")
    passes(d.publish(more=other + attest("jigsaw", "other")))


@test("a change that answers a guess")
def _(d):
    out = f'printed night-shift "{(HEAD + BODY).replace(chr(10), chr(92) + "n")}"\n    on 2031-05-25\n'
    changed, why = HEAD + BODY + "\nNone of them worked in the office. [desk]\n", ["--correction", "More is known."]
    refused(d.publish(changed, out, options=why), "attestation")
    passes(d.publish(changed, out + attest("guesses", "night-shift"), options=why))


@test("a role that fits few")
def _(d):
    outcome = passes(d.publish())
    if "crowd" not in {w["check"] for w in outcome.warnings}:
        raise Failed(f"no warning: {outcome.said}")


@test("a letter that asks for comment")
def _(d):
    letter = HEAD.replace("night-shift", "letter") + "\nWe have it from Shukhrat Yakubov. [desk]\n"
    refused(d.publish(letter, OF_ARTICLE.replace("night-shift", "letter"), name="letter.md"), "secrets")


# ---- addresses, markup and files ----

@test("a name in a file's name")
def _(d):
    d.put("media/wall-hrynchenko.jpg", plants.JPEG)
    d.put("media/radio.wav", plants.wav(MARK))
    outcome = passes(d.publish(HEAD + BODY + PICTURE + RADIO, OF_WALL + OF_RADIO, name="yakubov.md"), said=False)
    for name in outcome.files:
        if re.search(r"wall|radio|locked|porter|clerk|yakubov", name):
            raise Failed(f"named after the case: {name}")


@test("a comment in the draft")
def _(d):
    outcome = d.publish(with_text("<!-- met Shukhrat Yakubov twice -->\n\nIt was dark. [desk]"))
    no_trace(outcome)


@test("HTML in the draft")
def _(d):
    refused(d.publish(with_text('<p data-source="Yakubov">It was dark. [desk]</p>')))
    refused(d.publish(with_text('It was <b title="Yakubov">dark</b>. [desk]')))
    refused(d.publish(with_text("<script>1</script>\n\nIt was dark. [desk]")))


@test("where a reader came from")
def _(d):
    outcome = passes(d.publish(with_text("See [the report](https://report.example/3). [desk]")))
    page = outcome.files["night-shift/index.html"].decode()
    if not re.search(r'<meta[^>]*name="?referrer"?[^>]*no-referrer', page):
        raise Failed("the page tells where its readers come from")
    for link in re.findall(r"<a [^>]*https://report[^>]*>", page):
        if "noreferrer" not in link:
            raise Failed(link)


def without_lists(files):
    return {name: data for name, data in files.items() if not name.startswith("SHA256SUMS")}


@test("an old version")
def _(d):
    first = HEAD + BODY + "\nNine windows were painted over. [desk]\n"
    passes(d.publish(first))
    out = f'printed night-shift "{first.replace(chr(10), chr(92) + "n")}"\n    on 2031-05-25\n'
    out += attest("guesses", "night-shift")
    outcome = passes(d.publish(HEAD + BODY, out, options=["--correction", "The windows were not."]))
    left = list(scan.traces(without_lists(outcome.files), ["Nine windows were painted"]))
    if left:
        raise Failed(f"still there: {left}")


@test("an old file")
def _(d):
    passes(d.publish())
    (d.site / "night-shift" / "yakubov.txt").write_text("Shukhrat Yakubov")
    outcome = d.publish()
    if outcome.code == 0:
        no_trace(outcome)
    elif not outcome.errors and not outcome.said:
        raise Failed("neither done nor said why not")


@test("what is out and breaks a promise")
def _(d):
    out = f'printed night-shift "{(HEAD + BODY).replace(chr(10), chr(92) + "n")}"\n    on 2031-05-25\n'
    (d.folder / "case.bo").write_text(CASE + OF_ARTICLE + out + "terms porter off-record\n")
    done = d.run("publish", "case.bo", "--check", "--as-of", desk.DAY)
    if "night-shift" not in done.stdout + done.stderr:
        raise Failed(f"not listed: {done.stdout}{done.stderr}")
    refused(d.publish(more=out + "terms porter off-record\n"), "terms")


@test("hashes of names")
def _(d):
    d.put("media/wall-hrynchenko.jpg", plants.JPEG)
    outcome = passes(d.publish(HEAD + BODY + PICTURE, OF_WALL))
    marks = []
    for secret in ("Shukhrat Yakubov", "shukhrat yakubov", "A night porter with a limp", "Ostap Hrynchenko",
                   "porter", "fitter", "wall", "media/wall-hrynchenko.jpg", "talk", "Poplar Lane"):
        for kind in ("md5", "sha1", "sha256", "sha512", "blake2b"):
            digest = hashlib.new(kind, secret.encode()).hexdigest()
            marks += [digest[:12], digest[-12:]]
        marks.append(f"{zlib.crc32(secret.encode()):08x}")
    no_trace(outcome, marks)


@test("the comment of a signature")
def _(d):
    """Only a case file has a key to sign with."""
    (d.folder / "key").write_text("a passphrase for the tests\n")
    (d.folder / "text.bo").write_text(CASE + OF_ARTICLE)
    (d.folder / "yakubov.md").write_text(HEAD + BODY)
    made = [d.run("new", "yakubov.bearout", "--passphrase-fd", "0", given="a passphrase for the tests\n"),
            d.run("add", "yakubov.bearout", "text.bo", "--passphrase-fd", "0", given="a passphrase for the tests\n"),
            d.run("publish", "yakubov.bearout", "yakubov.md", "--to", d.site, "--as-of", desk.DAY, "--json",
                  "--passphrase-fd", "0", given="a passphrase for the tests\n")]
    outcome = passes(desk.Outcome(made[-1], d.site), said=False)
    signatures = [data for name, data in outcome.files.items() if name.endswith(".minisig")]
    if not signatures:
        raise Failed(f"nothing is signed: {list(outcome.files)}")
    for data in signatures:
        comments = re.findall(rb"comment:(.*)", data)
        if len(comments) != 2 or [c for c in comments if re.search(rb"[0-9]{4}|file|time|night|yakubov", c)]:
            raise Failed(f"{comments}")


@test("another clock and locale")
def _(d):
    first = passes(d.publish()).files
    d.site = d.folder / "second"
    second = passes(d.publish(name="other.md", TZ="Pacific/Auckland", LC_ALL="tr_TR.UTF-8", LANG="tr_TR.UTF-8",
                              HOME="/nonexistent", USER="yakubov")).files
    if first != second:
        raise Failed(f"differ: {[n for n in first.keys() | second.keys() if first.get(n) != second.get(n)]}")
    times = {int(p.stat().st_mtime) for p in d.site.rglob("*") if p.is_file()}
    if len(times) > 1:
        raise Failed(f"files have times of their own: {times}")


@test("the order of voices")
def _(d):
    first = passes(d.publish()).files
    ids = {"porter": "zz-last", "clerk": "aa-first", "guard": "m"}
    case, draft = CASE + OF_ARTICLE, HEAD + BODY
    for old, new in ids.items():
        case = "\n".join(re.sub(rf"^(voice|say|deny|terms|protect|    from|    by) {old}\b", rf"\1 {new}", line)
                         for line in case.split("\n"))
        draft = draft.replace(f" {old}]", f" {new}]")
    d.site = d.folder / "second"
    second = passes(d.publish(draft, case=case)).files
    if first != second:
        raise Failed(f"ids show in: {[n for n in first if first.get(n) != second.get(n)]}")


@test("nothing but the site")
def _(d):
    d.run("publish")  # whatever it leaves behind when called wrongly
    outcome = passes(d.publish())
    odd = [name for name in outcome.files if re.search(r"(^|/)[.]|~$|\.(bo|md|tmp|bak|orig)$", name)]
    if odd:
        raise Failed(f"odd files: {odd}")


def refusal_of(d, name):
    draft = with_text(f"{name} tried them all. [desk]")
    return refused(d.publish(draft, case=(CASE + OF_ARTICLE).replace("Ostap Hrynchenko", name)), "secrets")


@test("a refusal's width")
def _(d):
    short, long = refusal_of(d, "Ib Quist"), refusal_of(d, "Maximiliana Featherstonehaugh-Castellanos")
    if short.said != long.said:
        raise Failed(f"{short.said}\n{long.said}")


def main():
    bearout, *chosen = sys.argv[1:]
    tests = [t for t in TESTS if not chosen or any(word in t[0] for word in chosen)]
    print(f"1..{len(tests)}")
    for number, (name, function) in enumerate(tests, 1):
        d = desk.Desk(bearout)
        try:
            function(d)
            print(f"ok {number} - {name}", flush=True)
        except Exception as problem:  # one broken test must not hide the others
            said = str(problem) if isinstance(problem, Failed) else traceback.format_exc()
            print(f"not ok {number} - {name}\n# " + said.replace("\n", "\n# "), flush=True)
        finally:
            d.close()


main()
