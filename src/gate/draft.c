/* A draft, block by block: see draft.h. cmark makes the tree; what a page has no form for is a fault, and every line of
 * the source has become something or is one (the address of a link that stands apart would vanish without a trace). */
#include "gate/drafting.h"

#include "base/limits.h"
#include "base/memory.h"
#include "notation/notation.h"
#include "publish/article.h"

enum { LOWEST_HEADING = 4, DEEPEST_LIST = 4 };

struct reading {
    struct drafting g;
    struct flat flat, words;
    cites cites;
    bool headed;         /* the headline was met */
    bool early;          /* something stands before it, and was blamed */
    bool under_headline; /* nothing but it was met so far */
    bool media_open;     /* the last block is of pictures, and more may join it */
};

/* --- places --- */

static uint32_t characters(struct text whole, size_t from, size_t to)
{
    uint32_t n = 0;
    for (; from < to; from++)
        n += ((unsigned char)whole.at[from] & 0xc0) != 0x80;
    return n;
}

/* The line of the body that a byte is on, from 0. */
static size_t line_of(const struct drafting *g, size_t offset)
{
    size_t low = 0, high = g->lines.count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (g->lines.at[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

void drafting_place(struct drafting *g, size_t offset, uint32_t *line, uint32_t *column)
{
    size_t n = line_of(g, offset);
    if (g->seen.line != n + 1) {
        g->seen.offset = g->lines.at[n];
        g->seen.line = (uint32_t)n + 1;
        g->seen.column = 1;
    }
    if (offset < g->seen.offset)
        g->seen.column -= characters(g->whole, offset, g->seen.offset);
    else
        g->seen.column += characters(g->whole, g->seen.offset, offset);
    g->seen.offset = offset;
    *line = g->settings_lines + g->seen.line;
    *column = g->seen.column;
}

struct text drafting_keep(struct drafting *g, struct text t)
{
    if (!t.length)
        return TEXT("");
    char *copy = memory_copy(t.at, t.length);
    vector_push(&g->d->kept, copy);
    return (struct text){copy, t.length};
}

static size_t first_line(cmark_node *node)
{
    return (size_t)cmark_node_get_start_line(node) - 1;
}

static size_t node_offset(const struct drafting *g, cmark_node *node)
{
    size_t at = g->lines.at[first_line(node)] + (size_t)cmark_node_get_start_column(node) - 1;
    return at < g->whole.length ? at : g->whole.length;
}

static void cover(struct drafting *g, size_t first, size_t behind)
{
    for (size_t i = first; i < behind && i < g->covered.count; i++)
        g->covered.at[i] = true;
}

/* The lines of words up to `end`; of a heading that is underlined, one more. */
static void cover_words(struct drafting *g, cmark_node *block, size_t end)
{
    bool underlined = cmark_node_get_type(block) == CMARK_NODE_HEADING && g->whole.at[node_offset(g, block)] != '#';
    cover(g, first_line(block), line_of(g, end) + 1 + underlined);
}

/* All lines up to the next block: of one that is refused it is no matter where it ends. */
static void cover_refused(struct drafting *g, cmark_node *node)
{
    size_t first = first_line(node);
    while (node && !cmark_node_next(node))
        node = cmark_node_parent(node);
    cover(g, first, node ? first_line(cmark_node_next(node)) : g->covered.count);
}

static void refuse(struct drafting *g, cmark_node *node, const char *what, const char *mend)
{
    faults_add(g->faults, g->whole, node_offset(g, node), "%s", what);
    faults_mend(g->faults, "%s", mend);
    cover_refused(g, node);
}

/* --- blocks --- */

static struct draft_block *begin_block(struct reading *r, enum draft_kind kind, cmark_node *node)
{
    struct draft *d = r->g.d;
    struct draft_block b = {.kind = kind,
                            .first = (uint32_t)(kind == DRAFT_MEDIA ? d->media.count : d->sentences.count),
                            .line = r->g.settings_lines + (uint32_t)first_line(node) + 1};
    vector_push(&d->blocks, b);
    return &d->blocks.at[d->blocks.count - 1];
}

static void end_block(struct reading *r)
{
    struct draft *d = r->g.d;
    struct draft_block *b = &d->blocks.at[d->blocks.count - 1];
    b->count = (uint32_t)(b->kind == DRAFT_MEDIA ? d->media.count : d->sentences.count) - b->first;
    d->blocks.count -= b->count == 0;
}

/* The sign that the paragraph behind this one starts with. */
static UChar32 next_sign(const struct drafting *g, cmark_node *node)
{
    cmark_node *next = cmark_node_next(node);
    return next && cmark_node_get_type(next) == CMARK_NODE_PARAGRAPH ? sign_at(g->whole, node_offset(g, next)) : 0;
}

/* Reads a paragraph or heading into r->flat and r->words; false where it cannot be. */
static bool read_words(struct reading *r, cmark_node *node, bool quoted)
{
    r->g.next_starts = next_sign(&r->g, node);
    if (!flat_read(&r->g, node, quoted, &r->flat)) {
        cover_refused(&r->g, node);
        return false;
    }
    cover_words(&r->g, node, r->flat.end);
    return true;
}

static void refuse_pictures(struct reading *r)
{
    for (size_t i = 0; i < r->flat.pictures.count; i++) {
        faults_add(r->g.faults, r->g.whole, r->flat.pictures.at[i].from, "a picture or sound stands among words");
        faults_mend(r->g.faults, "put it into a paragraph of its own, with an empty line before and behind it");
    }
}

/* Where a comment was not read as one, it would be printed. */
static void refuse_comment_signs(struct reading *r)
{
    static const char *const signs[] = {"<!--", "-->"};
    struct text t = buffer_text(&r->flat.text);
    for (size_t i = 0; i < 2; i++) {
        const char *at = t.length ? memmem(t.at, t.length, signs[i], strlen(signs[i])) : NULL;
        if (!at)
            continue;
        faults_add(r->g.faults, r->g.whole, flat_source(&r->flat, (uint32_t)(at - t.at)),
                   "'%s' stands among words that would be printed", signs[i]);
        faults_mend(r->g.faults, "a comment is <!-- words -->, without '--' among its words");
        return;
    }
}

static bool is_table_line(struct text line)
{
    bool bar = false, dash = false;
    for (size_t i = 0; i < line.length; i++) {
        if (!strchr("|-: \t>\r", line.at[i]))
            return false;
        bar |= line.at[i] == '|';
        dash |= line.at[i] == '-';
    }
    return bar && dash;
}

static struct text line_text(const struct drafting *g, size_t line)
{
    size_t at = g->lines.at[line], end = line + 1 < g->lines.count ? g->lines.at[line + 1] : g->whole.length;
    if (end > at && g->whole.at[end - 1] == '\n')
        end--;
    return (struct text){g->whole.at + at, end - at};
}

static void refuse_table(struct reading *r, cmark_node *node)
{
    for (size_t line = first_line(node), last = line_of(&r->g, r->flat.end); line <= last; line++) {
        if (!is_table_line(line_text(&r->g, line)))
            continue;
        faults_add(r->g.faults, r->g.whole, r->g.lines.at[line], "a table stands in the draft; a page prints none");
        faults_mend(r->g.faults, "write a list or sentences instead");
        return;
    }
}

/* Takes r->flat for words: its citations, its sentences. */
static void write_words(struct reading *r)
{
    refuse_pictures(r);
    refuse_comment_signs(r);
    sentences_write(&r->g, &r->words, &r->cites);
}

static void refuse_links(struct reading *r, const char *where)
{
    for (size_t i = 0; i < r->words.pieces.count; i++) {
        const struct piece *p = &r->words.pieces.at[i];
        if (!p->href.length)
            continue;
        faults_add(r->g.faults, r->g.whole, p->from, "a link stands in %s, which is printed without any", where);
        faults_mend(r->g.faults, "put the link into the text");
        return;
    }
}

/* --- headline, standfirst, headings --- */

static bool is_all_emphasis(const struct flat *f)
{
    for (size_t i = 0; i < f->pieces.count; i++)
        if (!(f->pieces.at[i].style & SPAN_EMPHASIS))
            return false;
    return f->pieces.count > 0;
}

static void check_level(struct reading *r, cmark_node *node, int level)
{
    size_t at = node_offset(&r->g, node);
    if (level < 2) {
        faults_add(r->g.faults, r->g.whole, at, "a second headline; a draft has one, its first heading");
        faults_mend(r->g.faults, "write ## for a heading in the text");
    } else if (level > LOWEST_HEADING) {
        faults_add(r->g.faults, r->g.whole, at, "a heading of level %d; expected ##, ### or ####", level);
        faults_mend(r->g.faults, "take a higher level");
    }
}

static void read_heading(struct reading *r, cmark_node *node)
{
    int level = cmark_node_get_heading_level(node);
    bool headline = !r->headed;
    r->headed = true;
    r->under_headline = headline;
    if (!read_words(r, node, false))
        return;
    if (!headline)
        check_level(r, node, level);
    cites_take(&r->g, &r->flat, &r->words, &r->cites);
    if (headline && !r->words.text.length) {
        faults_add(r->g.faults, r->g.whole, node_offset(&r->g, node), "the headline has no words");
        faults_mend(r->g.faults, "write it behind the #");
    }
    if (headline)
        refuse_links(r, "the headline");
    begin_block(r, headline ? DRAFT_HEADLINE : DRAFT_HEADING, node)->level = (uint8_t)(headline ? 1 : level);
    write_words(r);
    end_block(r);
}

/* --- pictures and sounds --- */

/* Alt text or caption: one line of plain words; kept. */
static struct text plain(struct drafting *g, struct text t, size_t from, const char *what)
{
    struct buffer joined = {0}, scratch = {0};
    struct faults found = {0};
    struct text ready = TEXT("");
    for (size_t i = 0; i < t.length; i++) {
        bool blank = strchr(" \t\r\n", t.at[i]);
        if (!blank)
            buffer_char(&joined, t.at[i]);
        else if (joined.length && joined.at[joined.length - 1] != ' ')
            buffer_char(&joined, ' ');
    }
    if (joined.length && joined.at[joined.length - 1] == ' ')
        joined.length--;
    bool clean = notation_prepare(buffer_text(&joined), &scratch, &ready, &found) == 0;
    if (!clean || memchr(t.at, '[', t.length)) {
        faults_add(g->faults, g->whole, from,
                   clean ? "the %s holds brackets, and cites nothing" : "the %s holds what is no letter", what);
        faults_mend(g->faults,
                    clean ? "say what is there to see or hear, and put the rest into a sentence" : "take it out");
    }
    struct text kept = clean ? drafting_keep(g, ready) : TEXT("");
    buffer_release(&joined);
    buffer_release(&scratch);
    faults_release(&found);
    return kept;
}

static bool is_record_id(struct text t)
{
    bool fits = t.length && t.length <= LIMIT_ID && !strchr("._-", t.at[0]);
    for (size_t i = 0; i < t.length; i++) {
        char c = t.at[i];
        fits &= (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || strchr("._-", c);
    }
    return fits;
}

static void check_picture(struct drafting *g, const struct picture_mark *p)
{
    struct buffer quoted = {0};
    text_quote(p->record, 60, &quoted);
    if (!is_record_id(p->record)) {
        faults_add(g->faults, g->whole, p->from,
                   "'%s' is not a record's id; expected one of the case, as in ![words](id \"caption\")",
                   quoted.at ? quoted.at : "");
        faults_mend(g->faults, "name the record: what is printed is of the case alone");
    } else if (!p->alt.length) {
        faults_add(g->faults, g->whole, p->from, "'%s' has no words for those who cannot see or hear it", quoted.at);
        faults_mend(g->faults, "write ![what there is to see or hear](%s)", quoted.at);
    } else if (p->linked) {
        faults_add(g->faults, g->whole, p->from, "'%s' stands in a link", quoted.at);
        faults_mend(g->faults, "take it out of the link");
    }
    buffer_release(&quoted);
}

static void read_media(struct reading *r, cmark_node *node)
{
    struct drafting *g = &r->g;
    if (!r->media_open)
        begin_block(r, DRAFT_MEDIA, node);
    for (size_t i = 0; i < r->flat.pictures.count; i++) {
        const struct picture_mark *p = &r->flat.pictures.at[i];
        struct draft_media m = {.record = p->record};
        check_picture(g, p);
        m.alt = plain(g, p->alt, p->from, "alt text");
        m.caption = plain(g, p->caption, p->from, "caption");
        drafting_place(g, p->from, &m.line, &m.column);
        vector_push(&g->d->media, m);
    }
    end_block(r);
    r->media_open = true;
}

static bool is_media(const struct flat *f)
{
    for (size_t i = 0; i < f->text.length; i++)
        if (f->text.at[i] != ' ' && f->text.at[i] != '\t')
            return false;
    return f->pictures.count > 0;
}

/* --- paragraphs, quotes, lists --- */

static void read_paragraph(struct reading *r, cmark_node *node)
{
    bool under_headline = r->under_headline, media_open = r->media_open;
    r->under_headline = r->media_open = false;
    if (!read_words(r, node, false))
        return;
    if (is_media(&r->flat)) {
        r->media_open = media_open;
        read_media(r, node);
        return;
    }
    refuse_table(r, node);
    cites_take(&r->g, &r->flat, &r->words, &r->cites);
    bool standfirst = under_headline && is_all_emphasis(&r->words);
    for (size_t i = 0; standfirst && i < r->words.pieces.count; i++)
        r->words.pieces.at[i].style &= (uint8_t)~SPAN_EMPHASIS;
    if (standfirst)
        refuse_links(r, "the standfirst");
    begin_block(r, standfirst ? DRAFT_STANDFIRST : DRAFT_PARAGRAPH, node);
    write_words(r);
    end_block(r);
}

static void read_html(struct reading *r, cmark_node *node)
{
    struct text left = text_of(cmark_node_get_literal(node));
    size_t lines = 0;
    bool comment = false;
    for (size_t i = 0; i < left.length; i++)
        lines += left.at[i] == '\n';
    for (;;) {
        while (left.length && strchr(" \t\r\n", left.at[0]))
            left = (struct text){left.at + 1, left.length - 1};
        if (!left.length) {
            cover(&r->g, first_line(node), first_line(node) + lines);
            return;
        }
        if (!text_starts(left, TEXT("<!--")))
            break;
        const char *end = memmem(left.at + 2, left.length - 2, "-->", 3);
        if (!end) {
            refuse(&r->g, node, "a comment is left open", "close it with -->");
            return;
        }
        comment = true;
        left = (struct text){end + 3, left.length - (size_t)(end + 3 - left.at)};
    }
    if (comment)
        refuse(&r->g, node, "words stand behind a comment on its line, and would not be read",
               "put them on a line of their own");
    else
        refuse(&r->g, node, "HTML stands in the draft; expected CommonMark without it",
               "leave it out, or write \\< for a sign of your own");
}

/* What no page has a form for. */
static void refuse_block(struct reading *r, cmark_node *node, const char *within)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HTML_BLOCK:
        read_html(r, node);
        break;
    case CMARK_NODE_CODE_BLOCK:
        refuse(&r->g, node, "code stands in the draft; a page prints none",
               "start the lines without blanks or backticks, as a paragraph");
        break;
    case CMARK_NODE_THEMATIC_BREAK:
        refuse(&r->g, node, "a line across the page stands in the draft; a page prints none",
               "leave it out, or write a heading");
        break;
    default:
        refuse(&r->g, node, within, "put it behind an empty line, without an indent");
        break;
    }
}

static void read_quote(struct reading *r, cmark_node *node)
{
    begin_block(r, DRAFT_PULL_QUOTE, node);
    for (cmark_node *child = cmark_node_first_child(node); child; child = cmark_node_next(child)) {
        if (cmark_node_get_type(child) != CMARK_NODE_PARAGRAPH) {
            refuse_block(r, child, "a pull quote holds something else than paragraphs");
        } else if (read_words(r, child, true)) {
            refuse_table(r, child);
            cites_take(&r->g, &r->flat, &r->words, &r->cites);
            write_words(r);
        }
    }
    end_block(r);
}

static void read_item(struct reading *r, cmark_node *paragraph, unsigned level, bool ordered)
{
    if (!read_words(r, paragraph, false))
        return;
    refuse_table(r, paragraph);
    cites_take(&r->g, &r->flat, &r->words, &r->cites);
    struct draft_block *b = begin_block(r, DRAFT_ITEM, paragraph);
    b->level = (uint8_t)level;
    b->ordered = ordered;
    write_words(r);
    end_block(r);
}

static void read_list(struct reading *r, cmark_node *list, unsigned level);

static void read_item_parts(struct reading *r, cmark_node *item, unsigned level, bool ordered)
{
    bool worded = false;
    for (cmark_node *child = cmark_node_first_child(item); child; child = cmark_node_next(child)) {
        cmark_node_type type = cmark_node_get_type(child);
        if (type == CMARK_NODE_PARAGRAPH && !worded)
            read_item(r, child, level, ordered);
        else if (type == CMARK_NODE_PARAGRAPH)
            refuse(&r->g, child, "an item of a list has a second paragraph",
                   "make one of the two, or an item of its own");
        else if (type == CMARK_NODE_LIST && level < DEEPEST_LIST && worded)
            read_list(r, child, level + 1);
        else if (type == CMARK_NODE_LIST)
            refuse(&r->g, child, worded ? "lists stand in lists more than four deep" : "an item of a list has no words",
                   worded ? "make it flatter" : "write them in front of the list that stands in it");
        else
            refuse_block(r, child, "an item of a list holds something else than words");
        worded |= type == CMARK_NODE_PARAGRAPH;
    }
}

static void read_list(struct reading *r, cmark_node *list, unsigned level)
{
    bool ordered = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
    if (ordered && cmark_node_get_list_start(list) != 1) {
        faults_add(r->g.faults, r->g.whole, node_offset(&r->g, list),
                   "a list counts from %d; on a page they count from 1", cmark_node_get_list_start(list));
        faults_mend(r->g.faults, "write \\. behind a number that is none of a list");
    }
    for (cmark_node *item = cmark_node_first_child(list); item; item = cmark_node_next(item))
        read_item_parts(r, item, level, ordered);
}

static void read_block(struct reading *r, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (!r->headed && !r->early && type != CMARK_NODE_HEADING && type != CMARK_NODE_HTML_BLOCK) {
        faults_add(r->g.faults, r->g.whole, node_offset(&r->g, node), "something stands before the headline");
        faults_mend(r->g.faults, "start the draft with '# ' and the headline");
        r->early = true;
    }
    if (type == CMARK_NODE_PARAGRAPH) {
        read_paragraph(r, node);
        return;
    }
    r->media_open = false;
    if (type == CMARK_NODE_HTML_BLOCK) {
        read_html(r, node);
        return;
    }
    r->under_headline = false;
    if (type == CMARK_NODE_HEADING)
        read_heading(r, node);
    else if (type == CMARK_NODE_BLOCK_QUOTE)
        read_quote(r, node);
    else if (type == CMARK_NODE_LIST)
        read_list(r, node, 1);
    else
        refuse_block(r, node, "this cannot stand in a draft");
}

/* --- the whole --- */

/* What is left of a line without quote marks, list marks and blanks. */
static struct text bare(struct text line)
{
    while (line.length && strchr(" \t\r>*+-", line.at[0]))
        line = (struct text){line.at + 1, line.length - 1};
    while (line.length && strchr(" \t\r", line.at[line.length - 1]))
        line.length--;
    return line;
}

static bool is_blank_line(struct text line)
{
    for (size_t i = 0; i < line.length; i++)
        if (!strchr(" \t\r>", line.at[i]))
            return false;
    return true;
}

/* Lines of which nothing became anything. */
static void refuse_lost_lines(struct drafting *g)
{
    for (size_t i = 0; i < g->lines.count; i++) {
        struct text line = line_text(g, i), words = bare(line);
        if (g->covered.at[i] || is_blank_line(line))
            continue;
        if (memchr(words.at, '[', words.length)) {
            faults_add(g->faults, g->whole, (size_t)(words.at - g->whole.at),
                       "addresses that stand apart from their words ('[words]: …') are not read");
            faults_mend(g->faults, "write [words](https://…) where the words stand");
        } else {
            faults_add(g->faults, g->whole, g->lines.at[i], "nothing is read on this line");
            faults_mend(g->faults, "write the words of the item, or take the line out");
        }
    }
}

static void find_lines(struct drafting *g)
{
    for (size_t at = g->body; at < g->whole.length || !g->lines.count;) {
        vector_push(&g->lines, (uint32_t)at);
        vector_push(&g->covered, false);
        const char *end = at < g->whole.length ? memchr(g->whole.at + at, '\n', g->whole.length - at) : NULL;
        at = end ? (size_t)(end - g->whole.at) + 1 : g->whole.length;
    }
}

static void read_body(struct reading *r)
{
    struct drafting *g = &r->g;
    struct text body = {g->whole.at + g->body, g->whole.length - g->body};
    cmark_node *document = cmark_parse_document(body.at ? body.at : "", body.length, CMARK_OPT_SOURCEPOS);
    for (cmark_node *node = cmark_node_first_child(document); node; node = cmark_node_next(node))
        read_block(r, node);
    cmark_node_free(document);
    refuse_lost_lines(g);
    if (!r->headed && !r->early) {
        faults_add(g->faults, g->whole, g->body, "the draft has no headline");
        faults_mend(g->faults, "start it with '# ' and the headline");
    }
}

static void read_prepared(struct reading *r, struct text language)
{
    struct drafting *g = &r->g;
    settings_read(g);
    find_lines(g);
    g->language = draft_setting(g->d, "language");
    if (!g->language.length)
        g->language = language;
    sentences_open(g);
    read_body(r);
    sentences_close(g);
    flat_release(&r->flat);
    flat_release(&r->words);
    vector_release(&r->cites);
    vector_release(&g->lines);
    vector_release(&g->covered);
}

static bool is_too_large(struct text source, struct faults *faults)
{
    size_t brackets = 0;
    for (size_t i = 0; i < source.length && source.length <= LIMIT_DRAFT; i++)
        brackets += source.at[i] == '[';
    if (source.length > LIMIT_DRAFT)
        faults_add(faults, source, 0, "the draft has %zu bytes, more than the limit of %u (LIMIT_DRAFT)", source.length,
                   LIMIT_DRAFT);
    else if (brackets > LIMIT_DRAFT_BRACKETS)
        faults_add(faults, source, 0,
                   "the draft has %zu brackets that open, more than the limit of %u "
                   "(LIMIT_DRAFT_BRACKETS)",
                   brackets, LIMIT_DRAFT_BRACKETS);
    else
        return false;
    faults_mend(faults, "make several articles of it");
    return true;
}

int draft_read(struct text source, struct text language, struct draft *out, struct faults *faults)
{
    struct buffer scratch = {0};
    size_t before = faults->count + faults->beyond;
    struct reading r = {.g = {.d = out, .faults = faults}};
    *out = (struct draft){0};
    if (is_too_large(source, faults))
        return -1;
    if (notation_prepare(source, &scratch, &r.g.whole, faults) == 0)
        read_prepared(&r, language);
    faults_sort(faults);
    buffer_release(&scratch);
    return faults->count + faults->beyond > before ? -1 : 0;
}

void draft_release(struct draft *d)
{
    for (size_t i = 0; i < d->kept.count; i++)
        free(d->kept.at[i]);
    vector_release(&d->kept);
    vector_release(&d->blocks);
    vector_release(&d->sentences);
    vector_release(&d->citations);
    vector_release(&d->quotations);
    vector_release(&d->spans);
    vector_release(&d->media);
    vector_release(&d->settings);
}

struct text draft_setting(const struct draft *d, const char *name)
{
    for (size_t i = 0; i < d->settings.count; i++)
        if (text_equal(d->settings.at[i].name, text_of(name)))
            return d->settings.at[i].value;
    return TEXT("");
}
