"""Pictures and sounds with something hidden in each place that has given people away. Made by hand, standard library only.

Every function returns the bytes of a file that any viewer opens; `mark` is what is hidden.
"""
import base64
import struct
import zlib

# 96 by 72 points of nothing in particular.
JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4"
    "x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCABI"
    "AGADASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhBy"
    "JxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKT"
    "lJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAA"
    "AAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRom"
    "JygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExc"
    "bHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDGUU8ChRTwK7IPQxTG4oxT8UYrOqzaLI8UoFOxSgV58nqbxYAV"
    "IopAKkUVtTZomAFLinAUuK6m9C0xmKTFSYoxXBVZ0RZTUU8ChRTwK9CD0Pn0xuKMVJikxWdVm0WR4pQKfigCvOk9TeLACpFFIBUiit6bNEwAp2"
    "KUCnYrpb0LTI8UYp+KMVw1WbxZTUU8ChRTwK74PQ8BMTFJipMUmKzqs1ixmKUCnYpQK8+T1OiLEAqRRQBT1Fb02aJgBTsU4ClxXS3oWmMxSYqT"
    "FJiuCqzeLKaipAKFFPAr0IPQ8BMbijFPxRis6rNYsjxSgU7FKBXnyep0RYAVIopFFSKK2pstMAKXFOApcV1N6GiYzFJipMUmK4KrN4sqKKeBRR"
    "XoQ2PAQuKMUUVnVNoiYpQKKK8+W5vEeBUiiiitqZoh4FLiiiup7FoMUYoorgqm8T//2Q==")


def segment(marker, body):
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def with_segments(*segments):
    """The picture with segments behind its start."""
    return JPEG[:2] + b"".join(segments) + JPEG[2:]


def exif(mark, thumbnail=b""):
    """A TIFF of one directory with an artist and a place on earth, and one with a thumbnail."""
    text = mark.encode() + b"\0"
    data_at = 8 + 2 + 3 * 12 + 4 + 2 + 2 * 12 + 4 + 2 + 2 * 12 + 4
    gps_at, second_at = 8 + 2 + 3 * 12 + 4, 8 + 2 + 3 * 12 + 4 + 2 + 2 * 12 + 4
    gps = text + struct.pack("<6I", 41, 1, 17, 1, 5959, 100)
    first = struct.pack("<H", 3)
    first += struct.pack("<HHII", 0x013B, 2, len(text), data_at)
    first += struct.pack("<HHII", 0x8298, 2, len(text), data_at)
    first += struct.pack("<HHII", 0x8825, 4, 1, gps_at) + struct.pack("<I", second_at)
    places = struct.pack("<H", 2) + struct.pack("<HHI4s", 1, 2, 2, b"N\0\0\0")
    places += struct.pack("<HHII", 2, 5, 3, data_at + len(text)) + struct.pack("<I", 0)
    second = struct.pack("<H", 2)
    second += struct.pack("<HHII", 0x0201, 4, 1, data_at + len(gps))
    second += struct.pack("<HHII", 0x0202, 4, 1, len(thumbnail)) + struct.pack("<I", 0)
    return b"Exif\0\0II*\0" + struct.pack("<I", 8) + first + places + second + gps + thumbnail


def jpeg_exif(mark):
    return with_segments(segment(0xE1, exif(mark)))


def jpeg_thumbnail(mark):
    """The uncropped picture as the second directory's thumbnail."""
    inner = with_segments(segment(0xFE, mark.encode()))
    return with_segments(segment(0xE1, exif("x", inner)))


def jpeg_xmp(mark):
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>{mark}</dc:creator></x:xmpmeta>'
    return with_segments(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp.encode()))


def jpeg_iptc(mark):
    text = mark.encode()
    field = b"\x1c\x02\x50" + struct.pack(">H", len(text)) + text + b"\x1c\x02\x5a" + struct.pack(">H", len(text)) + text
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(field)) + field + b"\0" * (len(field) % 2)
    return with_segments(segment(0xED, b"Photoshop 3.0\0" + resource))


def jpeg_credentials(mark):
    """A manifest of content credentials, as JUMBF boxes in an APP11 segment."""
    label = b"c2pa\0" + mark.encode()
    box = struct.pack(">I4s", 8 + len(label), b"jumd") + label
    return with_segments(segment(0xEB, b"JP\0\1\0\0\0\1" + struct.pack(">I4s", 8 + len(box), b"jumb") + box))


def jpeg_comment(mark):
    return with_segments(segment(0xFE, mark.encode()))


def jpeg_profile(mark):
    return with_segments(segment(0xE2, b"ICC_PROFILE\0\1\1" + mark.encode()))


def jpeg_behind_the_end(mark):
    return JPEG + mark.encode() + JPEG


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*chunks, behind=b"", width=40, height=30):
    row = b"\0" + b"".join(bytes((x * 6 % 256, 40, 90)) for x in range(width))
    rows = row * height
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
            + behind)


def png_text(mark):
    text = mark.encode()
    return png(chunk(b"tEXt", b"Author\0" + text), chunk(b"zTXt", b"Comment\0\0" + zlib.compress(text)),
               chunk(b"iTXt", b"Title\0\0\0\0\0" + text), chunk(b"eXIf", exif(mark)[6:]), chunk(b"caBX", text),
               chunk(b"prVt", text), chunk(b"tIME", struct.pack(">HBBBBB", 2031, 1, 5, 4, 44, 1)))


def png_behind_the_end(mark):
    return png(behind=mark.encode() + png())


def wav(mark, seconds=2, rate=8000):
    """A tone with its maker in a LIST chunk, and something behind the end."""
    text = mark.encode() + b"\0" * (1 + (len(mark.encode()) + 1) % 2)
    info = b"INFO" + b"IART" + struct.pack("<I", len(text)) + text
    samples = b"".join(struct.pack("<h", 9000 if n // 20 % 2 else -9000) for n in range(seconds * rate))
    body = b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, rate, rate * 2, 2, 16)
    body += b"LIST" + struct.pack("<I", len(info)) + info + b"data" + struct.pack("<I", len(samples)) + samples
    return b"RIFF" + struct.pack("<I", len(body)) + body + mark.encode()
