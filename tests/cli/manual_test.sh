#!/bin/sh
# manual_test.sh BEAROUT: the manual page holds every command and is one that mandoc and groff read without a word. TAP.
bearout=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$bearout" --manual >"$folder/bearout.1" || exit 1
echo 1..3

missing=$("$bearout" --help | sed -n '/^Commands/,/^Flags/s/^  \([a-z]*\) .*/\1/p' |
    while read -r command; do grep -q "^\.SS bearout $command" "$folder/bearout.1" || echo "# no $command"; done)
[ -z "$missing" ] && echo 'ok 1 - every command is in it' || printf '%s\nnot ok 1 - every command is in it\n' "$missing"

check() { # check NUMBER TOOL COMMAND…
    number=$1 tool=$2
    shift 2
    if ! command -v "$tool" >/dev/null; then
        echo "ok $number - $tool reads it # SKIP there is no $tool here"
    elif said=$("$@" 2>&1 >/dev/null) && [ -z "$said" ]; then
        echo "ok $number - $tool reads it"
    else
        echo "$said" | sed 's/^/# /'
        echo "not ok $number - $tool reads it"
    fi
}

check 2 mandoc sh -c 'mandoc -Tlint -W warning "$0" >&2' "$folder/bearout.1"
check 3 groff groff -man -ww -Tutf8 -z "$folder/bearout.1"
