/* Documents of office programs (DOCX, XLSX, PPTX, ODT, ODS, ODP, EPUB): XML in a ZIP file.
 *
 * The parts that hold words are unpacked, within bounds, and walked through; pictures and whatever else is embedded
 * are handed over as files inside. */
#include "parsers/member.h"
#include "parsers/xml.h"

#include "base/limits.h"
#include "base/vector.h"

#include <archive.h>
#include <archive_entry.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- unpacking ---- */

struct part {
    char *name;
    struct buffer bytes;
};

struct parts {
    VECTOR(struct part) all;
    uint64_t total, zip;
};

enum { STEP = 64 << 10, MOST_PARTS = 20000 };

static void parts_release(struct parts *p)
{
    for (size_t i = 0; i < p->all.count; i++) {
        free(p->all.at[i].name);
        buffer_release(&p->all.at[i].bytes);
    }
    vector_release(&p->all);
}

static const struct part *find(const struct parts *p, const char *name)
{
    for (size_t i = 0; i < p->all.count; i++)
        if (strcmp(p->all.at[i].name, name) == 0)
            return &p->all.at[i];
    return NULL;
}

static bool take_bytes(struct archive *a, struct parts *p, struct buffer *out, struct report *r)
{
    static char bytes[STEP];
    la_ssize_t got;
    while ((got = archive_read_data(a, bytes, STEP)) > 0) {
        p->total += (uint64_t)got;
        bool bomb = p->total > (64u << 20) && p->total / LIMIT_PARSE_RATIO > p->zip;
        if (bomb || p->total > LIMIT_PARSE_INPUT) {
            report_note(r, bomb ? PARSE_BOMB : PARSE_TOO_LARGE);
            return false;
        }
        buffer_add(out, bytes, (size_t)got);
    }
    if (got < 0)
        report_note(r, PARSE_BROKEN);
    return true;
}

static bool is_wanted(const char *name)
{
    static const char *const wanted[] = {"[[]Content_Types].xml",
                                         "mimetype",
                                         "content.xml",
                                         "meta.xml",
                                         "docProps/*.xml",
                                         "word/*.xml",
                                         "xl/*.xml",
                                         "xl/worksheets/*.xml",
                                         "ppt/slides/*.xml",
                                         "ppt/notesSlides/*.xml",
                                         "*.xhtml",
                                         "*.htm",
                                         "*.html",
                                         "*.opf"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (fnmatch(wanted[i], name, 0) == 0)
            return true;
    return false;
}

static struct archive *open_zip(struct text zip)
{
    struct archive *a = archive_read_new();
    archive_read_support_format_zip(a);
    if (archive_read_open_memory(a, zip.at, zip.length) == ARCHIVE_OK)
        return a;
    archive_read_free(a);
    return NULL;
}

static void unpack(struct text zip, struct parts *p, struct report *r)
{
    struct archive *a = open_zip(zip);
    struct archive_entry *entry;
    p->zip = zip.length;
    while (a && next_member(a, &entry) >= ARCHIVE_WARN && p->all.count < MOST_PARTS) {
        const char *name = archive_entry_pathname(entry);
        if (!name || !is_wanted(name))
            continue;
        struct part part = {.name = memory_copy(name, strlen(name))};
        bool going = take_bytes(a, p, &part.bytes, r);
        vector_push(&p->all, part);
        if (!going)
            break;
    }
    if (a)
        archive_read_free(a);
}

/* Pictures and other files that are embedded. */
static void hand_over_embedded(struct text zip, struct report *r)
{
    static const char *const embedded[] = {
        "word/media/*",     "word/embeddings/*", "xl/media/*", "xl/embeddings/*", "ppt/media/*",
        "ppt/embeddings/*", "Pictures/?*",       "*.jpg",      "*.jpeg",          "*.png"};
    static char bytes[STEP];
    struct archive *a = open_zip(zip);
    struct archive_entry *entry;
    bool going = true;
    r->taken = zip.length;
    while (a && going && next_member(a, &entry) >= ARCHIVE_WARN) {
        const char *name = archive_entry_pathname(entry);
        bool wanted = false;
        for (size_t i = 0; name && i < sizeof embedded / sizeof *embedded; i++)
            wanted = wanted || fnmatch(embedded[i], name, 0) == 0;
        if (!wanted || archive_entry_filetype(entry) != AE_IFREG)
            continue;
        const char *slash = strrchr(name, '/');
        if (!report_child(r, text_of(slash ? slash + 1 : name)))
            break;
        la_ssize_t got = 0;
        while (going && (got = archive_read_data(a, bytes, STEP)) > 0)
            going = report_bytes(r, (struct text){bytes, (size_t)got});
        report_close(r, going && got == 0);
    }
    if (a)
        archive_read_free(a);
}

/* ---- walking ---- */

static bool is(const char *name, const char *wanted)
{
    return strcmp(name, wanted) == 0;
}

struct document {
    struct walker walker;
    struct report *report;
    bool in_text, in_row;
    unsigned hidden;
    /* of a spreadsheet */
    VECTOR(char *) strings;
    struct buffer value;
    bool shared, in_value;
    /* of metadata */
    const char *fact;
};

static void walk(struct document *d, const struct part *part, void (*start)(void *, const char *),
                 void (*end)(void *, const char *), void (*text)(void *, struct text))
{
    struct buffer utf8 = {0};
    if (!part)
        return;
    d->walker = (struct walker){.start = start, .end = end, .text = text, .context = d, .report = d->report};
    d->in_text = d->in_row = d->in_value = false;
    d->hidden = 0;
    if (xml_decode(buffer_text(&part->bytes), &utf8))
        xml_walk(buffer_text(&utf8), &d->walker);
    buffer_release(&utf8);
    report_line(d->report);
}

/* Names of parts in their order: "sheet2" before "sheet10". */
static int by_number(const void *a, const void *b)
{
    return strverscmp(((const struct part *)a)->name, ((const struct part *)b)->name);
}

/* ---- facts ---- */

static const struct {
    const char *element, *fact;
} facts[] = {
    {"creator", "author"},
    {"initial-creator", "first-author"},
    {"lastModifiedBy", "changed-by"},
    {"title", "title"},
    {"subject", "subject"},
    {"description", "description"},
    {"keywords", "keywords"},
    {"keyword", "keywords"},
    {"created", "made-on"},
    {"creation-date", "made-on"},
    {"modified", "changed-on"},
    {"date", "changed-on"},
    {"Application", "made-with"},
    {"generator", "made-with"},
    {"Company", "company"},
    {"Manager", "manager"},
    {"Template", "template"},
    {"TotalTime", "edited-minutes"},
    {"editing-duration", "edited-for"},
    {"printed-by", "printed-by"},
    {"lastPrinted", "printed-on"},
    {"print-date", "printed-on"},
    {"language", "language"},
};

static void fact_start(void *context, const char *name)
{
    struct document *d = context;
    d->fact = NULL;
    buffer_clear(&d->value);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        if (is(name, facts[i].element))
            d->fact = facts[i].fact;
}

static void fact_end(void *context, const char *name)
{
    struct document *d = context;
    (void)name;
    if (d->fact)
        report_fact(d->report, d->fact, (struct text){d->value.at ? d->value.at : "", d->value.length});
    d->fact = NULL;
}

static void value_text(void *context, struct text t)
{
    struct document *d = context;
    if (d->value.length < (1u << 20))
        buffer_text_add(&d->value, t);
}

static void tell_facts(struct document *d, const struct parts *p, const char *name)
{
    const struct part *part = find(p, name);
    walk(d, part, fact_start, fact_end, value_text);
}

/* ---- Word and PowerPoint ---- */

static void word_start(void *context, const char *name)
{
    struct document *d = context;
    if (is(name, "t") || is(name, "delText"))
        d->in_text = true;
    else if (is(name, "tab"))
        report_text(d->report, TEXT("\t"));
    else if (is(name, "br") || is(name, "cr"))
        report_text(d->report, TEXT("\n"));
    else if (is(name, "tr"))
        d->in_row = true;
    else if (is(name, "ins") || is(name, "del") || is(name, "comment"))
        report_fact(d->report, "changed-by", walker_attribute(&d->walker, "author"));
}

static void word_end(void *context, const char *name)
{
    struct document *d = context;
    if (is(name, "t") || is(name, "delText"))
        d->in_text = false;
    else if (is(name, "p") && !d->in_row)
        report_text(d->report, TEXT("\n"));
    else if (is(name, "tc"))
        report_text(d->report, TEXT("\t"));
    else if (is(name, "tr")) {
        d->in_row = false;
        report_line(d->report);
    }
}

static void word_text(void *context, struct text t)
{
    struct document *d = context;
    if (d->in_text)
        report_text(d->report, t);
}

static void read_word(struct document *d, struct parts *p)
{
    static const char *const further[] = {"word/header*.xml", "word/footer*.xml", "word/footnotes.xml",
                                          "word/endnotes.xml", "word/comments.xml"};
    walk(d, find(p, "word/document.xml"), word_start, word_end, word_text);
    for (size_t f = 0; f < sizeof further / sizeof *further; f++)
        for (size_t i = 0; i < p->all.count; i++)
            if (fnmatch(further[f], p->all.at[i].name, 0) == 0)
                walk(d, &p->all.at[i], word_start, word_end, word_text);
}

static void read_slides(struct document *d, struct parts *p)
{
    for (size_t i = 0; i < p->all.count; i++)
        if (fnmatch("ppt/*lides/*.xml", p->all.at[i].name, 0) == 0) {
            report_gap(d->report);
            walk(d, &p->all.at[i], word_start, word_end, word_text);
        }
}

/* ---- Excel ---- */

static void string_start(void *context, const char *name)
{
    struct document *d = context;
    if (is(name, "si"))
        buffer_clear(&d->value);
    d->in_value = is(name, "t");
    if (is(name, "rPh"))
        d->hidden++;
}

static void string_end(void *context, const char *name)
{
    struct document *d = context;
    d->in_value = false;
    if (is(name, "rPh") && d->hidden)
        d->hidden--;
    if (is(name, "si"))
        vector_push(&d->strings, memory_copy(d->value.length ? d->value.at : "", d->value.length));
}

static void string_text(void *context, struct text t)
{
    struct document *d = context;
    if (d->in_value && !d->hidden)
        value_text(d, t);
}

static void cell_start(void *context, const char *name)
{
    struct document *d = context;
    if (is(name, "c")) {
        d->shared = text_equal(walker_attribute(&d->walker, "t"), TEXT("s"));
        buffer_clear(&d->value);
    }
    d->in_value = is(name, "v") || is(name, "t");
}

static void cell_end(void *context, const char *name)
{
    struct document *d = context;
    d->in_value = false;
    if (is(name, "row"))
        report_line(d->report);
    if (!is(name, "c"))
        return;
    size_t number = d->shared && d->value.length ? strtoul(d->value.at, NULL, 10) : SIZE_MAX;
    if (d->shared && number < d->strings.count)
        report_text(d->report, text_of(d->strings.at[number]));
    else if (!d->shared && d->value.length)
        report_text(d->report, buffer_text(&d->value));
    report_text(d->report, TEXT("\t"));
}

static void cell_text(void *context, struct text t)
{
    struct document *d = context;
    if (d->in_value)
        value_text(d, t);
}

static void sheet_start(void *context, const char *name)
{
    struct document *d = context;
    if (is(name, "sheet"))
        report_fact(d->report, "sheet", walker_attribute(&d->walker, "name"));
}

static void read_sheets(struct document *d, struct parts *p)
{
    walk(d, find(p, "xl/workbook.xml"), sheet_start, NULL, NULL);
    walk(d, find(p, "xl/sharedStrings.xml"), string_start, string_end, string_text);
    for (size_t i = 0; i < p->all.count; i++)
        if (fnmatch("xl/worksheets/*.xml", p->all.at[i].name, 0) == 0) {
            report_gap(d->report);
            walk(d, &p->all.at[i], cell_start, cell_end, cell_text);
        }
    for (size_t i = 0; i < d->strings.count; i++)
        free(d->strings.at[i]);
    vector_release(&d->strings);
}

/* ---- OpenDocument ---- */

static void open_start(void *context, const char *name)
{
    struct document *d = context;
    if (is(name, "body"))
        d->in_text = true;
    else if (is(name, "table"))
        report_gap(d->report);
    else if (is(name, "tab"))
        report_text(d->report, TEXT("\t"));
    else if (is(name, "line-break"))
        report_text(d->report, TEXT("\n"));
    else if (is(name, "s"))
        report_text(d->report, TEXT(" "));
    else if (is(name, "table-row"))
        d->in_row = true;
    else if (is(name, "page"))
        report_gap(d->report);
}

static void open_end(void *context, const char *name)
{
    struct document *d = context;
    if ((is(name, "p") || is(name, "h")) && !d->in_row)
        report_text(d->report, TEXT("\n"));
    else if (is(name, "p") || is(name, "h"))
        report_text(d->report, TEXT(" "));
    else if (is(name, "table-cell"))
        report_text(d->report, TEXT("\t"));
    else if (is(name, "table-row")) {
        d->in_row = false;
        report_line(d->report);
    } else if (is(name, "creator") && d->in_text)
        report_text(d->report, TEXT(": "));
}

static void read_open(struct document *d, struct parts *p)
{
    tell_facts(d, p, "meta.xml");
    walk(d, find(p, "content.xml"), open_start, open_end, word_text);
}

/* ---- EPUB ---- */

static void read_book(struct document *d, struct parts *p)
{
    for (size_t i = 0; i < p->all.count; i++) {
        const char *name = p->all.at[i].name;
        if (fnmatch("*.opf", name, 0) == 0)
            tell_facts(d, p, name);
        else if (fnmatch("*htm*", name, 0) == 0) {
            report_gap(d->report);
            html_text(buffer_text(&p->all.at[i].bytes), d->report);
        }
    }
}

/* ---- which ---- */

static void properties(struct document *d, struct parts *p)
{
    tell_facts(d, p, "docProps/core.xml");
    tell_facts(d, p, "docProps/app.xml");
}

#define OOXML "application/vnd.openxmlformats-officedocument."

/* The kind that the document is of, by the part that each has. */
static const struct {
    const char *part, *media;
    void (*read)(struct document *, struct parts *);
} kinds[] = {
    {"word/document.xml", OOXML "wordprocessingml.document", read_word},
    {"xl/workbook.xml", OOXML "spreadsheetml.sheet", read_sheets},
    {"ppt/slides/slide1.xml", OOXML "presentationml.presentation", read_slides},
};

/* OpenDocument and EPUB say what they are in their first part. */
static const char *says(const struct parts *p, char room[64])
{
    const struct part *part = find(p, "mimetype");
    size_t length = part ? part->bytes.length : 0;
    while (length && strchr("\r\n ", part->bytes.at[length - 1]))
        length--;
    if (!length || length >= 64 || !text_starts(buffer_text(&part->bytes), TEXT("application/")))
        return NULL;
    for (size_t i = 0; i < length; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789/+.-", part->bytes.at[i]) || !part->bytes.at[i])
            return NULL;
    memcpy(room, part->bytes.at, length);
    room[length] = '\0';
    return room;
}

static bool read_document(struct document *d, struct parts *p)
{
    char room[64];
    const char *said = says(p, room);
    if (said && strcmp(said, "application/epub+zip") == 0) {
        report_media(d->report, said);
        read_book(d, p);
        return true;
    }
    if (said && find(p, "content.xml")) {
        report_media(d->report, said);
        read_open(d, p);
        return true;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (find(p, kinds[i].part) && find(p, "[Content_Types].xml")) {
            report_media(d->report, kinds[i].media);
            properties(d, p);
            kinds[i].read(d, p);
            return true;
        }
    return false;
}

bool office_read(struct text zip, struct report *r)
{
    struct parts parts = {0};
    struct document d = {.report = r};
    unpack(zip, &parts, r);
    if (parts.all.count)
        qsort(parts.all.at, parts.all.count, sizeof *parts.all.at, by_number);
    bool is_document = read_document(&d, &parts);
    if (is_document)
        hand_over_embedded(zip, r);
    parts_release(&parts);
    buffer_release(&d.value);
    return is_document;
}

void zip_read(struct source *s, struct report *r)
{
    struct text all;
    bool small = s->whole || (s->moves && s->size <= LIMIT_PARSE_INPUT);
    if (small && source_all(s, r, &all) && office_read(all, r))
        return;
    report_media(r, "application/zip");
    archive_read(s, r);
}
