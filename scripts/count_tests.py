"""Counts the test cases of Meson's JUnit reports: `count_tests.py REPORT…` prints PASSED FAILED SKIPPED.

A case is one sub-test where a test program names them (TAP), else the program. Failures are named on
standard error. A report that cannot be read counts as one failure.
"""
import sys
import xml.etree.ElementTree as tree

passed = failed = skipped = 0
for path in sys.argv[1:]:
    try:
        cases = list(tree.parse(path).iter("testcase"))
    except (OSError, tree.ParseError) as problem:
        print(f"{path}: {problem}", file=sys.stderr)
        failed += 1
        continue
    for case in cases:
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
            print(f"failed: {case.get('classname')} {case.get('name')}", file=sys.stderr)
        elif case.find("skipped") is not None:
            skipped += 1
        else:
            passed += 1
print(passed, failed, skipped)
