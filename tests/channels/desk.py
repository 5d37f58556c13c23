"""A made-up case on disk, and `bearout publish` on it."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

DAY = "2031-06-01"
TIME_LIMIT = 120

CASE = """case "The night shift"
    language en
voice mill "The Arlen weaving mill"
voice porter "A night porter with a limp"
    known-as "Shukhrat Yakubov"
    contact "porter.arlen@letters.example"
    note "Sister works at the Zelmira registry"
voice clerk "Odile Marchetti"
    contact "+44 7700 900461"
voice fitter "A fitter in hall two"
    known-as "Ostap Hrynchenko"
voice guard "A gatekeeper of the night shift"
    known-as "Wilhelmina Dornach"
record talk audio "Talk with the porter"
    file "media/talk-yakubov.wav"
    from porter
    on 2031-01-05
record radio audio "The clerk on the radio"
    file "media/radio.wav"
    by clerk
    on 2031-01-06
record wall image "The wall of hall two, taken by Hrynchenko"
    file "media/wall-hrynchenko.jpg"
    from fitter
record ledger document "The ledger of hall two"
    file "media/ledger"
    from fitter
claim locked "The doors of hall two were locked that night"
    accuses mill
    on 2030-12-20
claim knew "The management knew that they were"
    accuses mill
say porter locked saw at talk 0:01 "I tried every one of them."
say clerk locked saw at radio 0:01 "The keys hung behind my desk."
say guard locked saw "Not one would open."
say fitter knew saw "They were told in May."
say clerk knew saw
deny mill locked unstated "All doors were open."
terms porter unattributed
    on 2031-01-05
    at talk 0:00 "not my name"
    as "a person who worked there"
terms clerk on-record
    at radio 0:00 "This is Odile Marchetti."
terms fitter off-record
terms guard background
terms mill on-record
protect porter "Poplar Lane"
protect fitter "welding certificate"
ask mill locked
    on 2031-02-01
    by 2031-02-10
ask mill knew
    on 2031-02-01
    by 2031-02-10
    answered 2031-02-08
rule print people >= 1
rule allege any >= 1
"""

# All that must not be in anything that leaves, by its least common parts.
SECRETS = ["Yakubov", "Shukhrat", "Якубов", "letters.example", "Zelmira", "7700 900461", "Hrynchenko", "Ostap",
           "Dornach", "Wilhelmina", "Poplar Lane", "welding certificate", "night porter", "fitter in hall",
           "gatekeeper"]

HEAD = """---
slug: night-shift
language: en
---

# The doors of hall two [desk]
"""
BODY = """
The doors of hall two were locked that night [locked].
“I tried every one of them,” said a person who worked there [locked porter].
“The keys hung behind my desk,” said Odile Marchetti [locked clerk].
The mill denies it: “All doors were open.” [locked mill]
"""


def attest(check, subject):
    return f'attest {check} {subject} "Ines of the desk"\n    on 2031-05-20\n'


OF_ARTICLE = "".join(attest(check, "night-shift") for check in ("wording", "jigsaw", "guesses", "style"))
OF_WALL = attest("background", "wall") + attest("camera", "wall")
OF_RADIO = attest("voice", "radio") + attest("hum", "radio")
PICTURE = '\n![A grey wall with a door](wall "The wall, in spring")\n'


class Outcome:
    def __init__(self, done, site):
        self.code, self.said, self.errors = done.returncode, done.stdout, done.stderr
        self.files = {str(p.relative_to(site)): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}
        self.answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]

    @property
    def refusals(self):
        return [a for a in self.answers if "check" in a and not a["warning"]]

    @property
    def warnings(self):
        return [a for a in self.answers if "check" in a and a["warning"]]

    @property
    def checks(self):
        return {r["check"] for r in self.refusals}


class Desk:
    """A folder with a case, its pictures and sounds, and a draft."""

    def __init__(self, bearout):
        self.bearout = pathlib.Path(bearout).resolve()  # it runs in a folder of its own
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="channels-"))
        (self.folder / "media").mkdir()
        self.site = self.folder / "site"

    def close(self):
        shutil.rmtree(self.folder)

    def put(self, name, data):
        (self.folder / name).write_bytes(data)

    def run(self, *arguments, given="", **environment):
        return subprocess.run([self.bearout, *map(str, arguments)], cwd=self.folder, capture_output=True, text=True,
                              errors="replace", timeout=TIME_LIMIT, input=given, env={**os.environ, **environment})

    def publish(self, draft=HEAD + BODY, more="", case=CASE + OF_ARTICLE, name="draft.md", options=(), **environment):
        """`more`: entries behind the case's own."""
        (self.folder / "case.bo").write_text(case + more, encoding="utf-8")
        (self.folder / name).write_bytes(draft if isinstance(draft, bytes) else draft.encode())
        done = self.run("publish", "case.bo", name, "--to", self.site, "--as-of", DAY, "--json", *options,
                        **environment)
        return Outcome(done, self.site)
