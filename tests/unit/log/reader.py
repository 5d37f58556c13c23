#!/usr/bin/env python3
"""A second reader of case files, written from docs/case-file.md alone: it holds the page to what the program does.

    reader.py CASE PASSPHRASE [EXPECTED]

prints the anchor and the text of a case, or compares them with the file EXPECTED. It checks what the page says a reader
checks, shares no code with the program, and is for tests: it keeps its secrets in no safe place.
"""
import ctypes
import ctypes.util
import hashlib
import sqlite3
import struct
import sys

sodium = ctypes.CDLL(ctypes.util.find_library("sodium"))
sodium.sodium_init()
long = ctypes.c_ulonglong


def digest(data):
    return hashlib.blake2b(data, digest_size=32).digest()


def unseal(key, beside, sealed):
    out, length = ctypes.create_string_buffer(len(sealed)), long()
    failed = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
        out, ctypes.byref(length), None, sealed[24:], long(len(sealed) - 24), beside, long(len(beside)), sealed[:24], key)
    assert not failed, "a seal does not open"
    return out.raw[: length.value]


def check(public, message, signature):
    failed = sodium.crypto_sign_verify_detached(signature, message, long(len(message)), public)
    assert not failed, "a signature does not hold"


def passphrase_key(body, passphrase):
    kind, passes, kib = struct.unpack("<BII", body[:9])
    key, word = ctypes.create_string_buffer(32), passphrase.encode()
    failed = kind != 1 or sodium.crypto_pwhash(
        key, long(32), word, long(len(word)), body[9:25], long(passes), ctypes.c_size_t(kib * 1024), 2)
    assert not failed, "the passphrase slot cannot be used"
    return key.raw


def tables(payload):
    size, = struct.unpack("<I", payload[:4])
    assert not any(payload[4 + size:]), "the padding is not zeros"
    time, entries = struct.unpack("<QI", payload[4:16])
    rest, found = payload[16:4 + size], []
    for _ in range(4):
        length, = struct.unpack("<I", rest[:4])
        found.append(rest[4:4 + length])
        rest = rest[4 + length:]
    return time, entries, found, rest


def rows_of_heads(table):
    return {table[i:i + 32]: struct.unpack("<Q", table[i + 32:i + 40])[0] for i in range(0, len(table), 40)}


def rows_of_strings(table):
    while table:
        at, voice = struct.unpack("<IB", table[:5])
        table = table[5 + voice:]
        slot, length = table[:16], struct.unpack("<I", table[16:20])[0]
        yield at, slot, table[20:20 + length]
        table = table[20 + length:]


def rows_of_retracts(table):
    return [struct.unpack("<IBQ", table[i:i + 13]) for i in range(0, len(table), 13)]


def read(path, passphrase):
    file = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
    slots = {}
    for name, wrapped in file.execute("SELECT id, wrapped FROM slot"):
        summed = digest(b"bearout slot 1" + bytes([len(name)]) + name + wrapped[:-16])
        assert summed[:16] == wrapped[-16:], "a checksum does not fit"
        slots[name] = wrapped[:-16]
    case = slots[b"case"][:32]
    key = unseal(passphrase_key(slots[b"pass"], passphrase), b"bearout pass 1", slots[b"pass"][25:])
    unseal(key, b"bearout case 1" + case, slots[b"case"][32:])

    heads, batches = {}, []
    for device, seq, prev, cipher, signature in file.execute("SELECT * FROM batch ORDER BY device, seq"):
        check(case, b"bearout device 1" + case + device, slots[b"device:" + device])
        last, hashed = heads.get(device, (0, bytes(32)))
        assert seq == last + 1 and prev == hashed, "a chain is broken"
        header = b"bearout batch 1\0" + case + device + struct.pack("<Q", seq) + prev
        content = digest(header + cipher)
        check(device, content, signature)
        heads[device] = seq, digest(content + signature)
        time, entries, found, text = tables(unseal(key, header, cipher))
        batches.append((time, device, seq, entries, found, text))
    for device, (seq, hashed) in heads.items():
        body = slots[b"head:" + device]
        assert body[:40] == struct.pack("<Q", seq) + hashed, "a head is not the last batch"
        check(device, b"bearout head 1" + case + device + body[:40], body[40:])
    batches.sort(key=lambda batch: batch[:3])

    ends = sorted((device, seq, hashed) for device, (seq, hashed) in heads.items())
    anchor = digest(b"bearout anchor 1" + case + b"".join(d + struct.pack("<Q", s) + h for d, s, h in ends)).hex()
    anchor += "".join(".%s:%d" % (d.hex()[:16], s) for d, s, _ in ends)
    return anchor, "".join(text_of(batches, place, slots, key, case) for place in range(len(batches)))


def seen_numbers(batches, place):
    """The merged numbers of all entries that the writer of a batch had before it, in order, and of its own."""
    _, device, seq, _, (heads, _, _, _), _ = batches[place]
    seen = {**rows_of_heads(heads), device: seq}
    numbers, number = [], 0
    for _, other, its, entries, _, _ in batches[:place + 1]:
        if its <= seen.get(other, 0):
            numbers.extend(range(number + 1, number + entries + 1))
        number += entries
    return numbers


def text_of(batches, place, slots, key, case):
    _, _, _, _, (_, strings, _, retracts), text = batches[place]
    pieces = []
    for at, slot, sealed in rows_of_strings(strings):
        word = b"forgotten"
        if b"voice:" + slot in slots:
            voice = unseal(key, b"bearout voice 1" + case + slot, slots[b"voice:" + slot])
            word = b'"' + unseal(voice, b"bearout string 1" + case + slot, sealed) + b'"'
        pieces.append((at, 0, word))
    for at, digits, number in rows_of_retracts(retracts):
        pieces.append((at, digits, str(seen_numbers(batches, place)[number - 1]).encode()))
    done, out = 0, b""
    for at, length, word in sorted(pieces, key=lambda piece: piece[0]):
        out, done = out + text[done:at] + word, at + length
    return (out + text[done:]).decode()


def main():
    anchor, text = read(sys.argv[1], sys.argv[2])
    said = "# %s\n%s" % (anchor, text)
    if len(sys.argv) < 4:
        sys.stdout.write(said)
    elif said != open(sys.argv[3], encoding="utf-8").read():
        sys.exit("the case does not read as expected:\n" + said)


main()
