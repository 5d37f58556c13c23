"""Files of every kind that bearout-parse reads, made here: right ones, hostile ones, and broken ones of any."""
import gzip
import io
import random
import struct
import tarfile
import wave
import zipfile
import zlib


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as z:
        for name, content in parts:
            z.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = ("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')


def docx(body, dtd=""):
    return zipped([TYPES, ("word/document.xml", f'<?xml version="1.0" encoding="UTF-8"?>{dtd}<w:document {W}><w:body>{body}</w:body></w:document>'),
                   ("docProps/core.xml", '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>Tessa Quill</dc:creator></cp:coreProperties>'),
                   ("word/media/seal.png", png(4, 4))])


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def xlsx():
    return zipped([TYPES, ("xl/workbook.xml", '<workbook xmlns="x"><sheets><sheet name="Tolls"/></sheets></workbook>'),
                   ("xl/sharedStrings.xml", '<sst xmlns="x"><si><t>quay</t></si><si><r><t>har</t></r><r><t>bour</t></r></si></sst>'),
                   ("xl/worksheets/sheet1.xml", '<worksheet xmlns="x"><sheetData><row><c t="s"><v>1</v></c><c><v>41.5</v></c></row>'
                    '<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>paid</t></is></c></row></sheetData></worksheet>')])


O = 'xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:dc="d" xmlns:meta="m"'


def odf(kind, body):
    return zipped([("mimetype", f"application/vnd.oasis.opendocument.{kind}"),
                   ("meta.xml", f"<office:document-meta {O}><office:meta><dc:creator>Tessa Quill</dc:creator></office:meta></office:document-meta>"),
                   ("content.xml", f"<office:document-content {O}><office:body>{body}</office:body></office:document-content>")])


def odt():
    return odf("text", "<office:text><text:p>The doors<text:tab/>were chained.</text:p><text:p>From outside.</text:p></office:text>")


def ods():
    return odf("spreadsheet", "<office:spreadsheet><table:table><table:table-row><table:table-cell><text:p>forty</text:p></table:table-cell>"
               "<table:table-cell><text:p>dead</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>")


def pdf(pages, box="0 0 300 200", extra=b"", catalog=""):
    """A PDF with a line of text, or raw content, for each page."""
    objects = [f"<</Type/Catalog/Pages 2 0 R {catalog}>>".encode(), b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for content in pages:
        if isinstance(content, str):
            content = f"BT /F 18 Tf 20 100 Td ({content}) Tj ET".encode()
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents {len(objects)} 0 R/Resources<</Font<</F 3 0 R>>>>>>".encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    out += extra
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % p for p in places)
    return out + b"trailer<</Size %d/Root 1 0 R/Info<</Author(Tessa Quill)>>>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of(width, height, colour, rows, said=None):
    w, h = said or (width, height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, colour, 0, 0, 0)) + chunk(
        b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows))) + chunk(b"IEND", b"")


def png(width, height, said=None):
    return png_of(width, height, 2, (bytes((x * 7 + y * 5) % 256 for x in range(width * 3)) for y in range(height)), said)


def scattered(width=640, height=500, seed=7):
    """Lines and boxes: a recogniser of words has things to say about it."""
    chance = random.Random(seed)
    rows = [bytearray(b"\xff" * width) for _ in range(height)]
    for _ in range(60):
        w, h = chance.choice([(200, 2), (2, 120), (30, 30), (8, 12), (2, 40), (90, 60), (12, 9), (4, 20)])
        x, y, grey = chance.randrange(width - w), chance.randrange(height - h), chance.choice([0, 60, 120, 180])
        for row in rows[y:y + h]:
            row[x:x + w] = bytes([grey]) * w
    return png_of(width, height, 0, rows)


def wav(seconds=2, rate=8000):
    """Loud in its first half, silent in its second."""
    out = io.BytesIO()
    with wave.open(out, "wb") as w:
        w.setnchannels(1)
        w.setsampwidth(2)
        w.setframerate(rate)
        half = seconds * rate // 2
        w.writeframes(b"".join(struct.pack("<h", 32000 if i // 20 % 2 else -32000) for i in range(half)) + b"\0\0" * half)
    return out.getvalue()


def mail(parts, boundary="=_b"):
    body = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return (f"From: =?koi8-r?B?4c7B?= <ana@example.org>\nTo: desk@example.org\nDate: Mon, 1 Jan 2024 10:00:00 +0000\nSubject: =?utf-8?Q?The_qu=C3=A4y?=\n"
            f"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"{boundary}\"\n\n{body}--{boundary}--\n").encode()


PLAIN = "Content-Type: text/plain; charset=windows-1251\nContent-Transfer-Encoding: base64\n\nz/Do4uXy\n"
PAPER = 'Content-Type: application/pdf\nContent-Disposition: attachment; filename="list.pdf"\nContent-Transfer-Encoding: base64\n\nJVBERi0xLjQK\n'
INNER = "Content-Type: message/rfc822\n\nFrom: boarder@example.org\nTo: x@example.org\nSubject: Inside\n\nAnd the words.\n"


def mbox():
    one = mail([PLAIN, PAPER])
    return b"From a@example.org Mon Jan  1 10:00:00 2024\n" + one + b"\nFrom b@example.org Mon Jan  1 10:00:00 2024\n" + one


def tar(names):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as t:
        for name, content in names:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            t.addfile(info, io.BytesIO(content))
    return out.getvalue()


RTF = rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 Times;}{\f1\fcharset0 Arial;}}{\*\generator X;}{\info{\author Y}}\f0 \'cf\'f0\'e8\'e2\'e5\'f2 \u8212? \f1 na\'efve\par next}"
HTML = (b"<!DOCTYPE html><html><head><meta charset=windows-1251><title>The  quay</title><meta name=author content='Tessa Quill'><style>p{}</style></head><body>"
        b"<h1>\xcf\xf0\xe8</h1><p>Some <b>bold</b>\ntext<script>alert(1)</script><table><tr><td>a<td>b</table></body></html>")


def right():
    """name, bytes"""
    return [
        ("text", "Прибыли ночью.\r\nAnd left.\n".encode()), ("text-16", "Прибыли ночью".encode("utf-16")),
        ("text-1251", ("Они прибыли на причал ночью и заперли двери нижней палубы снаружи. " * 3).encode("cp1251")),
        ("html", HTML), ("rtf", RTF), ("docx", docx(paragraph("The doors") + paragraph("were chained &amp; shut."))), ("xlsx", xlsx()), ("odt", odt()), ("ods", ods()),
        ("pdf", pdf(["The first page", "And the second"])), ("mail", mail([PLAIN, PAPER, INNER])), ("mbox", mbox()), ("png", png(40, 30)), ("wav", wav()),
        ("zip", zipped([("a.txt", b"one"), ("в/б.txt", b"two")])), ("tar", tar([("a.txt", b"one"), ("../../up", b"two")])), ("gz", gzip.compress(b"inside")),
        ("xml", b'<?xml version="1.0" encoding="ISO-8859-1"?><a>na\xefve <b>words</b></a>'),
    ]


# ---- hostile ----

LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(97 + i)} "{("&" + chr(96 + i) + ";") * 10}">' for i in range(1, 12)) + "]>"


def overlapping():
    """A ZIP file of ten thousand members that are all the same bytes."""
    one = zipped([("a", bytes(1 << 20))])
    start = one.index(b"PK\1\2")
    entry = one[start:one.index(b"PK\5\6")]
    count = 10000
    return one[:start] + entry * count + struct.pack("<IHHHHIIH", 0x06054b50, 0, 0, count, count, len(entry) * count, start, 0)


def many_parts(depth):
    start = "From: a@example.org\nTo: b@example.org\nSubject: x\nMIME-Version: 1.0\n"
    for i in range(depth):
        start += f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n"
    return (start + "Content-Type: text/plain\n\nThe end.\n").encode()


def hostile():
    """name, bytes, a note that must be there or None"""
    deep = "<a>" * 100000
    flat = zlib.compress(bytes(400 << 20))
    return [
        ("zip bomb", zipped([("a", bytes(100 << 20))]), "bomb"),
        ("overlapping zip", overlapping(), None),
        ("document bomb", zipped([TYPES, ("word/document.xml", b"<a>" + b" " * (100 << 20))]), "bomb"),
        ("gzip bomb", gzip.compress(b"ab" * (50 << 20)), "bomb"),
        ("zips in zips", zipped([("a.zip", zipped([("a.zip", zipped([("a.zip", b"PK")]))]))]), None),
        ("laughs", f'<?xml version="1.0"?>{LAUGHS}<l>&l;</l>'.encode(), "expands"),
        ("laughs in a document", docx(paragraph("&l;"), LAUGHS), "expands"),
        ("an outer entity", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', "expands"),
        ("deep xml", f'<?xml version="1.0"?>{deep}'.encode(), "deep"),
        ("deep html", f"<!doctype html><html>{'<div>' * 200000}".encode(), "deep"),
        ("deep rtf", b"{\\rtf1" + b"{" * 1000000, "deep"),
        ("deep mail", many_parts(2000), None),
        ("a huge page", pdf(["x"], "0 0 99999999 99999999"), None),
        ("a page of nothing", pdf(["x"], "0 0 0 0"), None),
        ("a page bomb", pdf([b""], extra=b"9 0 obj<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\n" % (len(flat), flat)).replace(b"/Contents 4 0 R", b"/Contents 9 0 R"), None),
        ("pages in a ring", pdf(["x"]).replace(b"/Kids[5 0 R]", b"/Kids[2 0 R]"), None),
        ("many pages", pdf(["x"]).replace(b"/Kids[5 0 R]/Count 1", b"/Kids[5 0 R]/Count 9999999"), None),
        ("a huge picture", png(4, 4, (20000, 20000)), "pixels"),
        ("a huge picture that lies", png(4, 4, (9000, 9000)), None),
        ("pdf and zip", pdf(["x"]) + zipped([("a", b"hidden")]), "two-kinds"),
        ("gif and pdf", b"GIF89a\1\0\1\0\0\0\0;" + pdf(["x"]), "two-kinds"),
        ("picture and zip", png(4, 4) + zipped([("a", b"hidden")]), "two-kinds"),
        ("many facts", mail([PLAIN]).replace(b"Subject", b"Received: from x\n" * 5000 + b"Subject"), None),
        ("zeros", bytes(1 << 20), "unknown"), ("noise", random.Random(7).randbytes(1 << 20), None),
    ]


def broken(content, seed):
    """Cut somewhere, or with some bits turned."""
    r = random.Random(seed)
    if seed % 2 == 0 or len(content) < 8:
        return content[:r.randrange(len(content))] if content else b""
    out = bytearray(content)
    for _ in range(1 + len(out) // 500 if seed % 3 else 3):
        out[r.randrange(8, len(out)) if len(out) > 8 else 0] ^= 1 << r.randrange(8)
    return bytes(out)
