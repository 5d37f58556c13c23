/* The picture of a claim: see graph.h. */
#include "ops/graph.h"

#include "ops/layers.h"
#include "ops/layout.h"
#include "ops/picture.h"
#include "ops/stand.h"
#include "ops/telling.h"

enum {
    MARGIN = 28,
    CLAIM_WIDTH = 264,
    NODE_WIDTH = 212,
    ALLEY = 72, /* between columns */
    GAP = 16,
    PADDING = 10,
    HEAD = 62,
    PANEL_HEAD = 34,
    MOST_CARD_LINES = 12,
    MOST_NAMED = 6,
};

enum card_line { LINE_NAME, LINE_BODY, LINE_SMALL, LINE_KEY };

/* Tenths of a pixel in the size of each, and the height of a line. */
static const struct {
    const char *classes;
    unsigned size;
    int32_t height;
} line_styles[] = {
    [LINE_NAME] = {"name", 150, 19},
    [LINE_BODY] = {"body", 135, 17},
    [LINE_SMALL] = {"small", 125, 16},
    [LINE_KEY] = {"small keyword", 138, 17}, /* bold is wider */
};

/* The lines of a node's text. */
struct card {
    struct buffer text;
    struct {
        enum card_line style;
        size_t at, length;
    } lines[MOST_CARD_LINES];
    size_t count;
    int32_t width;
};

struct drawing {
    struct picture *p;
    struct telling *t;
    struct layers *layers;
    struct card *cards; /* by node */
    uint32_t *placed;   /* by node: its number in the layers */
    uint32_t ground;    /* the column of the ground */
    int32_t top;
    struct buffer *out;
};

/* ---- text ---- */

static void escape(struct text t, struct buffer *out)
{
    for (size_t i = 0; i < t.length; i++) {
        if (t.at[i] == '&')
            buffer_string(out, "&amp;");
        else if (t.at[i] == '<')
            buffer_string(out, "&lt;");
        else if (t.at[i] == '>')
            buffer_string(out, "&gt;");
        else if (t.at[i] == '"')
            buffer_string(out, "&quot;");
        else if (t.length - i >= 3 && memcmp(t.at + i, "\xEF\xBF", 2) == 0 && (unsigned char)t.at[i + 2] >= 0xBE)
            i += 2; /* U+FFFE and U+FFFF are no characters of XML */
        else
            buffer_char(out, t.at[i]);
    }
}

static void add_line(struct card *c, enum card_line style, struct text line)
{
    if (c->count == MOST_CARD_LINES)
        return;
    c->lines[c->count].style = style;
    c->lines[c->count].at = c->text.length;
    c->lines[c->count++].length = line.length;
    buffer_text_add(&c->text, line);
}

/* How wide a letter is in the widest of the usual fonts (DejaVu Sans), in hundredths of its size. */
static unsigned letter_room(int32_t c)
{
    if (c < 0x80 && strchr("iljI.,;:'|! ", c))
        return 35;
    if (c < 0x80 && strchr("ftr-()/\"", c))
        return 43;
    if (c < 0x80 && strchr("mwMWQ@%&", c))
        return 98;
    if (c >= 'A' && c <= 'Z')
        return 72;
    if (c < 0x250)
        return 62;
    return 75 * letter_columns(c);
}

/* Adds text wrapped to the card's width, at most `most` lines. */
static void add_text(struct card *c, enum card_line style, struct text t, unsigned most)
{
    unsigned room = (unsigned)(c->width - 2 * PADDING - 4) * 1000 / line_styles[style].size;
    for (unsigned i = 0; i < most && t.length; i++) {
        struct buffer cut = {0};
        struct text line = i + 1 == most ? t : text_line_by(&t, room, letter_room);
        text_cut_by(line, room, letter_room, &cut);
        if (cut.length)
            add_line(c, style, buffer_text(&cut));
        buffer_release(&cut);
    }
}

static void add_words(struct card *c, enum card_line style, enum words w, struct text given)
{
    struct buffer line = {0};
    words_fill(&line, w, (const struct text[]){{0}, given}, 2);
    add_text(c, style, buffer_text(&line), 3);
    buffer_release(&line);
}

static int32_t card_height(const struct card *c)
{
    int32_t height = 2 * PADDING;
    for (size_t i = 0; i < c->count; i++)
        height += line_styles[c->lines[i].style].height;
    return height;
}

/* ---- what stands on each node ---- */

/* "alleged · 2 people, maybe one · denied" */
static struct text standing_of(struct drawing *d, uint32_t claim)
{
    struct row row = standing_row(bearing_graph(d->p->o->bearing), claim);
    struct buffer *line = telling_room(d->t);
    buffer_text_add(line, words_level(row.level));
    buffer_string(line, " · ");
    stand_figures(&row, line);
    if (row.denied) {
        buffer_string(line, " · ");
        buffer_text_add(line, words_text(row.measures[AGAINST].low ? WORDS_CONTESTED : WORDS_DENIED));
    }
    return buffer_text(line);
}

static void write_claim(struct drawing *d, struct card *c, const struct picture_node *n)
{
    struct text sentence = tell_attribute(d->t, SPACE_CLAIM, n->number, FIELD_SENTENCE);
    struct buffer *line = telling_room(d->t);
    add_text(c, n->column ? LINE_BODY : LINE_NAME, sentence, n->column ? 4 : 7);
    words_say(line, DRAWN_CLAIM, model_id(d->p->m, SPACE_CLAIM, n->number), standing_of(d, n->number));
    add_text(c, LINE_SMALL, buffer_text(line), 3);
}

static void write_voice(struct drawing *d, struct card *c, const struct picture_node *n)
{
    struct text id = model_id(d->p->m, SPACE_VOICE, n->number);
    uint32_t count;
    const struct field *of = model_attribute(d->p->m, SPACE_VOICE, n->number, FIELD_OF, &count);
    struct buffer *name = telling_room(d->t);
    buffer_text_add(name, tell_name(d->t, n->number));
    words_begin(name, 0);
    add_text(c, LINE_NAME, buffer_text(name), 3);
    struct buffer *line = telling_room(d->t);
    buffer_text_add(line, id);
    if (of)
        words_say(line, DRAWN_OF, model_id(d->p->m, SPACE_VOICE, of->at));
    add_text(c, LINE_SMALL, buffer_text(line), 2);
}

/* Who may be the same person: the first other voice of the group. */
static void write_same(struct drawing *d, struct card *c, uint32_t voice)
{
    const struct graph *g = bearing_graph(d->p->o->bearing);
    uint32_t mine = bearing_voice(d->p->o->bearing, voice);
    for (uint32_t v = 0; mine != GRAPH_NONE && v < graph_voices(g); v++)
        if (v != mine && graph_root(g, v) == graph_root(g, mine)) {
            add_words(c, LINE_SMALL, WORDS_DRAWN_SAME, tell_graph_id(d->t, v));
            return;
        }
}

static void write_inference(struct drawing *d, struct card *c, const struct picture_node *n)
{
    struct model_entry e = model_entry(d->p->m, n->number);
    struct buffer *line = telling_room(d->t);
    words_say(line, DRAWN_CONCLUDES, tell_name(d->t, model_field(&e, FIELD_VOICE)->at));
    words_begin(line, 0);
    add_text(c, LINE_NAME, buffer_text(line), 3);
    struct text because = tell_string(d->t, model_field(&e, FIELD_BECAUSE));
    if (because.length)
        add_words(c, LINE_SMALL, WORDS_QUOTED_WORDS, because);
}

static void write_record(struct drawing *d, struct card *c, const struct picture_node *n)
{
    uint32_t count;
    const struct field *by = model_attribute(d->p->m, SPACE_RECORD, n->number, FIELD_BY, &count);
    add_text(c, LINE_SMALL, words_text(n->kind == PICTURE_PAPER ? WORDS_DRAWN_PAPER : WORDS_DRAWN_THING), 1);
    add_text(c, LINE_NAME, tell_attribute(d->t, SPACE_RECORD, n->number, FIELD_TITLE), 3);
    if (by && n->kind == PICTURE_PAPER)
        add_words(c, LINE_SMALL, WORDS_DRAWN_BY, tell_name(d->t, by->at));
}

static void write_card(struct drawing *d, struct card *c, const struct picture_node *n)
{
    switch (n->kind) {
    case PICTURE_CLAIM:
        write_claim(d, c, n);
        break;
    case PICTURE_AGAINST:
        add_text(c, LINE_NAME, words_text(WORDS_DRAWN_AGAINST), 2);
        break;
    case PICTURE_INFERENCE:
        write_inference(d, c, n);
        break;
    case PICTURE_VOICE:
        write_voice(d, c, n);
        write_same(d, c, n->number);
        break;
    case PICTURE_HOPS:
        add_text(c, LINE_NAME, words_text(WORDS_DRAWN_HOPS), 2);
        break;
    case PICTURE_SAW:
    case PICTURE_DID:
    case PICTURE_UNSTATED:
        add_text(c, LINE_NAME,
                 words_text(n->kind == PICTURE_SAW   ? WORDS_DRAWN_SAW
                            : n->kind == PICTURE_DID ? WORDS_DRAWN_DID
                                                     : WORDS_DRAWN_UNSTATED),
                 2);
        break;
    case PICTURE_THING:
    case PICTURE_PAPER:
        write_record(d, c, n);
        break;
    case PICTURE_MORE:
        add_words(c, LINE_NAME, WORDS_DRAWN_MORE, tell_number(d->t, n->hidden));
        break;
    }
    if (n->keystone)
        add_text(c, LINE_KEY, words_text(WORDS_DRAWN_KEYSTONE), 1);
}

/* ---- places ---- */

static uint32_t column_of(const struct drawing *d, const struct picture_node *n)
{
    return n->column == PICTURE_GROUND ? d->ground : n->column;
}

static int32_t column_left(uint32_t column)
{
    return column == 0 ? MARGIN : MARGIN + CLAIM_WIDTH + ALLEY + (int32_t)(column - 1) * (NODE_WIDTH + ALLEY);
}

static int32_t column_width(uint32_t column)
{
    return column == 0 ? CLAIM_WIDTH : NODE_WIDTH;
}

/* The last column in use before the ground. */
static uint32_t last_column(const struct picture *p)
{
    uint32_t last = 0;
    for (size_t i = 0; i < p->nodes.count; i++)
        if (p->nodes.at[i].column != PICTURE_GROUND && p->nodes.at[i].column > last)
            last = p->nodes.at[i].column;
    return last;
}

/* Writes the cards and arranges them; returns the height. */
static int32_t arrange(struct drawing *d)
{
    struct picture *p = d->p;
    d->layers = layers_new(d->ground + 1, GAP);
    d->cards = memory_array(p->nodes.count + 1, sizeof *d->cards);
    d->placed = memory_array(p->nodes.count + 1, sizeof *d->placed);
    for (size_t i = 0; i < p->nodes.count; i++) {
        const struct picture_node *n = &p->nodes.at[i];
        if (n->shown != i)
            continue;
        d->cards[i].width = column_width(column_of(d, n));
        write_card(d, &d->cards[i], n);
        d->placed[i] = layers_node(d->layers, column_of(d, n), card_height(&d->cards[i]));
    }
    for (size_t i = 0; i < p->edges.count; i++)
        layers_edge(d->layers, d->placed[p->edges.at[i].from], d->placed[p->edges.at[i].to]);
    return layers_arrange(d->layers);
}

static void drawing_release(struct drawing *d)
{
    for (size_t i = 0; d->cards && i < d->p->nodes.count; i++)
        buffer_release(&d->cards[i].text);
    free(d->cards);
    free(d->placed);
    layers_free(d->layers);
}

/* ---- ink ---- */

static void draw_edge(const struct drawing *d, uint32_t which, bool against)
{
    const struct picture_edge *e = &d->p->edges.at[which];
    uint32_t from = column_of(d, &d->p->nodes.at[e->from]);
    struct bend bends[PICTURE_COLUMNS];
    size_t count = layers_bends(d->layers, which, bends, PICTURE_COLUMNS - 1);
    bends[count++] = (struct bend){column_of(d, &d->p->nodes.at[e->to]), layers_middle(d->layers, d->placed[e->to])};
    int32_t x = column_left(from) + column_width(from), y = d->top + layers_middle(d->layers, d->placed[e->from]);
    buffer_format(d->out, "<path class=\"edge%s%s\" d=\"M%d %d", against ? " no" : "", e->bare ? " bare" : "", x, y);
    for (size_t i = 0; i < count; i++) {
        int32_t left = column_left(bends[i].column), middle = d->top + bends[i].middle, half = (left - x) / 2;
        buffer_format(d->out, "C%d %d %d %d %d %d", x + half, y, left - half, middle, left, middle);
        x = left;
        y = middle;
        if (i + 1 < count) {
            x = left + column_width(bends[i].column);
            buffer_format(d->out, "H%d", x);
        }
    }
    buffer_string(d->out, "\"/>\n");
}

static const char *node_class(const struct picture_node *n)
{
    static const char *const classes[] = {
        [PICTURE_CLAIM] = "claim", [PICTURE_AGAINST] = "against",   [PICTURE_INFERENCE] = "inference",
        [PICTURE_VOICE] = "voice", [PICTURE_HOPS] = "more",         [PICTURE_SAW] = "ground",
        [PICTURE_DID] = "ground",  [PICTURE_UNSTATED] = "unstated", [PICTURE_THING] = "ground",
        [PICTURE_PAPER] = "paper", [PICTURE_MORE] = "more",
    };
    return classes[n->kind];
}

static int corner(const struct picture_node *n)
{
    return n->kind == PICTURE_CLAIM || n->kind == PICTURE_AGAINST ? 10 : n->kind >= PICTURE_SAW ? 16 : 3;
}

static void draw_box(const struct drawing *d, const struct picture_node *n, int32_t x, int32_t y, int32_t height)
{
    int32_t width = column_width(column_of(d, n));
    buffer_format(d->out, "<rect class=\"%s%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>\n",
                  node_class(n), n->keystone ? " key" : "", x, y, width, height, corner(n));
    if (n->keystone)
        buffer_format(d->out, "<rect class=\"ring\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>\n", x - 5,
                      y - 5, width + 10, height + 10, corner(n) + 5);
}

static void draw_node(const struct drawing *d, uint32_t which)
{
    const struct picture_node *n = &d->p->nodes.at[which];
    const struct card *c = &d->cards[which];
    int32_t height = card_height(c), x = column_left(column_of(d, n));
    int32_t y = d->top + layers_middle(d->layers, d->placed[which]) - height / 2;
    draw_box(d, n, x, y, height);
    y += PADDING;
    for (size_t i = 0; i < c->count; i++) {
        int32_t line = line_styles[c->lines[i].style].height;
        buffer_format(d->out, "<text class=\"%s\" x=\"%d\" y=\"%d\">", line_styles[c->lines[i].style].classes,
                      x + PADDING + 2, y + line - 5);
        escape((struct text){c->text.at + c->lines[i].at, c->lines[i].length}, d->out);
        buffer_string(d->out, "</text>\n");
        y += line;
    }
}

static void draw_panel(const struct drawing *d, bool against)
{
    for (uint32_t i = 0; i < d->p->edges.count; i++)
        draw_edge(d, i, against);
    for (uint32_t i = 0; i < d->p->nodes.count; i++)
        if (d->p->nodes.at[i].shown == i)
            draw_node(d, i);
}

static void draw_text(struct buffer *out, const char *style, int32_t x, int32_t y, struct text t)
{
    buffer_format(out, "<text class=\"%s\" x=\"%d\" y=\"%d\">", style, x, y);
    escape(t, out);
    buffer_string(out, "</text>\n");
}

/* Over the columns: the claim, who says so, from whom they have it, how they know. */
static void draw_captions(struct buffer *out, const struct drawing *d, int32_t y)
{
    bool plain = true;
    for (size_t i = 0; i < d->p->nodes.count; i++)
        plain &= d->p->nodes.at[i].kind != PICTURE_INFERENCE;
    for (uint32_t c = 0; c <= d->ground; c++) {
        enum words w = c == 0           ? WORDS_CAPTION_CLAIM
                       : c == d->ground ? WORDS_CAPTION_GROUND
                       : c == 1         ? WORDS_CAPTION_SAYS
                                        : WORDS_CAPTION_TOLD;
        if (plain || c == 0 || c == d->ground)
            draw_text(out, "caption", column_left(c), y, words_text(w));
    }
}

static void draw_rule(struct buffer *out, int32_t y, int32_t width)
{
    buffer_format(out, "<path class=\"rule\" d=\"M%d %dH%d\"/>\n", MARGIN, y, width - MARGIN);
}

/* Returns where it ends. */
static int32_t draw_legend(struct buffer *out, int32_t y, int32_t width)
{
    static const struct {
        const char *sample;
        enum words words;
    } items[] = {
        {"<rect class=\"voice key\" x=\"4\" y=\"-12\" width=\"26\" height=\"15\" rx=\"3\"/>"
         "<rect class=\"ring\" x=\"0\" y=\"-16\" width=\"34\" height=\"23\" rx=\"6\"/>",
         WORDS_LEGEND_KEYSTONE},
        {"<path class=\"edge\" d=\"M0 -4H34\"/>", WORDS_LEGEND_FIRM},
        {"<path class=\"edge bare\" d=\"M0 -4H34\"/>", WORDS_LEGEND_BARE},
        {"<path class=\"edge no\" d=\"M0 -4H34\"/>", WORDS_LEGEND_AGAINST},
    };
    draw_rule(out, y, width);
    int32_t x = MARGIN;
    y += 26;
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        struct text words = words_text(items[i].words);
        int32_t item = 44 + (int32_t)text_columns(words) * 73 / 10 + 24;
        if (x > MARGIN && x + item > width - MARGIN) {
            x = MARGIN;
            y += 26;
        }
        buffer_format(out, "<g transform=\"translate(%d %d)\">%s</g>\n", x, y, items[i].sample);
        draw_text(out, "small", x + 44, y, words);
        x += item;
    }
    return y + MARGIN;
}

/* Colours hold a contrast of 4.5 to 1 and more, on both grounds. */
static const char style[] =
    "<style>\n"
    "text{font-family:system-ui,-apple-system,\"Segoe UI\",\"Noto Sans\",\"DejaVu Sans\",sans-serif;fill:#1d1d1f}\n"
    ".paperground{fill:#ffffff}\n"
    ".head{font-size:20px;font-weight:600}.name{font-size:15px}.body{font-size:13.5px}.small{font-size:12.5px;fill:#"
    "55555c}\n"
    ".caption{font-size:12.5px;fill:#55555c;letter-spacing:.04em}.keyword{font-weight:700;fill:#a01414}\n"
    "rect{stroke-width:1.25;fill:#ffffff;stroke:#8b8b93}\n"
    ".claim{fill:#eaf1fb;stroke:#2c5c9c}.voice{fill:#faf7f0;stroke:#8a7f66}\n"
    ".inference{fill:#f3eefa;stroke:#74559e;stroke-dasharray:1 0}\n"
    ".ground{fill:#ecf6ec;stroke:#3c7a3f}.paper{fill:#ecf6ec;stroke:#3c7a3f}\n"
    ".unstated{fill:#ffffff;stroke:#76767e;stroke-dasharray:5 4}.more{fill:#f2f2f4;stroke:#8b8b93}\n"
    ".against{fill:#fdeeee;stroke:#a01414}\n"
    ".key{stroke:#a01414;stroke-width:2.5}.ring{fill:none;stroke:#a01414;stroke-width:1.25}\n"
    ".edge{fill:none;stroke:#5e6f86;stroke-width:1.75}.no{stroke:#a01414}.bare{stroke-dasharray:6 5}\n"
    ".rule{fill:none;stroke:#c9c9cf;stroke-width:1}\n"
    "@media (prefers-color-scheme:dark){\n"
    "text{fill:#f0f0f2}.paperground{fill:#17181b}.small,.caption{fill:#b3b4bb}.keyword{fill:#ff9d94}\n"
    "rect{fill:#212327;stroke:#8d8f98}\n"
    ".claim{fill:#1c2a40;stroke:#86b0ee}.voice{fill:#2a2820;stroke:#b5a988}\n"
    ".inference{fill:#2a2338;stroke:#b99ce4}.ground,.paper{fill:#1b2f1f;stroke:#82c288}\n"
    ".unstated{fill:#17181b;stroke:#9a9ca5}.more{fill:#2a2b2f}.against{fill:#3a1e1e;stroke:#ff9d94}\n"
    ".key,.ring{stroke:#ff9d94}.ring{fill:none}.edge{stroke:#9fb2cd}.no{stroke:#ff9d94}.rule{stroke:#44464d}\n"
    "}\n</style>\n";

/* The picture in a sentence or three, for whoever cannot see it. */
static void describe(struct telling *t, const struct opened *o, uint32_t claim, struct buffer *out)
{
    struct row row = standing_row(bearing_graph(o->bearing), claim);
    struct buffer *rests = telling_room(t), *hangs = telling_room(t);
    stand_figures(&row, rests);
    telling_afresh(t);
    words_say(out, DRAWN_DESC, words_level(row.level), buffer_text(rests));
    if (row.keystone_count) {
        words_say(hangs, DRAWN_DESC_HANGS,
                  tell_list(t, tell_graph_voice, row.keystones, row.keystone_count, MOST_NAMED));
        buffer_text_add(out, buffer_text(hangs));
    }
    if (row.denied)
        buffer_text_add(out,
                        words_text(row.measures[AGAINST].low ? WORDS_DRAWN_DESC_CONTESTED : WORDS_DRAWN_DESC_DENIED));
}

static void open_svg(struct telling *t, const struct opened *o, uint32_t claim, int32_t width, int32_t height,
                     struct buffer *out)
{
    struct buffer desc = {0};
    buffer_format(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" "
        "aria-labelledby=\"title desc\">\n<title id=\"title\">",
        width, height, width, height);
    escape(tell_attribute(t, SPACE_CLAIM, claim, FIELD_SENTENCE), out);
    buffer_string(out, "</title>\n<desc id=\"desc\">");
    describe(t, o, claim, &desc);
    escape(buffer_text(&desc), out);
    buffer_string(out, "</desc>\n");
    buffer_string(out, style);
    buffer_format(out, "<rect class=\"paperground\" style=\"stroke:none\" width=\"%d\" height=\"%d\"/>\n", width,
                  height);
    buffer_release(&desc);
}

static void draw_head(const struct opened *o, uint32_t claim, struct buffer *out)
{
    struct buffer line = {0};
    struct row row = standing_row(bearing_graph(o->bearing), claim);
    words_say(&line, DRAWN_HEAD, model_id(o->model, SPACE_CLAIM, claim), words_level(row.level));
    if (row.denied)
        words_fill(&line, WORDS_DRAWN_HEAD_AND,
                   (const struct text[]){{0}, words_text(row.measures[AGAINST].low ? WORDS_CONTESTED : WORDS_DENIED)},
                   2);
    draw_text(out, "head", MARGIN, MARGIN + 12, buffer_text(&line));
    buffer_release(&line);
}

void graph_svg(const struct opened *o, uint32_t claim, struct buffer *out)
{
    struct picture sides[2];
    struct drawing drawings[2];
    struct telling t;
    struct buffer body = {0};
    telling_init(&t, o->model, o->bearing);
    picture_for(&sides[0], o, claim);
    picture_against(&sides[1], o, claim);
    int count = sides[1].edges.count > 0 ? 2 : 1;
    uint32_t last = 0;
    for (int i = 0; i < count; i++)
        last = last_column(&sides[i]) > last ? last_column(&sides[i]) : last;
    int32_t width = column_left(last + 1) + NODE_WIDTH + MARGIN, height = HEAD + PANEL_HEAD;
    draw_head(o, claim, &body);
    for (int i = 0; i < count; i++) {
        drawings[i] = (struct drawing){.p = &sides[i], .t = &t, .ground = last + 1, .top = height, .out = &body};
        height += arrange(&drawings[i]) + PANEL_HEAD;
        if (i == 0)
            draw_captions(&body, &drawings[i], HEAD + 12);
        else
            draw_rule(&body, drawings[i].top - PANEL_HEAD / 2, width);
        draw_panel(&drawings[i], i > 0);
        drawing_release(&drawings[i]);
    }
    height = draw_legend(&body, height, width);
    open_svg(&t, o, claim, width, height, out);
    buffer_text_add(out, buffer_text(&body));
    buffer_string(out, "</svg>\n");
    for (int i = 0; i < 2; i++)
        picture_release(&sides[i]);
    telling_release(&t);
    buffer_release(&body);
}
