/* What was found, told to a person: see find.h. */
#include "ops/find.h"

#include "ops/layout.h"
#include "ops/words.h"

#include "base/vector.h"

/* Cleaned words, and which of them were found. */
struct shown {
    struct buffer text;
    VECTOR(struct passage_hit) hits;
};

static struct text clean(struct text t, struct buffer *room)
{
    buffer_clear(room);
    buffer_string(room, "");
    text_clean(t, room);
    return buffer_text(room);
}

static void show_passage(const struct find_answer *a, const struct find_hit *h, struct shown *out)
{
    size_t at = 0;
    buffer_string(&out->text, h->before ? "…" : "");
    for (uint32_t i = 0; i < h->marks; i++) {
        const struct passage_hit *m = &a->marks[h->mark + i];
        text_clean((struct text){h->passage.at + at, m->start - at}, &out->text);
        size_t start = out->text.length;
        text_clean((struct text){h->passage.at + m->start, m->length}, &out->text);
        vector_push(&out->hits, (struct passage_hit){start, out->text.length - start});
        at = m->start + m->length;
    }
    text_clean((struct text){h->passage.at + at, h->passage.length - at}, &out->text);
    buffer_string(&out->text, h->after ? "…" : "");
}

/* A line of the passage, what was found in a tone of its own. */
static void paint_line(const struct shown *s, struct text line, const struct screen *screen, struct buffer *out)
{
    size_t from = (size_t)(line.at - s->text.at), end = from + line.length;
    for (size_t i = 0; i < s->hits.count; i++) {
        size_t start = s->hits.at[i].start, stop = start + s->hits.at[i].length;
        start = start > from ? start : from;
        stop = stop < end ? stop : end;
        if (start >= stop)
            continue;
        buffer_text_add(out, (struct text){s->text.at + from, start - from});
        screen_paint(screen, out, TONE_GOOD, (struct text){s->text.at + start, stop - start});
        from = stop;
    }
    buffer_text_add(out, (struct text){s->text.at + from, end - from});
}

static void tell_passage(const struct find_answer *a, const struct find_hit *h, const struct screen *screen,
                         struct buffer *out)
{
    struct shown s = {0};
    show_passage(a, h, &s);
    struct text rest = buffer_text(&s.text);
    while (rest.length) {
        text_blanks(2, out);
        paint_line(&s, text_line(&rest, screen->width - 2), screen, out);
        buffer_char(out, '\n');
    }
    buffer_release(&s.text);
    vector_release(&s.hits);
}

static void tell_place(const struct find_hit *h, struct buffer *out)
{
    struct buffer place = {0};
    if (h->page) {
        buffer_number(&place, h->page);
        words_say(out, FOUND_PAGE, buffer_text(&place));
    }
    if (h->seconds >= 0) {
        unsigned long s = (unsigned long)h->seconds;
        if (s >= 3600)
            buffer_format(&place, "%lu:%02lu:%02lu", s / 3600, s / 60 % 60, s % 60);
        else
            buffer_format(&place, "%02lu:%02lu", s / 60, s % 60);
        words_say(out, FOUND_TIME, buffer_text(&place));
    }
    buffer_release(&place);
}

static void tell_hit(const struct find_answer *a, const struct find_hit *h, const struct screen *screen,
                     struct buffer *out)
{
    static const enum words kinds[SEARCH_KINDS] = {
        [SEARCH_CLAIM] = WORDS_FOUND_CLAIM, [SEARCH_STATEMENT] = WORDS_FOUND_STATEMENT,
        [SEARCH_VOICE] = WORDS_FOUND_VOICE, [SEARCH_RECORD] = WORDS_FOUND_RECORD,
        [SEARCH_TEXT] = WORDS_FOUND_RECORD, [SEARCH_TRANSCRIPT] = WORDS_FOUND_TRANSCRIPT,
    };
    struct buffer head = {0}, title = {0}, number = {0};
    buffer_number(&number, h->entry);
    words_fill(&head, kinds[h->kind], (const struct text[]){{0}, text_of(h->id), buffer_text(&number)}, 3);
    tell_place(h, &head);
    screen_paint(screen, out, TONE_HEAD, buffer_text(&head));
    if (h->kind >= SEARCH_TEXT && h->title.length) {
        buffer_clear(&head);
        words_say(&head, FOUND_TITLE, clean(h->title, &title));
        screen_paint(screen, out, TONE_FAINT, buffer_text(&head));
    }
    buffer_char(out, '\n');
    tell_passage(a, h, screen, out);
    buffer_release(&head);
    buffer_release(&title);
    buffer_release(&number);
}

void find_tell(const struct find_answer *a, const struct screen *screen, struct buffer *out)
{
    struct buffer line = {0};
    for (size_t i = 0; i < a->count; i++)
        tell_hit(a, &a->hits[i], screen, out);
    buffer_string(out, a->count ? "\n" : "");
    if (a->total == 0) {
        words_say(&line, FOUND_NOTHING);
    } else {
        struct buffer count = {0}, shown = {0};
        words_count(&count, COUNTED_FOUND, a->total);
        words_begin(&count, 0);
        buffer_number(&shown, a->count);
        if (a->total > a->count)
            words_say(&line, FOUND_SOME, buffer_text(&count), buffer_text(&shown));
        else
            words_say(&line, FOUND_ALL, buffer_text(&count));
        buffer_release(&count);
        buffer_release(&shown);
    }
    if (a->unread) {
        struct buffer unread = {0};
        words_count(&unread, COUNTED_TEXT, a->unread);
        words_say(&line, FOUND_UNREAD, buffer_text(&unread));
        buffer_release(&unread);
    }
    text_wrap(buffer_text(&line), screen->width, 0, 0, out);
    buffer_release(&line);
}
