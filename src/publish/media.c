/* Pictures, slide shows and sound: all of it works without a script. */
#include "publish/page.h"

/* Beside the page, or inside it. */
static void source(struct page *p, struct text name, struct text mime, struct text bytes)
{
    if (p->one_file)
        html_data(&p->html, HTML_AT_SRC, mime, bytes);
    else
        html_inward(&p->html, HTML_AT_SRC, name);
}

static struct text picture_mime(const struct picture *i)
{
    return text_starts(i->bytes, TEXT("\x89PNG")) ? TEXT("image/png") : TEXT("image/jpeg");
}

/* One of the kinds of sound that a page may hold; the usual one where it is another. */
static struct text sound_mime(struct text mime)
{
    static const char *const known[] = {"audio/mpeg", "audio/ogg",  "audio/mp4",
                                        "audio/wav",  "audio/flac", "audio/opus"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (text_equal(mime, text_of(known[i])))
            return mime;
    return TEXT("audio/mpeg");
}

/* ---- pictures ---- */

static void picture(struct page *p, const struct picture *i)
{
    struct html *h = &p->html;
    html_open(h, HTML_IMG);
    source(p, i->name, picture_mime(i), i->bytes);
    if (i->width && i->height) {
        html_number(h, HTML_AT_WIDTH, i->width);
        html_number(h, HTML_AT_HEIGHT, i->height);
    }
    html_attribute(h, HTML_AT_ALT, i->alt);
    html_set(h, HTML_AT_LOADING, "lazy");
    html_set(h, HTML_AT_DECODING, "async");
    if (i->caption.length) {
        html_open(h, HTML_FIGCAPTION);
        html_text(h, i->caption);
        html_close(h, HTML_FIGCAPTION);
    }
}

static void slide_id(struct page *p, uint32_t slide, bool link)
{
    buffer_clear(&p->scratch);
    buffer_format(&p->scratch, "%ss%u-%u", link ? "#" : "", p->slide_shows, slide + 1);
    if (link)
        html_inward(&p->html, HTML_AT_HREF, buffer_text(&p->scratch));
    else
        html_attribute(&p->html, HTML_AT_ID, buffer_text(&p->scratch));
}

static void show_id(struct page *p, enum html_attribute a)
{
    buffer_clear(&p->scratch);
    buffer_format(&p->scratch, "s%u", p->slide_shows);
    html_attribute(&p->html, a, buffer_text(&p->scratch));
}

/* The strip that is moved along by hand, wheel or arrow keys; each picture stops in the middle. */
static void strip(struct page *p, const struct block *b)
{
    struct html *h = &p->html;
    html_open(h, HTML_DIV);
    html_set(h, HTML_AT_CLASS, "strip");
    html_set(h, HTML_AT_ROLE, "group");
    html_set(h, HTML_AT_TABINDEX, "0");
    show_id(p, HTML_AT_ARIA_LABELLEDBY);
    for (uint32_t i = 0; i < b->count; i++) {
        html_open(h, HTML_FIGURE);
        slide_id(p, i, false);
        picture(p, &p->article->pictures.at[b->first + i]);
        html_close(h, HTML_FIGURE);
    }
    html_close(h, HTML_DIV);
}

/* "Picture 2 of 5" for those who hear it, "2" for those who see it. */
static void slide_link(struct page *p, uint32_t slide, uint32_t count)
{
    struct html *h = &p->html;
    html_open(h, HTML_A);
    slide_id(p, slide, true);
    html_open(h, HTML_SPAN);
    html_set(h, HTML_AT_CLASS, "unseen");
    page_say(p, &(struct told){WORD_SLIDE, 0, {SLOT_OF_NUMBER(slide + 1), SLOT_OF_NUMBER(count)}});
    html_close(h, HTML_SPAN);
    html_open(h, HTML_SPAN);
    html_set(h, HTML_AT_ARIA_HIDDEN, "true");
    buffer_clear(&p->scratch);
    words_number(p->words, slide + 1, &p->scratch);
    html_text(h, buffer_text(&p->scratch));
    html_close(h, HTML_SPAN);
    html_close(h, HTML_A);
}

static void slide_show(struct page *p, const struct block *b)
{
    struct html *h = &p->html;
    p->slide_shows++;
    html_open(h, HTML_DIV);
    html_set(h, HTML_AT_CLASS, "slides wide");
    strip(p, b);
    html_open(h, HTML_P);
    html_set(h, HTML_AT_CLASS, "steps");
    html_open(h, HTML_SPAN);
    show_id(p, HTML_AT_ID);
    page_say(p, &(struct told){WORD_SLIDES, b->count, {SLOT_OF_NUMBER(b->count)}});
    html_close(h, HTML_SPAN);
    for (uint32_t i = 0; i < b->count; i++) {
        html_string(h, " ");
        slide_link(p, i, b->count);
    }
    html_close(h, HTML_P);
    html_close(h, HTML_DIV);
}

void page_pictures(struct page *p, const struct block *b)
{
    if (b->count > 1) {
        slide_show(p, b);
    } else if (b->count) {
        html_open(&p->html, HTML_FIGURE);
        html_set(&p->html, HTML_AT_CLASS, "wide");
        picture(p, &p->article->pictures.at[b->first]);
        html_close(&p->html, HTML_FIGURE);
    }
}

/* ---- sound ---- */

static void clock_write(struct page *p, uint32_t seconds)
{
    buffer_clear(&p->scratch);
    telling_clock(&p->scratch, seconds);
    html_text(&p->html, buffer_text(&p->scratch));
}

static void transcript_line(struct page *p, const struct transcript_line *l)
{
    struct html *h = &p->html;
    html_open(h, HTML_P);
    if (l->second != ARTICLE_NONE) {
        html_open(h, HTML_SPAN);
        html_set(h, HTML_AT_CLASS, "clock");
        clock_write(p, l->second);
        html_close(h, HTML_SPAN);
        html_string(h, " ");
    }
    if (l->speaker.length) {
        html_open(h, HTML_STRONG);
        html_text(h, l->speaker);
        html_close(h, HTML_STRONG);
        html_string(h, " ");
    }
    html_text(h, l->words);
    html_close(h, HTML_P);
}

static void transcript(struct page *p, const struct sound *s)
{
    struct html *h = &p->html;
    if (!s->lines)
        return;
    html_open(h, HTML_DETAILS);
    html_set(h, HTML_AT_CLASS, "transcript");
    if (!s->bytes.length)
        html_set(h, HTML_AT_OPEN, "");
    html_open(h, HTML_SUMMARY);
    page_word(p, WORD_TRANSCRIPT);
    html_close(h, HTML_SUMMARY);
    for (uint32_t i = 0; i < s->lines; i++)
        transcript_line(p, &p->article->transcript.at[s->first_line + i]);
    html_close(h, HTML_DETAILS);
}

static void player(struct page *p, const struct sound *s)
{
    struct html *h = &p->html;
    html_open(h, HTML_AUDIO);
    html_set(h, HTML_AT_CONTROLS, "");
    html_set(h, HTML_AT_PRELOAD, "none");
    buffer_clear(&p->scratch);
    buffer_format(&p->scratch, "a%td", s - p->article->sounds.at + 1);
    html_attribute(h, HTML_AT_ARIA_LABELLEDBY, buffer_text(&p->scratch));
    source(p, s->name, sound_mime(s->mime), s->bytes);
    html_close(h, HTML_AUDIO);
}

static void caption(struct page *p, const struct sound *s)
{
    struct html *h = &p->html;
    html_open(h, HTML_FIGCAPTION);
    buffer_clear(&p->scratch);
    buffer_format(&p->scratch, "a%td", s - p->article->sounds.at + 1);
    html_attribute(h, HTML_AT_ID, buffer_text(&p->scratch));
    if (s->caption.length)
        html_text(h, s->caption);
    else
        page_word(p, WORD_SOUND);
    if (s->seconds) {
        html_string(h, " ");
        html_open(h, HTML_SPAN);
        html_set(h, HTML_AT_CLASS, "clock");
        clock_write(p, s->seconds);
        html_close(h, HTML_SPAN);
    }
    html_close(h, HTML_FIGCAPTION);
}

void page_sound(struct page *p, const struct sound *s)
{
    struct html *h = &p->html;
    html_open(h, HTML_FIGURE);
    html_set(h, HTML_AT_CLASS, "sound");
    caption(p, s);
    if (s->bytes.length) {
        player(p, s);
    } else {
        html_open(h, HTML_P);
        html_set(h, HTML_AT_CLASS, "withheld");
        page_word(p, WORD_SOUND_WITHHELD);
        html_close(h, HTML_P);
    }
    transcript(p, s);
    html_close(h, HTML_FIGURE);
}
