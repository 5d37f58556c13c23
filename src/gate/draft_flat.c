/* The words of a block and where they stand: cmark's tree and the source, walked side by side.
 *
 * Every node says what has to stand at the cursor next (a delimiter, a bracket, these letters, a line's end), so the
 * walk never searches: either both agree to the last byte, or something is there that cmark took away. */
#include "gate/drafting.h"

#include "notation/notation.h"
#include "publish/article.h"

struct walk {
    struct drafting *g;
    struct flat *f;
    const char *at, *end; /* the cursor; the end of the whole */
    bool quoted;          /* in a block quote: lines may start with '>' */
    bool raw;             /* in an autolink: no escapes */
    bool apart;           /* a link's address stands elsewhere */
    uint32_t emphasis, strong;
    struct text href;
    uint32_t hidden; /* in so many pictures: words are their alt text */
    struct buffer alt;
};

void flat_clear(struct flat *f)
{
    buffer_clear(&f->text);
    f->pieces.count = f->brackets.count = f->pictures.count = 0;
}

void flat_release(struct flat *f)
{
    buffer_release(&f->text);
    vector_release(&f->pieces);
    vector_release(&f->brackets);
    vector_release(&f->pictures);
}

static bool continues(const struct piece *last, uint32_t at, const struct piece *like)
{
    uint32_t next = last->alike ? last->from + (at - last->at) : last->from;
    return last->alike == like->alike && next == like->from && last->style == like->style &&
           last->href.at == like->href.at;
}

void flat_add(struct flat *f, struct text t, struct piece like)
{
    like.at = (uint32_t)f->text.length;
    if (!f->pieces.count || !continues(&f->pieces.at[f->pieces.count - 1], like.at, &like))
        vector_push(&f->pieces, like);
    buffer_text_add(&f->text, t);
}

const struct piece *flat_piece(const struct flat *f, uint32_t at)
{
    size_t low = 0, high = f->pieces.count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (f->pieces.at[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return &f->pieces.at[low];
}

size_t flat_source(const struct flat *f, uint32_t at)
{
    const struct piece *p = flat_piece(f, at);
    return p->alike ? p->from + (at - p->at) : p->from;
}

static size_t offset_of(const struct walk *w)
{
    return (size_t)(w->at - w->g->whole.at);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_sign(char c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

static void skip_blanks(struct walk *w)
{
    while (w->at < w->end && is_blank(*w->at))
        w->at++;
}

/* '>' and what may stand before it; a line that goes on without it is the paragraph's all the same. */
static void skip_quote_mark(struct walk *w)
{
    const char *at = w->at;
    unsigned columns = 0;
    for (; at < w->end && is_blank(*at) && columns <= 3; at++)
        columns = *at == '\t' ? 4 : columns + 1;
    if (at < w->end && *at == '>' && columns <= 3)
        w->at = at + 1;
}

/* To the first word of the next line. */
static bool next_line(struct walk *w)
{
    const char *end = memchr(w->at, '\n', (size_t)(w->end - w->at));
    if (!end)
        return false;
    w->at = end + 1;
    if (w->quoted)
        skip_quote_mark(w);
    skip_blanks(w);
    return true;
}

/* Blanks, and line ends with what stands before the next line's words. */
static void skip_space(struct walk *w)
{
    skip_blanks(w);
    while (w->at < w->end && (*w->at == '\n' || *w->at == '\r') && next_line(w))
        ;
}

static bool take_char(struct walk *w, char c)
{
    if (w->at == w->end || *w->at != c)
        return false;
    w->at++;
    return true;
}

static struct piece piece_here(const struct walk *w, bool alike)
{
    return (struct piece){.from = (uint32_t)offset_of(w),
                          .alike = alike,
                          .style = (uint8_t)((w->emphasis ? SPAN_EMPHASIS : 0) | (w->strong ? SPAN_STRONG : 0)),
                          .href = w->href};
}

/* Words that were read: of the block, or of a picture's alt text. */
static void put(struct walk *w, struct text t, bool alike)
{
    if (w->hidden)
        buffer_text_add(&w->alt, t);
    else
        flat_add(w->f, t, piece_here(w, alike));
}

/* --- letters --- */

/* What an entity stands for: asked of cmark itself. "" where it is none. */
static size_t entity_decode(struct text entity, char out[16])
{
    cmark_node *document = cmark_parse_document(entity.at, entity.length, CMARK_OPT_DEFAULT);
    cmark_node *text = cmark_node_first_child(document);
    text = text ? cmark_node_first_child(text) : NULL;
    const char *literal = text ? cmark_node_get_literal(text) : NULL;
    size_t length = literal ? strlen(literal) : 0;
    if (length >= 16 || (length == entity.length && !memcmp(literal, entity.at, length)))
        length = 0;
    if (length)
        memcpy(out, literal, length);
    cmark_node_free(document);
    return length;
}

/* The length of what has the form of an entity, else 0. */
static size_t entity_length(const struct walk *w)
{
    enum { LONGEST = 34 };
    size_t left = (size_t)(w->end - w->at), i = 1;
    for (; i < left && i < LONGEST; i++) {
        char c = w->at[i];
        bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c == '#' && i == 1);
        if (!fits)
            break;
    }
    return i > 1 && i < left && w->at[i] == ';' ? i + 1 : 0;
}

static size_t take_entity(struct walk *w, struct text left)
{
    size_t length = entity_length(w);
    char decoded[16];
    size_t is = length ? entity_decode((struct text){w->at, length}, decoded) : 0;
    if (!is || is > left.length || memcmp(decoded, left.at, is))
        return 0;
    put(w, (struct text){left.at, is}, false);
    w->at += length;
    return is;
}

static bool is_escape(const struct walk *w, char c)
{
    return !w->raw && w->end - w->at > 1 && *w->at == '\\' && is_sign(w->at[1]) && w->at[1] == c;
}

static void note_bracket(struct walk *w, char c)
{
    if (!w->hidden && !w->raw && (c == '[' || c == ']'))
        vector_push(&w->f->brackets, (uint32_t)w->f->text.length);
}

/* One or more bytes of a text node; how many, 0 where another stands here. */
static size_t take_letters(struct walk *w, struct text left)
{
    if (is_escape(w, left.at[0])) {
        put(w, (struct text){left.at, 1}, false);
        w->at += 2;
        return 1;
    }
    size_t taken = w->at < w->end && *w->at == '&' ? take_entity(w, left) : 0;
    if (taken || w->at == w->end || *w->at != left.at[0])
        return taken;
    note_bracket(w, *w->at);
    put(w, (struct text){left.at, 1}, true);
    w->at++;
    return 1;
}

static bool take_literal(struct walk *w, struct text t)
{
    while (t.length) {
        size_t taken = take_letters(w, t);
        if (!taken)
            return false;
        t = (struct text){t.at + taken, t.length - taken};
    }
    return true;
}

/* --- what is not words --- */

static bool take_delimiters(struct walk *w, unsigned count)
{
    for (; count; count--)
        if (!take_char(w, '*') && !take_char(w, '_'))
            return false;
    return true;
}

static bool take_break(struct walk *w, bool hard)
{
    struct piece blank = piece_here(w, false);
    blank.style |= hard ? SPAN_BREAK : 0;
    if (w->hidden)
        buffer_char(&w->alt, ' ');
    else
        flat_add(w->f, TEXT(" "), blank);
    skip_blanks(w);
    if (hard)
        take_char(w, '\\');
    skip_blanks(w);
    take_char(w, '\r');
    return w->at < w->end && *w->at == '\n' && next_line(w);
}

/* `…`: up to a run of as many backticks. */
static bool take_code(struct walk *w)
{
    size_t ticks = 0, run = 0;
    size_t from = offset_of(w);
    while (take_char(w, '`'))
        ticks++;
    for (; w->at < w->end; w->at++) {
        run = *w->at == '`' ? run + 1 : 0;
        if (run == ticks && (w->at + 1 == w->end || w->at[1] != '`')) {
            w->at++;
            faults_add(w->g->faults, w->g->whole, from, "code stands in the draft; a page prints none");
            faults_mend(w->g->faults, "leave out the backticks, or write \\` for one");
            return ticks > 0;
        }
    }
    return false;
}

/* <…>: byte for byte the same, but for blanks at the ends of lines. */
static bool take_html(struct walk *w, struct text literal)
{
    size_t from = offset_of(w);
    for (size_t i = 0; i < literal.length; i++) {
        if (is_blank(literal.at[i]) || literal.at[i] == '\n' || literal.at[i] == '\r')
            continue;
        skip_space(w);
        if (!take_char(w, literal.at[i]))
            return false;
    }
    if (text_starts(literal, TEXT("<!--")))
        return true;
    faults_add(w->g->faults, w->g->whole, from, "HTML stands in the draft; expected CommonMark without it");
    faults_mend(w->g->faults, "leave it out, or write \\< for a sign of your own");
    return true;
}

/* --- links and pictures --- */

/* Up to `closer`, on the same or a later line; escapes count for one. */
static bool skip_to(struct walk *w, char closer)
{
    while (w->at < w->end && *w->at != closer)
        w->at += *w->at == '\\' && w->end - w->at > 1 ? 2 : 1;
    return take_char(w, closer);
}

static bool skip_destination(struct walk *w)
{
    unsigned depth = 0;
    if (take_char(w, '<'))
        return skip_to(w, '>');
    for (; w->at < w->end; w->at++) {
        if (*w->at == '\\' && w->end - w->at > 1 && is_sign(w->at[1]))
            w->at++;
        else if (is_blank(*w->at) || *w->at == '\n' || *w->at == '\r' || (*w->at == ')' && !depth))
            break;
        else
            depth += *w->at == '(' ? 1u : *w->at == ')' ? -1u : 0u;
    }
    return true;
}

/* "](address "title")" */
static bool skip_tail(struct walk *w)
{
    if (w->raw) {
        w->raw = false;
        return take_char(w, '>');
    }
    if (!take_char(w, ']') || !take_char(w, '(')) {
        w->apart = true;
        return false;
    }
    skip_space(w);
    if (!skip_destination(w))
        return false;
    skip_space(w);
    if (w->at < w->end && (*w->at == '"' || *w->at == '\'' || *w->at == '(')) {
        char closer = *w->at == '(' ? ')' : *w->at;
        w->at++;
        if (!skip_to(w, closer))
            return false;
        skip_space(w);
    }
    return take_char(w, ')');
}

static bool is_web_address(struct text url)
{
    struct text rest = url;
    if (text_starts(rest, TEXT("https://")))
        rest = (struct text){rest.at + 8, rest.length - 8};
    else if (text_starts(rest, TEXT("http://")))
        rest = (struct text){rest.at + 7, rest.length - 7};
    else
        return false;
    if (!rest.length || rest.at[0] == '/' || rest.at[0] == '?' || rest.at[0] == '#')
        return false;
    for (size_t i = 0; i < rest.length; i++)
        if ((unsigned char)rest.at[i] <= ' ' || strchr("<>\"\\^`{|}\x7f", rest.at[i]))
            return false;
    return true;
}

static void check_link(struct walk *w, cmark_node *link, struct text url)
{
    struct buffer quoted = {0};
    text_quote(url, 60, &quoted);
    if (!is_web_address(url)) {
        faults_add(w->g->faults, w->g->whole, offset_of(w),
                   "'%s' is no address that a page may lead to; expected https://…", quoted.at ? quoted.at : "");
        faults_mend(w->g->faults, "write [words](https://…), or the words alone");
    } else if (*cmark_node_get_title(link)) {
        faults_add(w->g->faults, w->g->whole, offset_of(w), "the link has a title, which no page prints");
        faults_mend(w->g->faults, "leave it out, or put it into the text");
    }
    buffer_release(&quoted);
}

static bool enter_link(struct walk *w, cmark_node *link)
{
    struct text url = text_of(cmark_node_get_url(link));
    check_link(w, link, url);
    w->href = is_web_address(url) ? drafting_keep(w->g, url) : TEXT("");
    w->raw = w->at < w->end && *w->at == '<';
    return take_char(w, w->raw ? '<' : '[');
}

static bool leave_link(struct walk *w)
{
    w->href = TEXT("");
    return skip_tail(w);
}

static bool enter_picture(struct walk *w, cmark_node *picture)
{
    if (w->hidden++)
        return take_char(w, '!') && take_char(w, '[');
    struct picture_mark mark = {.from = (uint32_t)offset_of(w),
                                .linked = w->href.length > 0,
                                .record = drafting_keep(w->g, text_of(cmark_node_get_url(picture))),
                                .caption = drafting_keep(w->g, text_of(cmark_node_get_title(picture)))};
    vector_push(&w->f->pictures, mark);
    buffer_clear(&w->alt);
    return take_char(w, '!') && take_char(w, '[');
}

static bool leave_picture(struct walk *w)
{
    if (!--w->hidden)
        w->f->pictures.at[w->f->pictures.count - 1].alt = drafting_keep(w->g, buffer_text(&w->alt));
    return skip_tail(w);
}

/* --- the walk --- */

static bool enter(struct walk *w, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        return take_literal(w, text_of(cmark_node_get_literal(node)));
    case CMARK_NODE_SOFTBREAK:
        return take_break(w, false);
    case CMARK_NODE_LINEBREAK:
        return take_break(w, true);
    case CMARK_NODE_CODE:
        return take_code(w);
    case CMARK_NODE_HTML_INLINE:
        return take_html(w, text_of(cmark_node_get_literal(node)));
    case CMARK_NODE_EMPH:
        w->emphasis++;
        return take_delimiters(w, 1);
    case CMARK_NODE_STRONG:
        w->strong++;
        return take_delimiters(w, 2);
    case CMARK_NODE_LINK:
        return enter_link(w, node);
    case CMARK_NODE_IMAGE:
        return enter_picture(w, node);
    default:
        return false;
    }
}

static bool leave(struct walk *w, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_EMPH:
        w->emphasis--;
        return take_delimiters(w, 1);
    case CMARK_NODE_STRONG:
        w->strong--;
        return take_delimiters(w, 2);
    case CMARK_NODE_LINK:
        return leave_link(w);
    case CMARK_NODE_IMAGE:
        return leave_picture(w);
    default:
        return true;
    }
}

static bool walk_inlines(struct walk *w, cmark_node *block)
{
    cmark_iter *iter = cmark_iter_new(block);
    bool agree = true;
    for (cmark_event_type e; agree && (e = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (node != block)
            agree = e == CMARK_EVENT_ENTER ? enter(w, node) : leave(w, node);
    }
    cmark_iter_free(iter);
    return agree;
}

/* Where a block's words start: behind the '#' of a heading. */
static void find_start(struct walk *w, cmark_node *block)
{
    size_t line = (size_t)cmark_node_get_start_line(block) - 1;
    w->at = w->g->whole.at + w->g->lines.at[line] + (cmark_node_get_start_column(block) - 1);
    if (cmark_node_get_type(block) != CMARK_NODE_HEADING)
        return;
    const char *at = w->at;
    while (at < w->end && *at == '#')
        at++;
    if (at - w->at != cmark_node_get_heading_level(block) || (at < w->end && !strchr(" \t\r\n", *at)))
        return;
    w->at = at;
    skip_blanks(w);
}

/* Nothing but what closes the block is left on its last line. */
static bool ends_here(const struct walk *w, cmark_node *block)
{
    const char *end = memchr(w->at, '\n', (size_t)(w->end - w->at));
    bool heading = cmark_node_get_type(block) == CMARK_NODE_HEADING;
    for (const char *at = w->at, *last = end ? end : w->end; at < last; at++)
        if (!is_blank(*at) && *at != '\r' && !(heading && *at == '#'))
            return false;
    return true;
}

static void blame_unread(struct drafting *g, size_t at, bool apart)
{
    if (apart || (at < g->whole.length && g->whole.at[at] == '[')) {
        faults_add(g->faults, g->whole, at, "addresses that stand apart from their words ('[words]: …') are not read");
        faults_mend(g->faults, "write [words](https://…) where the words stand");
    } else {
        faults_add(g->faults, g->whole, at, "what stands here cannot be read for certain");
        faults_mend(g->faults, "write it with less markup");
    }
}

bool flat_read(struct drafting *g, cmark_node *block, bool quoted, struct flat *f)
{
    struct walk w = {.g = g, .f = f, .end = g->whole.at + g->whole.length, .quoted = quoted, .href = TEXT("")};
    flat_clear(f);
    find_start(&w, block);
    size_t start = offset_of(&w);
    bool agree = walk_inlines(&w, block) && ends_here(&w, block);
    buffer_release(&w.alt);
    if (!agree)
        blame_unread(g, start, w.apart);
    f->end = offset_of(&w);
    return agree;
}
