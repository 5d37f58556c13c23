"""Counts the test cases of a Meson build: `count_tests.py FOLDER` prints PASSED FAILED SKIPPED of its last run.

A case is one sub-test where a test program names them (TAP), else the program. A program that ran out of time or ended
badly is a failure of its own, whatever its sub-tests said before. Failures are named on standard error.
"""
import json
import pathlib
import sys
import xml.etree.ElementTree as tree

logs = pathlib.Path(sys.argv[1]) / "meson-logs"
passed = skipped = 0
failures = []

for case in tree.parse(logs / "testlog.junit.xml").iter("testcase"):
    if case.find("failure") is not None or case.find("error") is not None:
        failures.append((case.get("classname"), case.get("name")))
    elif case.find("skipped") is not None:
        skipped += 1
    else:
        passed += 1

for line in (logs / "testlog.json").read_text(encoding="utf-8").splitlines():
    test = json.loads(line)
    seen = any(name == test["name"] or place.endswith("." + test["name"]) for place, name in failures)
    if test["result"] not in ("OK", "SKIP", "EXPECTEDFAIL") and not seen:
        failures.append((test["name"], test["result"].lower()))

for place, name in failures:
    print(f"failed: {place} {name}", file=sys.stderr)
print(passed, len(failures), skipped)
