#!/usr/bin/env python3
"""Counts the parts into which a case's claims fall: claims joined by inference or contradiction are one part.

Usage: count_parts.py CASE.bo        (a text in the notation; docs/scale.md says what the figures mean)
"""
import collections
import sys

above = {}


def find(claim):
    while above.setdefault(claim, claim) != claim:
        above[claim] = above[above[claim]]
        claim = above[claim]
    return claim


def join(a, b):
    above[find(a)] = find(b)


statements = collections.Counter()
for line in open(sys.argv[1], encoding="utf-8"):
    words = line.split()
    if not words or line[0].isspace():
        continue
    if words[0] == "claim":
        find(words[1])
    elif words[0] == "infer":
        statements[words[2]] += 1
        for premise in words[words.index("from") + 1 :]:
            if premise.startswith('"'):
                break
            join(words[2], premise)
    elif words[0] == "contradict":
        for other in words[2:]:
            join(words[1], other)
    elif words[0] in ("say", "deny"):
        statements[words[2]] += 1

claims = collections.Counter(find(claim) for claim in list(above))
said = collections.Counter()
for claim, count in statements.items():
    said[find(claim)] += count
print(
    "%d claims in %d parts, %d of them of one claim; the largest has %d claims, the heaviest %d statements"
    % (len(above), len(claims), sum(1 for c in claims.values() if c == 1), max(claims.values()), max(said.values()))
)
