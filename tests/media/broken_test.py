"""What is broken, too large or of another kind costs a sentence and nothing more, as TAP: `broken_test.py BEAROUT-MEDIA`.
Every cut and many changed bytes are tried: the answer is always a refusal or a whole picture or sound, never a crash."""
import random
import struct
import sys
import time
import zlib

import files
from files import chunk, id3, png, segment, wav, with_segments

program = sys.argv[1]
UNKNOWN, EMPTY, BROKEN, ANIMATED, AAC, VIDEO, PICTURE, LARGE, PIXELS, LONG = range(1, 11)
drawing = lambda x, y: (200, 30, 30) if (x // 8 + y // 8) % 2 else (250, 250, 240)
photo, plain, sound = files.jpeg(program), png(40, 30, drawing), wav(seconds=0.5)
song = files.make(program, sound)[4]


def head(width, height, depth=8, colour=2, interlace=0):
    return files.PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace))


def jpeg_of_size(width, height):
    at = photo.index(b"\xff\xc2")
    return photo[:at + 5] + struct.pack(">HH", height, width) + photo[at + 9:]


def endless_scans(count):
    """A progressive JPEG that asks for the same pixels to be gone over again and again."""
    last = photo.rindex(b"\xff\xda")
    return jpeg_of_size(9000, 9000)[:last] + photo[last:-2] * count + photo[-2:]


def is_whole(answer):
    if isinstance(answer, int):
        return True
    mime, _, _, _, content = answer
    if mime == "image/png":
        return files.pixels(content) != []
    if mime == "image/jpeg":
        return [m for m, _ in files.markers(content)][-1] == 0xD9
    return list(files.mp3_frames(content)) != []


refused = {
    "nothing": (b"", EMPTY),
    "a text": (b"Ana was there\n" * 100, UNKNOWN),
    "zeros": (bytes(4096), UNKNOWN),
    "a PDF": (b"%PDF-1.7\n", UNKNOWN),
    "a zip": (b"PK\3\4" + bytes(100), UNKNOWN),
    "a GIF": (b"GIF89a" + bytes(100), ANIMATED),
    "an animated PNG": (files.PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)) +
                        chunk(b"acTL", struct.pack(">II", 2, 0)) + chunk(b"IDAT", zlib.compress(bytes(4))) + chunk(b"IEND", b""), ANIMATED),
    "a WebP of nothing": (b"RIFF\x24\0\0\0WEBPVP8 " + bytes(100), BROKEN),
    "an animated WebP": (b"RIFF\x6c\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\1\0\0\1\0\0" + b"ANIM\6\0\0\0" + bytes(6), ANIMATED),
    "HEIC": (b"\0\0\0\x18ftypheic" + bytes(100), PICTURE),
    "TIFF": (b"II*\0\x08\0\0\0" + bytes(100), PICTURE),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", PICTURE),
    "M4A": (b"\0\0\0\x20ftypM4A " + bytes(100), AAC),
    "AAC without a box": (b"\xff\xf1\x50\x80" + bytes(100), AAC),
    "a film": (b"\0\0\0\x20ftypisom" + bytes(100), VIDEO),
    "Matroska": (b"\x1a\x45\xdf\xa3" + bytes(100), VIDEO),
    "a PNG of a billion pixels": (head(50000, 20000) + chunk(b"IDAT", zlib.compress(bytes(1000))), PIXELS),
    "a PNG as wide as can be": (head(0x7FFFFFFF, 0x7FFFFFFF), BROKEN),
    "a PNG of no width": (head(0, 10), BROKEN),
    "a PNG without rows": (head(1000, 1000) + chunk(b"IDAT", b"") + chunk(b"IEND", b""), BROKEN),
    "an interlaced PNG of 90 million pixels without rows": (head(9400, 9400, 16, 6, 1) + chunk(b"IDAT", zlib.compress(b"")), BROKEN),
    "a PNG with a bomb in zTXt": (head(8, 8) + chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(64 << 20))), BROKEN),
    "a PNG with a bomb in iCCP": (head(8, 8) + chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(64 << 20))), BROKEN),
    "a JPEG of four billion pixels": (jpeg_of_size(65500, 65500), PIXELS),
    "a JPEG of no height": (jpeg_of_size(100, 0), BROKEN),
    "a JPEG of 81 million pixels and a thousand scans": (endless_scans(1000), BROKEN),
    "a JPEG that is all segments": (b"\xff\xd8" + segment(0xFE, bytes(60000)) * 500, BROKEN),
    "a WAV without samples": (files.riff((b"fmt ", struct.pack("<HHIIHH", 1, 1, 16000, 32000, 2, 16)), (b"data", b"")), BROKEN),
    "a WAV of a thousand channels": (files.riff((b"fmt ", struct.pack("<HHIIHH", 1, 1000, 16000, 32000000, 2000, 16)), (b"data", bytes(4000))), BROKEN),
    "a WAV of a gigahertz": (files.riff((b"fmt ", struct.pack("<HHIIHH", 1, 1, 10**9, 2 * 10**9, 2, 16)), (b"data", bytes(4000))), BROKEN),
    "a WAV of five hours": (files.riff((b"fmt ", struct.pack("<HHIIHH", 1, 1, 4000, 4000, 1, 8)), (b"data", bytes(5 * 3600 * 4000))), LONG),
    "an MP3 that is one tag": (id3([(b"TPE1", b"a" * 1000)]), None),
    "FLAC's name alone": (b"fLaC" + bytes(100), None),
    "Ogg's name alone": (b"OggS" + bytes(100), None),
    "more bytes than may be": (photo + bytes((256 << 20) + 1), LARGE),
}


def attempt(content, wanted):
    before = time.time()
    try:
        answer = files.make(program, content)
    except AssertionError as problem:  # the sandbox may have ended it: Bearout then says so
        return None if wanted is None else str(problem)
    if time.time() - before > 100:
        return "it took too long"
    if wanted is not None and answer != wanted:
        return f"{answer if isinstance(answer, int) else answer[:4]} instead of {wanted}"
    return None if isinstance(answer, int) else "it was taken"


def cuts(content, step):
    for length in range(0, len(content), step):
        yield content[:length]


def changes(content, count):
    chosen = random.Random(5521)
    for _ in range(count):
        changed = bytearray(content)
        for _ in range(chosen.randint(1, 4)):
            changed[chosen.randrange(len(changed))] = chosen.randrange(256)
        yield bytes(changed)


def all_answered(contents):
    """libsndfile looks beside a file that it does not know, and is ended for it (SIGSYS, 31): as good as a refusal."""
    for number, content in enumerate(contents):
        try:
            answer = files.make(program, content)
        except AssertionError as problem:
            if "ended with -31" in str(problem):
                continue
            return f"number {number}: {problem}"
        if not is_whole(answer):
            return f"number {number}: not whole"
    return None


cases = [(name, lambda given=given: attempt(*given)) for name, given in refused.items()]
for name, content in (("JPEG", photo), ("PNG", plain), ("WAV", sound), ("MP3", song)):
    cases.append((f"a {name} cut short anywhere", lambda c=content: all_answered(cuts(c, max(1, len(c) // 40)))))
    cases.append((f"a {name} with changed bytes", lambda c=content: all_answered(changes(c, 40))))
cases.append(("a JPEG cut short is refused", lambda: attempt(photo[:len(photo) * 2 // 3], BROKEN)))
cases.append(("a PNG cut short is refused", lambda: attempt(plain[:-20], BROKEN)))

print(f"1..{len(cases)}")
for number, (name, check) in enumerate(cases, 1):
    wrong = check()
    print(f"{'not ok' if wrong else 'ok'} {number} - {name}{': ' + str(wrong) if wrong else ''}", flush=True)
