"""Whatever is planted in a file beside the picture or the sound is not in what is made of it, as TAP:
`plants_test.py BEAROUT-MEDIA TAGGED-SOUND PLAIN-WEBP`. A mark stands in every place where cameras, recorders and programs write;
answers are searched for it as bytes, in UTF-16, and in what they hold compressed."""
import struct
import subprocess
import sys
import tempfile
import zlib

import files
from files import chunk, id3, png, segment, tiff, wav, with_segments

program, tagged, plain_webp = sys.argv[1:4]
MARK = b"Mark-of-Edrin-Vosk-5521"
WIDE = MARK.decode().encode("utf-16-le")
photo = files.jpeg(program)
original = files.jpeg(program, 80, 48)
drawing = lambda x, y: (200, 30, 30) if (x // 8 + y // 8) % 2 else (250, 250, 240)

gps = struct.pack("<6I", 41, 1, 18, 1, 5521, 100)
exif = b"Exif\0\0" + tiff([(0x010F, 2, MARK + b"\0"), (0x0110, 2, MARK + b"\0"), (0x013B, 2, MARK + b"\0"),
                           (0x0132, 2, b"2031:03:04 16:30:00\0"), (0x9286, 7, b"ASCII\0\0\0" + MARK),
                           (0x9C9D, 1, WIDE), (0x0002, 5, gps), (0xA431, 2, MARK + b"\0")], thumbnail=original)
xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><dc:creator>" + MARK + b"</dc:creator></x:xmpmeta>"
iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(MARK) + 5) + b"\x1c\x02\x50" + struct.pack(">H", len(MARK)) + MARK
jumbf = b"JP\0\1\0\0\0\1" + struct.pack(">I", len(MARK) + 40) + b"jumb" + b"\0\0\0\x20jumdc2pa" + b"\0" * 20 + MARK


def named_profile(name):
    """An ICC profile that lacks what it would need, but has a name."""
    tags = struct.pack(">I", 1) + b"desc" + struct.pack(">II", 144, len(name) + 13)
    body = b"\0" * 4 + b"lcms" + struct.pack(">I", 0x04200000) + b"mntrRGB XYZ " + b"\0" * 12 + b"acsp" + b"\0" * 88
    body += tags + b"desc\0\0\0\0" + struct.pack(">I", len(name) + 1) + name + b"\0"
    return struct.pack(">I", len(body)) + body[4:]


icc = b"ICC_PROFILE\0\1\1" + named_profile(MARK)
packed = zlib.compress(MARK * 3)

pictures = {
    "EXIF with position, owner, serial number and comment": with_segments(photo, segment(0xE1, exif)),
    "EXIF's thumbnail of another picture": with_segments(photo, segment(0xE1, b"Exif\0\0" + tiff([], thumbnail=original))),
    "EXIF in the other byte order": with_segments(photo, segment(0xE1, b"Exif\0\0" + tiff([(0x010F, 2, MARK + b"\0")], big=True))),
    "XMP": with_segments(photo, segment(0xE1, xmp)),
    "IPTC": with_segments(photo, segment(0xED, iptc)),
    "a JPEG comment": with_segments(photo, segment(0xFE, MARK)),
    "content credentials (JUMBF)": with_segments(photo, segment(0xEB, jumbf)),
    "a colour profile with a name": with_segments(photo, segment(0xE2, icc)),
    "a Flash or MPF segment": with_segments(photo, segment(0xE2, b"MPF\0" + MARK), segment(0xE3, MARK), segment(0xEF, MARK)),
    "JFIF's thumbnail": photo[:2] + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\x08\x01" + (MARK + b"x")[:24]) + photo[20:],
    "a comment between scans": photo.replace(b"\xff\xda", segment(0xFE, MARK) + b"\xff\xda"),
    "bytes behind the end of a JPEG": photo + MARK,
    "another picture behind the end": photo + original + MARK,
    "all of these": with_segments(photo, segment(0xE1, exif), segment(0xE1, xmp), segment(0xED, iptc), segment(0xFE, MARK),
                                  segment(0xEB, jumbf), segment(0xE2, icc)) + original + MARK,
    "PNG tEXt": png(64, 64, drawing, before=chunk(b"tEXt", b"Author\0" + MARK)),
    "PNG tEXt behind the picture": png(64, 64, drawing, after=chunk(b"tEXt", b"Comment\0" + MARK)),
    "PNG zTXt": png(64, 64, drawing, before=chunk(b"zTXt", b"Author\0\0" + packed)),
    "PNG iTXt": png(64, 64, drawing, before=chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp)),
    "PNG iTXt, compressed": png(64, 64, drawing, before=chunk(b"iTXt", b"Author\0\1\0\0\0" + packed)),
    "PNG eXIf": png(64, 64, drawing, before=chunk(b"eXIf", exif[6:])),
    "PNG tIME and pHYs": png(64, 64, drawing, before=chunk(b"pHYs", struct.pack(">IIB", 5521, 5521, 1)) +
                             chunk(b"tIME", struct.pack(">HBBBBB", 2031, 3, 4, 16, 30, 0))),
    "PNG iCCP": png(64, 64, drawing, before=chunk(b"iCCP", MARK + b"\0\0" + zlib.compress(named_profile(MARK)))),
    "PNG sPLT": png(64, 64, drawing, before=chunk(b"sPLT", MARK + b"\0\x08" + b"\1\2\3\4\0\1")),
    "a PNG chunk nobody knows": png(64, 64, drawing, before=chunk(b"caBX", jumbf), after=chunk(b"voSk", MARK)),
    "bytes behind IEND": png(64, 64, drawing, behind=MARK),
    "another PNG behind IEND": png(64, 64, drawing, behind=png(8, 8, drawing, before=chunk(b"tEXt", b"a\0" + MARK))),
    "bytes behind the picture inside IDAT": png(64, 64, drawing).replace(
        b"IEND", b"IEND"),  # replaced below: needs the deflated stream itself
}
rows = b"".join(b"\0" + b"".join(bytes(drawing(x, y)) for x in range(64)) for y in range(64))
pictures["bytes behind the picture inside IDAT"] = (
    files.PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0)) +
    chunk(b"IDAT", zlib.compress(rows + MARK * 2)) + chunk(b"IEND", b""))


def with_sndfile(kind):
    with tempfile.NamedTemporaryFile() as f:
        done = subprocess.run([tagged, kind, f.name, MARK.decode()], timeout=60)
        return f.read() if done.returncode == 0 else None


silent = files.make(program, wav())[4]
info = b"INFO" + b"IART" + struct.pack("<I", len(MARK) + 1) + MARK + b"\0"
bext = MARK.ljust(256, b"\0") + MARK.ljust(32, b"\0") + MARK.ljust(32, b"\0") + b"2031-03-0416:30:00" + b"\0" * 264
sounds = {
    "RIFF LIST/INFO": wav(after=((b"LIST", info),)),
    "RIFF bext": wav(before=((b"bext", bext),)),
    "RIFF iXML and XMP": wav(before=((b"iXML", b"<BWFXML>" + MARK + b"</BWFXML>"),), after=((b"_PMX", xmp),)),
    "RIFF id3": wav(after=((b"id3 ", id3([(b"TPE1", MARK)])),)),
    "a RIFF chunk nobody knows, cue points and padding": wav(before=((b"vosk", MARK),), after=((b"cue ", struct.pack("<I", 0) + MARK), (b"JUNK", MARK))),
    "bytes behind a WAV": wav(behind=MARK),
    "ID3v2 before an MP3": id3([(b"TPE1", MARK), (b"TENC", MARK), (b"COMM", b"eng\0" + MARK)]) + silent,
    "ID3v1 behind an MP3": silent + b"TAG" + MARK.ljust(125, b"\0"),
    "APE behind an MP3": silent + b"APETAGEX" + MARK,
    "FLAC's Vorbis comments": with_sndfile("flac"),
    "Ogg's Vorbis comments": with_sndfile("vorbis"),
    "Opus's comments": with_sndfile("opus"),
}


def find_mark(content):
    for form, name in ((MARK, "as bytes"), (MARK[::-1], "reversed"), (WIDE, "in UTF-16"), (MARK[:12], "in part")):
        if form in content:
            return name
    return None


def traces(mime, content):
    """What may not be in an answer, in words, or None."""
    if mime == "image/png":
        kinds = [kind for kind, _ in files.chunks(content)]
        inflated = zlib.decompress(b"".join(data for kind, data in files.chunks(content) if kind == b"IDAT"))
        if [k for k in kinds if k not in (b"IHDR", b"IDAT", b"IEND")] or kinds[-1] != b"IEND":
            return f"chunks {kinds}"
        return find_mark(content) or find_mark(inflated)
    if mime == "image/jpeg":
        for marker, data in files.markers(content):
            if marker == 0xE0 and data != b"JFIF\0\1\1\0\0\1\0\1\0\0" or marker == 0xD9 and data:
                return f"something in {marker:#x}"
            if marker not in (0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDA, 0xD9):
                return f"a segment {marker:#x}"
        return find_mark(content)
    list(files.mp3_frames(content))
    return find_mark(content)


def attempt(given):
    if given is None:
        return "skip"
    answer = files.make(program, given)
    if isinstance(answer, int):
        return f"refused with {answer}"
    again = files.make(program, given)
    if again != answer:
        return "two runs differ"
    return traces(answer[0], answer[4])




def webp(kind, before=(), after=(), behind=b""):
    plain = subprocess.run([plain_webp, kind], capture_output=True, timeout=60, check=True).stdout
    flags = sum({b"ICCP": 32, b"EXIF": 8, b"XMP ": 4}.get(name, 0) for name, _ in (*before, *after))
    parts = [(b"VP8X", struct.pack("<I", flags) + b"\x3f\0\0\x2f\0\0"), *before, (plain[12:16], plain[20:]), *after]
    body = b"WEBP" + b"".join(k + struct.pack("<I", len(c)) + c + b"\0" * (len(c) % 2) for k, c in parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body + behind


webps = {
    "WebP's EXIF, XMP and profile": webp("lossy", ((b"ICCP", icc[14:]),), ((b"EXIF", exif[6:]), (b"XMP ", xmp))),
    "the same without loss": webp("lossless", ((b"ICCP", icc[14:]),), ((b"EXIF", exif), (b"XMP ", xmp))),
    "a WebP chunk nobody knows": webp("lossy", after=((b"voSk", MARK),)),
    "bytes behind a WebP": webp("lossless", behind=MARK),
}
cases = list(pictures.items()) + list(webps.items()) + list(sounds.items())
print(f"1..{len(cases)}")
for number, (name, given) in enumerate(cases, 1):
    try:
        wrong = attempt(given)
    except AssertionError as problem:
        wrong = f"not as it should be: {problem}"
    if wrong == "skip":
        print(f"ok {number} - {name} # SKIP libsndfile cannot write it")
    else:
        print(f"{'not ok' if wrong else 'ok'} {number} - {name}{': ' + wrong if wrong else ''}")
