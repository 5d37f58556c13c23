"""Pictures and sounds for the tests of bearout-media, made of nothing but Python, and what reads its answers."""
import math
import struct
import subprocess
import zlib

PNG = b"\x89PNG\r\n\x1a\n"


def make(program, content):
    """What bearout-media makes of some bytes: (mime, width, height, seconds, bytes), or the number of a refusal."""
    done = subprocess.run([program], input=content, capture_output=True, env={}, timeout=600)
    assert done.returncode == 0, f"ended with {done.returncode}"
    line, _, rest = done.stdout.partition(b"\n")
    words = line.decode("ascii").split(" ")
    assert words[:2] == ["bearout-media", "1"], line
    if words[2] == "refused":
        assert not rest
        return int(words[3])
    mime, width, height, seconds, length = words[2], *map(int, words[3:7])
    assert length == len(rest), "the length is not what was said"
    return mime, width, height, seconds, rest


# ---- PNG ----

def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width, height, pixel, before=b"", after=b"", behind=b"", colour=2):
    """`pixel(x, y)` gives the bytes of one; colour 2 is RGB, 6 RGBA, 0 grey."""
    rows = b"".join(b"\0" + b"".join(bytes(pixel(x, y)) for x in range(width)) for y in range(height))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0))
    return PNG + head + before + chunk(b"IDAT", zlib.compress(rows)) + after + chunk(b"IEND", b"") + behind


def chunks(content):
    assert content.startswith(PNG)
    at = len(PNG)
    while at < len(content):
        (length,) = struct.unpack_from(">I", content, at)
        kind, data = content[at + 4:at + 8], content[at + 8:at + 8 + length]
        assert struct.unpack_from(">I", content, at + 8 + length)[0] == zlib.crc32(kind + data)
        yield kind, data
        at += 12 + length


def unfilter(kind, row, above):
    for i in range(len(row)):
        left, up, corner = (row[i - 3] if i >= 3 else 0), above[i], (above[i - 3] if i >= 3 else 0)
        guess = left + up - corner
        paeth = min((left, up, corner), key=lambda v: abs(guess - v))
        row[i] = row[i] + (0, left, up, (left + up) // 2, paeth)[kind] & 255
    return row


def pixels(content):
    """Rows of (r, g, b) of an RGB PNG."""
    head = next(data for kind, data in chunks(content) if kind == b"IHDR")
    width, height = struct.unpack(">II", head[:8])
    data = zlib.decompress(b"".join(data for kind, data in chunks(content) if kind == b"IDAT"))
    above, rows = bytearray(width * 3), []
    for y in range(height):
        line = data[y * (width * 3 + 1):(y + 1) * (width * 3 + 1)]
        above = unfilter(line[0], bytearray(line[1:]), above)
        rows.append([tuple(above[x * 3:x * 3 + 3]) for x in range(width)])
    return rows


# ---- JPEG ----

def noise(x, y):
    n = zlib.crc32(b"%d %d" % (x // 2, y // 2))
    return (128 + (n & 63) + (x & 31), 90 + (n >> 8 & 63), 60 + (n >> 16 & 63) + (y & 31))


def jpeg(program, width=96, height=64):
    """A photograph: a PNG full of noise comes out of bearout-media as one."""
    mime, _, _, _, content = make(program, png(width, height, noise))
    assert mime == "image/jpeg"
    return content


def segment(marker, content):
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


def with_segments(content, *segments):
    """Puts segments behind the start of a JPEG."""
    return content[:2] + b"".join(segments) + content[2:]


def markers(content):
    """The markers of a JPEG with their content; the last is EOI with what stands behind it."""
    assert content[:2] == b"\xff\xd8"
    at = 2
    while True:
        assert content[at] == 0xFF, at
        marker = content[at + 1]
        if marker == 0xD9:
            yield marker, content[at + 2:]
            return
        (length,) = struct.unpack_from(">H", content, at + 2)
        yield marker, content[at + 4:at + 2 + length]
        at += 2 + length
        if marker == 0xDA:
            while content[at] != 0xFF or content[at + 1] == 0 or 0xD0 <= content[at + 1] <= 0xD7:
                at += 1


# ---- EXIF ----

def tiff(entries, thumbnail=b"", big=False):
    """A TIFF block: (tag, kind, bytes) of the first folder; a second one with a thumbnail where there is any."""
    order = ">" if big else "<"
    size = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1}
    at, heap, folder = 8 + 2 + 12 * len(entries) + 4, b"", struct.pack(order + "H", len(entries))
    for tag, kind, content in entries:
        folder += struct.pack(order + "HHI", tag, kind, len(content) // size[kind])
        if len(content) <= 4:
            folder += content.ljust(4, b"\0")
        else:
            folder += struct.pack(order + "I", at + len(heap))
            heap += content + b"\0" * (len(content) % 2)
    after = at + len(heap)
    folder += struct.pack(order + "I", after if thumbnail else 0) + heap
    if thumbnail:
        second = after + 2 + 24 + 4
        folder += struct.pack(order + "H", 2) + struct.pack(order + "HHII", 0x0201, 4, 1, second)
        folder += struct.pack(order + "HHII", 0x0202, 4, 1, len(thumbnail)) + struct.pack(order + "I", 0) + thumbnail
    return (b"MM\0*" if big else b"II*\0") + struct.pack(order + "I", 8) + folder


def oriented(orientation, big=False):
    order = ">" if big else "<"
    return tiff([(0x0112, 3, struct.pack(order + "H", orientation))], big=big)


# ---- sound ----

def tone(rate=16000, seconds=1.0, channels=1, hertz=440):
    frames = []
    for i in range(int(rate * seconds)):
        frames += [int(9000 * math.sin(2 * math.pi * hertz * i / rate))] * channels
    return struct.pack(f"<{len(frames)}h", *frames)


def riff(*parts):
    body = b"WAVE" + b"".join(k + struct.pack("<I", len(c)) + c + b"\0" * (len(c) % 2) for k, c in parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def wav(rate=16000, seconds=1.0, channels=1, before=(), after=(), behind=b""):
    form = struct.pack("<HHIIHH", 1, channels, rate, rate * channels * 2, channels * 2, 16)
    return riff((b"fmt ", form), *before, (b"data", tone(rate, seconds, channels)), *after) + behind


def id3(frames):
    """An ID3v2.3 tag: (name, text)."""
    body = b"".join(n + struct.pack(">IH", len(t) + 1, 0) + b"\0" + t for n, t in frames)
    size = bytes(len(body) >> s & 127 for s in (21, 14, 7, 0))
    return b"ID3\3\0\0" + size + body


def mp3_frames(content):
    """The heads of an MP3's frames; fails where anything else stands between them or behind."""
    rates = {3: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320), 2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)}
    at = 0
    while at < len(content):
        head = content[at:at + 4]
        assert head[0] == 0xFF and head[1] & 0xE6 == 0xE2, (at, head)
        version = head[1] >> 3 & 3
        rate = rates[3 if version == 3 else 2][(head[2] >> 4) - 1]
        hertz = (44100, 48000, 32000)[head[2] >> 2 & 3] >> {3: 0, 2: 1, 0: 2}[version]
        yield head
        at += (144000 if version == 3 else 72000) * rate // hertz + (head[2] >> 1 & 1)
    assert at == len(content)
