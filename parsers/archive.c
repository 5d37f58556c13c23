/* Archives: what is in them is handed over, file by file, and never held as a whole: libarchive.
 *
 * Encodings of names go through ICU (iconv.c). Programs are never started: only what the library itself knows of
 * compression is switched on. */
#include "parsers/member.h"
#include "parsers/parse.h"

#include "base/limits.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

enum { STEP = 64 << 10 };

struct reel {
    struct source *source;
    struct report *report;
    char bytes[STEP];
};

static la_ssize_t next(struct archive *a, void *context, const void **bytes)
{
    struct reel *reel = context;
    (void)a;
    size_t got = source_read(reel->source, reel->bytes, STEP);
    if (reel->source->at > reel->report->taken)
        reel->report->taken = reel->source->at;
    *bytes = reel->bytes;
    return (la_ssize_t)got;
}

static la_int64_t move(struct archive *a, void *context, la_int64_t offset, int whence)
{
    struct reel *reel = context;
    struct source *s = reel->source;
    (void)a;
    la_int64_t size = (la_int64_t)(s->whole ? s->here.length : s->size);
    la_int64_t to = offset + (whence == SEEK_END ? size : whence == SEEK_CUR ? (la_int64_t)s->at : 0);
    return to >= 0 && source_move(s, (uint64_t)to) ? to : ARCHIVE_FATAL;
}

static struct archive *open_reel(struct reel *reel)
{
    struct archive *a = archive_read_new();
    archive_read_support_filter_gzip(a);
    archive_read_support_filter_bzip2(a);
    archive_read_support_filter_xz(a);
    archive_read_support_filter_lzma(a);
    archive_read_support_filter_zstd(a);
    archive_read_support_filter_lz4(a);
    archive_read_support_filter_compress(a);
    archive_read_support_format_zip(a);
    archive_read_support_format_tar(a);
    archive_read_support_format_cpio(a);
    archive_read_support_format_ar(a);
    archive_read_support_format_7zip(a);
    archive_read_support_format_rar(a);
    archive_read_support_format_rar5(a);
    archive_read_support_format_cab(a);
    archive_read_support_format_iso9660(a);
    archive_read_support_format_lha(a);
    archive_read_set_read_callback(a, next);
    if (source_can_move(reel->source))
        archive_read_set_seek_callback(a, move);
    archive_read_set_callback_data(a, reel);
    return a;
}

static struct text name_of(struct archive_entry *entry)
{
    const char *name = archive_entry_pathname_utf8(entry);
    if (!name)
        name = archive_entry_pathname(entry);
    return text_of(name ? name : "");
}

/* Hands one member over. false: nothing further is to be unpacked. */
static bool hand_over(struct archive *a, struct archive_entry *entry, struct report *r)
{
    static char bytes[STEP];
    if (!report_child(r, name_of(entry)))
        return false;
    for (;;) {
        la_ssize_t got = archive_read_data(a, bytes, STEP);
        if (got == 0) {
            report_close(r, true);
            return true;
        }
        bool locked = got < 0 && archive_entry_is_encrypted(entry);
        if (got < 0)
            report_note(r, locked ? PARSE_LOCKED : PARSE_BROKEN);
        if (got < 0 || !report_bytes(r, (struct text){bytes, (size_t)got})) {
            report_close(r, false);
            return got != ARCHIVE_FATAL && got < 0;
        }
    }
}

int next_member(struct archive *a, struct archive_entry **entry)
{
    errno = 0;
    return archive_read_next_header(a, entry);
}

/* A line for each member: what an archive says is the list of what is in it. */
static void list(struct archive_entry *entry, struct report *r)
{
    report_text(r, name_of(entry));
    report_line(r);
}

static bool all_members(struct archive *a, struct report *r)
{
    struct archive_entry *entry;
    size_t members = 0;
    for (;;) {
        int result = next_member(a, &entry);
        if (result == ARCHIVE_EOF)
            return true;
        if (result == ARCHIVE_RETRY || result == ARCHIVE_FATAL || members++ > 2 * LIMIT_PARSE_CHILDREN)
            return false;
        if (archive_entry_filetype(entry) != AE_IFREG)
            continue;
        list(entry, r);
        if (!hand_over(a, entry, r))
            return true; /* noted */
    }
}

void archive_read(struct source *s, struct report *r)
{
    struct reel *reel = malloc(sizeof *reel);
    *reel = (struct reel){.source = s, .report = r};
    source_move(s, 0);
    struct archive *a = open_reel(reel);
    if (archive_read_open1(a) != ARCHIVE_OK || !all_members(a, r))
        report_note(r, archive_format(a) && archive_read_has_encrypted_entries(a) == 1 ? PARSE_LOCKED : PARSE_BROKEN);
    archive_read_free(a);
    free(reel);
}

/* One file compressed by itself: the file inside is its one child. */
void squeezed_read(struct source *s, struct report *r)
{
    struct reel *reel = malloc(sizeof *reel);
    *reel = (struct reel){.source = s, .report = r};
    source_move(s, 0);
    struct archive *a = open_reel(reel);
    archive_read_support_format_raw(a);
    archive_read_support_format_empty(a);
    if (archive_read_open1(a) != ARCHIVE_OK || !all_members(a, r))
        report_note(r, PARSE_BROKEN);
    archive_read_free(a);
    free(reel);
}

/* Looks each filter and format up once, and asks for the time and the place that libarchive wants to know. */
void archive_warm(void)
{
    static const char empty[1024];
    wchar_t wide[4];
    setlocale(LC_CTYPE, "C.UTF-8"); /* names of members are UTF-8, or what they are said to be in */
    mbstowcs(wide, "\xc3\xa4", 4);
    struct source s;
    struct report none = {.put = NULL};
    source_memory(&s, (struct text){empty, sizeof empty});
    struct reel *reel = malloc(sizeof *reel);
    *reel = (struct reel){.source = &s, .report = &none};
    struct archive *a = open_reel(reel);
    struct archive_entry *entry;
    if (archive_read_open1(a) == ARCHIVE_OK)
        next_member(a, &entry);
    archive_read_free(a);
    free(reel);
    source_release(&s);
}
