# shellcheck shell=sh
# What ./run and ./check share: finding what is missing, installing it, building. POSIX sh, to be sourced
# with the root of the source as the working folder.
#
# Whatever goes wrong ends in a sentence and, where a tool said more, in its own last lines.

say() {
    printf '%s\n' "$*"
}

give_up() {
    say "$@" >&2
    exit 1
}

# ---- what is missing ----

missing=''

# need PACKAGE WHAT COMMAND…: WHAT, in Debian's PACKAGE, is there if the command succeeds.
need() {
    package=$1 what=$2
    shift 2
    "$@" >/dev/null 2>&1 && return
    case " $missing " in *" $package "*) ;; *) missing="$missing $package" ;; esac
    missing_words="$missing_words
  $what"
}

have() {
    command -v "$1"
}

library() {
    pkg-config --exists "$1"
}

# Is there a C header? Asked of the compiler, which knows where it looks.
header() {
    printf '#include <%s>\n' "$1" | cc -E -
}

need_to_build() {
    need gcc 'a C17 compiler (GCC 12 or Clang 14)' have cc
    need libc6-dev "the C library's headers" header stdlib.h
    need meson 'Meson 1.0 or newer' have meson
    need ninja-build 'Ninja' have ninja
    need pkgconf 'pkg-config' have pkg-config
    need libsodium-dev 'libsodium, with headers' library libsodium
    need libssl-dev "OpenSSL's libcrypto 3, with headers" library libcrypto
    need libsqlite3-dev 'SQLite 3, with headers' library sqlite3
    need libicu-dev 'ICU, with headers' library icu-uc
    need libmicrohttpd-dev 'libmicrohttpd, with headers' library libmicrohttpd
    need libjansson-dev 'jansson, with headers' library jansson
    need libcmark-dev 'cmark, with headers' library libcmark
    need libjpeg62-turbo-dev 'libjpeg-turbo, with headers' library libjpeg
    need libpng-dev 'libpng, with headers' library libpng
    need libwebp-dev 'libwebp, with headers' library libwebp
    need liblcms2-dev 'Little CMS 2, with headers' library lcms2
    need libsndfile1-dev 'libsndfile, with headers' library sndfile
    need libmp3lame-dev 'LAME, with headers' header lame/lame.h
    need libseccomp-dev 'libseccomp, with headers' library libseccomp
    need libxml2-dev 'libxml2, with headers' library libxml-2.0
    need libarchive-dev 'libarchive, with headers' library libarchive
    need libgmime-3.0-dev 'GMime, with headers' library gmime-3.0
    need libmupdf-dev 'MuPDF, with headers' header mupdf/fitz.h
    need libharfbuzz-dev 'HarfBuzz, for MuPDF' library harfbuzz
    need libfreetype-dev 'FreeType, for MuPDF' library freetype2
    need libjbig2dec0-dev 'jbig2dec, for MuPDF' header jbig2.h
    need libopenjp2-7-dev 'OpenJPEG, for MuPDF' library libopenjp2
    need libmujs-dev 'MuJS, for MuPDF' header mujs.h
    need libgumbo-dev 'Gumbo, for MuPDF' library gumbo
    need libtesseract-dev 'Tesseract, with headers' library tesseract
    need tesseract-ocr-eng 'what Tesseract knows of English' test -e /usr/share/tesseract-ocr/5/tessdata/eng.traineddata
    need libexif-dev 'libexif, with headers' library libexif
    need libavformat-dev 'the libraries of FFmpeg, with headers' library libavformat
    need libavcodec-dev 'the libraries of FFmpeg, with headers' library libavcodec
    need libswresample-dev 'the libraries of FFmpeg, with headers' library libswresample
}

need_to_check() {
    need gcc 'GCC' have gcc
    need clang 'Clang, with its sanitizer and fuzzer runtime' have clang
    need "libclang-rt-$(clang_version)-dev" 'the runtime of Clang: sanitizers and libFuzzer' clang_runtime
    need libcmocka-dev 'cmocka, with headers' library cmocka
    need valgrind 'Valgrind' have valgrind
    need libc6-dbg 'the symbols of the C library, for Valgrind' valgrind --error-exitcode=1 true
    need python3 'Python 3' have python3
    need libglpk-dev 'GLPK, with headers: the independent solver of the property tests' header glpk.h
    need gringo 'clingo, in the package gringo: another solver that the engine is held against' have clingo
    need minisign 'minisign, to check signatures as a reader would' have minisign
    need mandoc 'mandoc, to check the manual page' have mandoc
    need nodejs 'Node.js 18 or newer, to drive the browser' have node
    need npm 'npm, to install what drives it' have npm
    need chromium 'Chromium, to see pages as readers do' have chromium
    need fonts-noto-core 'fonts for pages in any script' test -e /usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf
    need tidy 'tidy, to check the HTML' have tidy
    need libxml2-utils 'xmllint, to check the feed' have xmllint
}

# The version that Debian's `clang` stands for: 14 in Debian 12.
clang_version() {
    version=$(apt-cache depends clang 2>/dev/null | sed -n 's/.*Depends: clang-\([0-9]*\)$/\1/p')
    echo "${version:-14}"
}

clang_runtime() {
    echo 'int LLVMFuzzerTestOneInput(const unsigned char *d, unsigned long n) { return d == 0 && n > 1; }' |
        clang -fsanitize=fuzzer,address,undefined -x c - -o /dev/null
}

# Runs as root: as we are, or through sudo where that asks nothing.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

can_be_root() {
    [ "$(id -u)" = 0 ] || sudo -n true
}

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 "$@" </dev/null
}

# provide FUNCTION…: each of which calls need(). Installs what is missing where that is possible.
provide() {
    missing='' missing_words=''
    for f in "$@"; do "$f"; done
    [ -n "$missing" ] || return 0
    if ! have apt-get >/dev/null; then
        give_up "These are missing:$missing_words
Install them with this system's package manager, and call again."
    fi
    if ! can_be_root >/dev/null 2>&1; then
        give_up "These are missing:$missing_words
Install them with:
  sudo apt-get install$missing"
    fi
    say "Installing with apt-get:$missing"
    log=$(mktemp)
    # shellcheck disable=SC2086 # a list of words
    if ! { apt update && apt install --no-install-recommends $missing; } >"$log" 2>&1; then
        tail -n 12 "$log" >&2
        rm -f "$log"
        give_up "apt-get could not install:$missing"
    fi
    rm -f "$log"
    missing='' missing_words=''
    for f in "$@"; do "$f"; done
    [ -z "$missing" ] || give_up "These are still missing after installation:$missing_words"
}

# ---- building ----

# build FOLDER [MESON-OPTION…]: sets it up where it is not, and builds. With CC set, by that compiler.
build() {
    folder=$1
    shift
    log=$(mktemp)
    if [ ! -f "$folder/build.ninja" ]; then
        rm -rf "$folder"
        meson setup "$folder" "$@" >"$log" 2>&1
    fi && ninja -C "$folder" >>"$log" 2>&1
    built=$?
    if [ "$built" != 0 ]; then
        say "The build in $folder failed:" >&2
        grep -E -A6 'error|warning|FAILED|ERROR' "$log" >&2 || tail -n 30 "$log" >&2
    fi
    rm -f "$log"
    return "$built"
}
