#!/bin/sh
# completion_test.sh BEAROUT SHELL: what is printed for the shell is a script that it reads without a word; and, in bash,
# completes a command, a flag and a file. TAP.
bearout=$1 shell=$2
if ! command -v "$shell" >/dev/null; then
    echo "1..0 # SKIP there is no $shell here"
    exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$bearout" --completion "$shell" >"$folder/script" || exit 1

report() { # report NUMBER NAME RESULT
    [ "$3" = 0 ] && echo "ok $1 - $2" || echo "not ok $1 - $2"
}

complete_in_bash() { # complete_in_bash EXPECTED WORD…
    expected=$1
    shift
    # shellcheck disable=SC2016 # for the inner shell
    bash -c '. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _bearout; printf "%s\n" "${COMPREPLY[@]}"' \
        "$folder/script" "$@" | grep -qx -e "$expected"
}

if [ "$shell" != bash ]; then
    echo 1..1
    said=$("$shell" -n "$folder/script" 2>&1) && [ -z "$said" ]
    report 1 "$shell reads it" $?
    exit 0
fi
echo 1..5
said=$(bash -n "$folder/script" 2>&1) && [ -z "$said" ]
report 1 "bash reads it" $?
complete_in_bash stand bearout st
report 2 "a command" $?
complete_in_bash --json bearout stand --j
report 3 "a flag" $?
cd "$folder" && touch a.bo
complete_in_bash a.bo bearout stand a
report 4 "a file" $?
complete_in_bash verify bearout help ver
report 5 "a command to have explained" $?
