"""bearout-parse over real files that this system's packages ship, and over broken ones made of them, as TAP.

`corpus.py HELPER [MOST]` reads at most MOST files, spread over the kinds (default 400). None may crash the helper, hang it, or make
a library try what the sandbox forbids; and most of each kind must say something.
"""
import collections
import concurrent.futures
import os
import pathlib
import random
import sys

import frames
import made

helper, most = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 400
PLACES = [pathlib.Path(p) for p in ("/usr/share", "/usr/lib/python3", "/usr/lib/python3.11", "/usr/include/boost", "/var/lib/dpkg")] + [
    pathlib.Path(p) for p in os.environ.get("BEAROUT_CORPUS", "").split(":") if p]
KINDS = "txt md html htm xml svg pdf docx odt ods odp xlsx pptx rtf eml mbox jpg jpeg png gif tiff webp bmp ppm wav ogg oga mp3 flac mp4 webm mkv avi au aiff zip tar gz bz2 xz whl epub jar".split()


def found():
    kinds = collections.defaultdict(list)
    for place in PLACES:
        for folder, _, names in os.walk(place):
            for name in names:
                kind = name.rsplit(".", 1)[-1].lower()
                path = os.path.join(folder, name)
                if kind in KINDS and len(kinds[kind]) < 4000 and os.path.isfile(path) and os.path.getsize(path) < 8 << 20:
                    kinds[kind].append(path)
    return kinds


def chosen(kinds):
    """As many of each kind as there are, in turn, until there are enough; the same each time."""
    for paths in kinds.values():
        paths.sort()
        random.Random(len(paths)).shuffle(paths)
    out = []
    for turn in range(max(map(len, kinds.values()), default=0)):
        for kind in sorted(kinds):
            if turn < len(kinds[kind]) and len(out) < most:
                out.append((kind, kinds[kind][turn]))
    return out


def wrong_with(answer, is_broken):
    if answer is None:
        return "took too long"
    if answer.wrong:
        return "the answer is malformed"
    if answer.status != 0 and (not is_broken or answer.status == -31):
        return f"ended with {answer.status}"
    return None


def try_one(number, path):
    with open(path, "rb") as file:
        whole = frames.run(helper, file, "read", 300)
        file.seek(0)
        content = made.broken(file.read(), number)
    return whole, frames.run(helper, content, "read", 300)


files = chosen(found())
said, tried = collections.Counter(), collections.Counter()
bad = []
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    for (kind, path), (whole, broken) in zip(files, pool.map(lambda n: try_one(n[0], n[1][1]), enumerate(files))):
        for name, answer in (("", whole), ("broken ", broken)):
            if wrong_with(answer, bool(name)):
                bad.append(f"{name}{path}: {wrong_with(answer, bool(name))}")
        tried[kind] += 1
        said[kind] += bool(whole and (whole.text or whole.children or whole.milliseconds or whole.size or whole.notes))
silent = [kind for kind in tried if said[kind] * 2 < tried[kind]]
print("1..2")
for line in bad:
    print(f"# {line}")
print(f"{'not ok' if bad else 'ok'} 1 - {len(files)} files of {len(tried)} kinds and as many broken ones end well")
print(f"# said something: {' '.join(f'{k} {said[k]}/{tried[k]}' for k in sorted(tried))}")
print(f"{'not ok' if silent else 'ok'} 2 - most files of each kind say something {' '.join(silent)}")
