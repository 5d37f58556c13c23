"""Looks for traces in everything that left: names of files, bytes, and bytes behind each usual encoding.

Knows nothing of what a page is. A trace is a run of letters and digits, compared without case; what markup, entities, percent
signs, JSON and base64 hide is undone first, deflated runs are inflated, and text is read as UTF-8 and both UTF-16.
"""
import base64
import binascii
import html
import re
import unicodedata
import urllib.parse
import zlib

BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{12,}={0,2}")
TAGS = re.compile(r"<[^>]*>")
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
DEEPEST = 3


def texts_of(data):
    """The bytes as texts, with what encodings hide."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
        text = data.decode(encoding, "ignore")
        yield text
        if encoding == "utf-8":
            plain = html.unescape(TAGS.sub("", text))
            yield html.unescape(text)
            yield plain
            yield urllib.parse.unquote(text)
            yield ESCAPED.sub(lambda m: chr(int(m.group(1), 16)), text)
            yield plain[::-1]


def inflated(data):
    """What can be inflated from any place that looks like the start of a deflated run."""
    for start in re.finditer(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08", data):
        run = data[start.start():]
        machine = zlib.decompressobj(31 if run[0] == 0x1F else 15)
        try:
            made = machine.decompress(run, 1 << 22)
        except zlib.error:
            continue
        if made:
            yield made


def unpacked(data, depth=0):
    yield data
    if depth == DEEPEST:
        return
    for run in BASE64.findall(data):
        plain = run.rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
        for cut in range(4):
            part = plain[cut:]
            part = part[:len(part) - len(part) % 4] if len(part) % 4 == 1 else part
            try:
                yield from unpacked(base64.b64decode(part + b"=" * (-len(part) % 4)), depth + 1)
            except binascii.Error:
                continue
            if len(run) > 4096:
                break  # a file inside a file starts at its start
    for made in inflated(data):
        yield from unpacked(made, depth + 1)


def folded(text):
    text = unicodedata.normalize("NFKD", text)
    return "".join(c for c in text.casefold() if c.isalnum())


def traces(files, marks):
    """(file, mark) for each mark that is found in a file, or in its name. `files`: bytes by name."""
    wanted = {folded(mark): mark for mark in marks}
    for name, data in files.items():
        for part in [name.encode(), *unpacked(data)]:
            for text in texts_of(part):
                text = folded(text)
                for mark in [m for m in wanted if m in text]:
                    yield name, wanted[mark]
