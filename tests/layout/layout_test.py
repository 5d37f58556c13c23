"""The rules of the house that a compiler does not check, as TAP: `layout_test.py SOURCE-ROOT`.

A folder of src/, and parsers/, uses only folders that stand above it in docs/architecture.md; each foreign library is
seen in its own folders only; functions that must not be used are not; library code neither prints nor exits; files
are short, and open by saying what they are for.
"""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
source = root / "src"

# What each folder may include. A folder that is not here is a mistake too.
MAY_USE = {
    "base": "",
    "seal": "base",
    "notation": "base",
    "store": "base",
    "log": "base seal notation store",
    "case": "base notation",
    "standing": "base",
    "bearing": "base notation case standing",
    "rules": "base notation case standing bearing",
    "publish": "base seal",
    "gate": "base notation case standing bearing rules publish",
    "search": "base gate",
    "vault": "base seal store log",
    "ops": "base seal notation store vault log case standing bearing rules publish gate search parsers",
    "desk": "base seal notation vault log case standing bearing rules publish gate search ops",
    "cli": "base seal notation log case standing bearing rules publish gate search vault ops",
    "parsers": "base",
}

# Headers of a library, and the folders that may see them.
FOREIGN = {
    r"sodium(/.*)?\.h|sodium": "seal",
    r"openssl/.*": "seal ops",  # quick hashes; proofs of time
    r"sqlite3.*\.h": "store search",  # a file for one, memory for the other
    r"unicode/.*\.h": "notation publish gate search ops desk parsers",
    r"cmark.*\.h": "gate",
    r"jansson\.h": "desk ops",  # the page, and speech recognisers
    r"netdb\.h": "",  # nothing is sent anywhere
    r"sys/socket\.h|netinet/.*|arpa/.*|sys/un\.h|microhttpd\.h": "desk",  # which answers on this machine
    r"termios\.h|sys/ioctl\.h": "cli",
    r"signal\.h": "cli ops",
    r"spawn\.h": "ops cli",  # one file starts our own programs, another one the browser
    r"mupdf/.*|tesseract/.*|archive.*\.h|gmime/.*|libxml/.*|libexif/.*|lib(av|sw)\w+/.*|zlib\.h": "parsers",  # as below
    r"jpeglib\.h|jerror\.h|png\.h|webp/.*|lcms2.*\.h|sndfile\.h|lame/.*|seccomp\.h": "parsers",  # for the sandbox alone
}

BANNED = "strcpy strcat sprintf vsprintf gets strtok system popen alloca mktemp tmpnam tmpfile strncpy strncat".split()
BANNED_IN_LIBRARY = "printf vprintf puts putchar fputs fprintf vfprintf perror exit _exit getenv".split()
MOST_LINES = 900

files = sorted(p for top in (source, root / "parsers") for p in top.rglob("*") if p.suffix in (".c", ".h"))


def place(path):
    """The path as it is included."""
    return path.relative_to(source if path.is_relative_to(source) else root)


def folder(path):
    return place(path).parts[0]


def code(text):
    """The text without its comments and without what its strings say."""
    text = re.sub(r"/\*.*?\*/", lambda m: "\n" * m.group().count("\n"), text, flags=re.S)
    text = re.sub(r"//[^\n]*", "", text)
    return re.sub(r'"(\\.|[^"\\\n])*"', '""', text)


def includes(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
        if found:
            yield number, found.group(1), found.group(2)


def climbing():
    for path in files:
        here = folder(path)
        if here not in MAY_USE:
            yield f"{path}: the folder {here} has no place in the order"
            continue
        for number, quote, name in includes(path):
            there = name.split("/")[0]
            if quote == '"' and "/" not in name:
                yield f"{path}:{number}: '{name}' is included without its folder"
            elif place(path).as_posix() == "cli/desk.c" and there == "desk":
                continue  # the one door from the command line to the desk: docs/decisions
            elif quote == '"' and there != here and there not in MAY_USE[here].split():
                yield f"{path}:{number}: {here} may not use {there}"


def foreign():
    for path in files:
        for number, quote, name in includes(path):
            for pattern, owner in FOREIGN.items():
                if quote == "<" and re.fullmatch(pattern, name) and folder(path) not in owner.split():
                    yield f"{path}:{number}: <{name}> is for {owner or 'nobody'} only"


def calls(names, chosen):
    pattern = re.compile(r"(?<![\w.>])(" + "|".join(names) + r")\s*\(")
    for path in files:
        if not chosen(path):
            continue
        for number, line in enumerate(code(path.read_text(encoding="utf-8")).splitlines(), 1):
            for found in pattern.finditer(line):
                yield f"{path}:{number}: {found.group(1)}() is not used here"


def is_library(path):
    return folder(path) != "cli" and place(path).as_posix() not in ("parsers/main.c", "parsers/parse_main.c")


def long_files():
    for path in files:
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > MOST_LINES:
            yield f"{path}: {lines} lines; the most is {MOST_LINES}"


def headless():
    for path in files:
        if not path.read_text(encoding="utf-8").startswith("/*"):
            yield f"{path}: does not open by saying what it is for"


def guards():
    for path in files:
        if path.suffix == ".h":
            guard = str(place(path)).upper().replace("/", "_").replace(".", "_")
            if f"#ifndef {guard}\n#define {guard}\n" not in path.read_text(encoding="utf-8"):
                yield f"{path}: has no guard {guard}"


def broken_links():
    """Links of the documents that lead to no file."""
    for path in [p for p in root.glob("*.md")] + sorted((root / "docs").rglob("*.md")):
        code = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)  # shows links, and has none
        for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", code.sub("", path.read_text(encoding="utf-8"))):
            if "://" not in link and not (path.parent / link).exists():
                yield f"{path}: there is no {link}"


CHECKS = [
    ("no folder uses one that stands below it", climbing),
    ("each foreign library is seen in its own folders only", foreign),
    ("banned functions are not used", lambda: calls(BANNED, lambda path: True)),
    ("library code neither prints nor exits", lambda: calls(BANNED_IN_LIBRARY, is_library)),
    (f"no file is over {MOST_LINES} lines", long_files),
    ("each file opens by saying what it is for", headless),
    ("each header has its guard", guards),
    ("each link of a document leads somewhere", broken_links),
]

print(f"1..{len(CHECKS)}")
for number, (name, check) in enumerate(CHECKS, 1):
    problems = list(check())
    for problem in problems:
        print(f"# {problem}")
    print(f"{'not ok' if problems else 'ok'} {number} - {name}")
sys.exit(0)
