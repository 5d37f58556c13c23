/* The plain text of an article: the same things in the same order, the notes at the end. */
#include "publish/plain.h"

#define WIDTH 72u

struct plain {
    const struct article *article;
    const struct words *words;
    struct buffer *out;
    struct buffer line; /* a paragraph that is being gathered */
};

/* ---- laying out ---- */

static size_t characters(struct text t)
{
    size_t n = 0;
    for (size_t i = 0; i < t.length; i++)
        n += (t.at[i] & 0xc0) != 0x80;
    return n;
}

/* Writes what was gathered as one paragraph, `first` before its first line and `rest` before the others. */
static void flush(struct plain *p, const char *first, const char *rest)
{
    struct text t = buffer_text(&p->line);
    size_t column = 0;
    buffer_string(p->out, first);
    for (size_t i = 0; i < t.length;) {
        size_t end = i;
        while (end < t.length && t.at[end] != ' ')
            end++;
        struct text word = {t.at + i, end - i};
        if (column && column + 1 + characters(word) + characters(text_of(rest)) > WIDTH) {
            buffer_char(p->out, '\n');
            buffer_string(p->out, rest);
            column = 0;
        }
        if (column && word.length)
            buffer_char(p->out, ' ');
        buffer_text_add(p->out, word);
        column += (column && word.length) + characters(word);
        i = end + 1;
    }
    buffer_char(p->out, '\n');
    buffer_clear(&p->line);
}

static void blank(struct plain *p)
{
    buffer_char(p->out, '\n');
}

static void text_add(struct plain *p, struct text t)
{
    html_plain(&p->line, t);
}

static void string_add(struct plain *p, const char *s)
{
    buffer_string(&p->line, s);
}

static void slot_add(struct plain *p, const struct slot *s)
{
    struct buffer date = {0};
    switch (s->kind) {
    case SLOT_NONE:
        break;
    case SLOT_TEXT:
        text_add(p, s->text);
        break;
    case SLOT_NUMBER:
        words_number(p->words, s->number, &p->line);
        break;
    case SLOT_DATE:
        words_date(p->words, s->text, &date);
        text_add(p, buffer_text(&date));
        buffer_release(&date);
        break;
    }
}

static void say(struct plain *p, const struct told *told)
{
    const char *phrase = words_phrase(p->words, told->word, told->count);
    struct text literal;
    int slot;
    while (words_piece(&phrase, &literal, &slot)) {
        if (slot)
            slot_add(p, &told->slots[slot - 1]);
        else
            buffer_text_add(&p->line, literal);
    }
}

static void word(struct plain *p, enum word w)
{
    say(p, &(struct told){.word = w});
}

static void quote(struct plain *p, struct text t)
{
    word(p, WORD_OPEN);
    text_add(p, telling_quoted(t));
    word(p, WORD_CLOSE);
}

/* A heading, with a line of `under` below it. */
static void heading(struct plain *p, char under)
{
    size_t n = characters(buffer_text(&p->line));
    flush(p, "", "");
    for (size_t i = 0; i < n && i < WIDTH; i++)
        buffer_char(p->out, under);
    buffer_string(p->out, "\n\n");
}

/* ---- the text ---- */

static void spans(struct plain *p, const struct block *b)
{
    for (uint32_t i = b->first; i < b->first + b->count; i++) {
        const struct span *s = &p->article->spans.at[i];
        struct text t = s->text;
        while (t.length && t.at[t.length - 1] == ' ')
            t.length--;
        text_add(p, t);
        if (s->href.length) {
            string_add(p, " <");
            text_add(p, s->href);
            string_add(p, ">");
        }
        if (s->finding < p->article->findings.count)
            buffer_format(&p->line, " [%u]", s->finding + 1);
        if (t.length < s->text.length || s->style & SPAN_BREAK)
            string_add(p, " ");
    }
}

static void pictures(struct plain *p, const struct block *b)
{
    for (uint32_t i = b->first; i < b->first + b->count; i++) {
        const struct picture *picture = &p->article->pictures.at[i];
        string_add(p, "[");
        word(p, WORD_PICTURE);
        string_add(p, ": ");
        text_add(p, picture->alt);
        string_add(p, "] ");
        text_add(p, picture->caption);
        flush(p, "", "");
        blank(p);
    }
}

static void transcript_line(struct plain *p, const struct transcript_line *l)
{
    if (l->second != ARTICLE_NONE) {
        telling_clock(&p->line, l->second);
        string_add(p, " ");
    }
    if (l->speaker.length) {
        text_add(p, l->speaker);
        string_add(p, ": ");
    }
    text_add(p, l->words);
    flush(p, "  ", "    ");
}

static void sound(struct plain *p, const struct sound *s)
{
    string_add(p, "[");
    word(p, WORD_SOUND);
    string_add(p, "] ");
    text_add(p, s->caption);
    flush(p, "", "");
    if (!s->bytes.length) {
        word(p, WORD_SOUND_WITHHELD);
        flush(p, "", "");
    }
    for (uint32_t i = 0; i < s->lines; i++)
        transcript_line(p, &p->article->transcript.at[s->first_line + i]);
    blank(p);
}

static void pull_quote(struct plain *p, const struct block *b)
{
    spans(p, b);
    flush(p, "> ", "> ");
    if (b->attribution.length) {
        text_add(p, b->attribution);
        flush(p, "> - ", ">   ");
    }
    blank(p);
}

static void block(struct plain *p, const struct block *b)
{
    switch (b->kind) {
    case BLOCK_HEADING:
        spans(p, b);
        heading(p, '-');
        break;
    case BLOCK_PARAGRAPH:
        spans(p, b);
        flush(p, "", "");
        blank(p);
        break;
    case BLOCK_PULL_QUOTE:
        pull_quote(p, b);
        break;
    case BLOCK_ITEM:
        spans(p, b);
        flush(p, "- ", "  ");
        blank(p);
        break;
    case BLOCK_PICTURES:
        pictures(p, b);
        break;
    case BLOCK_SOUND:
        sound(p, &p->article->sounds.at[b->first]);
        break;
    }
}

/* ---- what it rests on ---- */

static void bearers(struct plain *p, const struct finding *f)
{
    uint64_t unnamed = telling_unnamed(p->article, f);
    struct told others = telling_unnamed_words(f, unnamed);
    for (uint32_t i = f->first_bearer; i < f->first_bearer + f->bearers; i++) {
        const struct bearer *b = &p->article->bearers.at[i];
        if (!b->who.length)
            continue;
        text_add(p, b->who);
        string_add(p, " - ");
        word(p, telling_ground(b->ground));
        if (b->words.length) {
            string_add(p, ". ");
            quote(p, b->words);
        }
        flush(p, "    - ", "      ");
    }
    if (unnamed) {
        say(p, &others);
        flush(p, "    - ", "      ");
    }
}

static void denials(struct plain *p, const struct finding *f)
{
    for (uint32_t i = f->first_denial; i < f->first_denial + f->denials; i++) {
        const struct denial *d = &p->article->denials.at[i];
        struct told denied = telling_denied(d);
        say(p, &denied);
        if (d->words.length) {
            string_add(p, " ");
            quote(p, d->words);
        }
        flush(p, "    ", "    ");
    }
    for (uint32_t i = f->first_hearing; i < f->first_hearing + f->hearings; i++) {
        struct told asked = telling_asked(&p->article->hearings.at[i]);
        struct told answer = telling_answer(&p->article->hearings.at[i]);
        say(p, &asked);
        string_add(p, " ");
        say(p, &answer);
        flush(p, "    ", "    ");
    }
}

static void finding(struct plain *p, uint32_t number)
{
    const struct finding *f = &p->article->findings.at[number];
    struct told told[TELLING_MOST];
    size_t count = telling_standing(f, told);
    buffer_format(&p->line, "[%u] ", number + 1);
    text_add(p, f->sentence);
    flush(p, "", "    ");
    for (size_t i = 0; i < count; i++) {
        if (i)
            string_add(p, " ");
        say(p, &told[i]);
    }
    flush(p, "    ", "    ");
    bearers(p, f);
    denials(p, f);
    blank(p);
}

static void opening(struct plain *p)
{
    const struct article *a = p->article;
    text_add(p, a->headline);
    heading(p, '=');
    if (a->standfirst.length) {
        text_add(p, a->standfirst);
        flush(p, "", "");
        blank(p);
    }
    if (a->byline.length) {
        say(p, &(struct told){WORD_BY, 0, {SLOT_OF_TEXT(a->byline)}});
        flush(p, "", "");
    }
    if (a->published.length)
        say(p, &(struct told){WORD_PUBLISHED, 0, {SLOT_OF_DATE(a->published)}});
    if (a->changed.length) {
        string_add(p, " · ");
        say(p, &(struct told){WORD_CHANGED, 0, {SLOT_OF_DATE(a->changed)}});
    }
    flush(p, "", "");
    blank(p);
}

static void corrections(struct plain *p)
{
    const struct article *a = p->article;
    if (!a->corrections.count)
        return;
    word(p, WORD_CORRECTIONS);
    heading(p, '-');
    for (size_t i = 0; i < a->corrections.count; i++) {
        slot_add(p, &SLOT_OF_DATE(a->corrections.at[i].on));
        string_add(p, " - ");
        text_add(p, a->corrections.at[i].what);
        flush(p, "- ", "  ");
    }
    blank(p);
}

static void notice(struct plain *p)
{
    const struct notice *n = notice_of(p->article->language);
    string_add(p, n->title);
    heading(p, '-');
    string_add(p, n->intro);
    string_add(p, " (");
    words_date(words_of(text_of(n->language)), text_of(n->dated), &p->line);
    string_add(p, ")");
    flush(p, "", "");
    for (size_t i = 0; i < n->count; i++) {
        if (n->lines[i].kind == NOTICE_REGION) {
            string_add(p, n->lines[i].title);
            string_add(p, ": ");
        }
        string_add(p, n->lines[i].words);
        flush(p, "- ", "  ");
    }
}

void plain_write(const struct article *a, const struct page_site *site, struct buffer *out)
{
    struct plain p = {.article = a, .words = words_of(a->language), .out = out};
    if (site->options->name.length) {
        text_add(&p, site->options->name);
        flush(&p, "", "");
        blank(&p);
    }
    opening(&p);
    for (size_t i = 0; i < a->blocks.count; i++)
        block(&p, &a->blocks.at[i]);
    if (a->findings.count) {
        word(&p, WORD_HOW);
        heading(&p, '-');
    }
    for (uint32_t i = 0; i < a->findings.count; i++)
        finding(&p, i);
    corrections(&p);
    notice(&p);
    buffer_release(&p.line);
}
