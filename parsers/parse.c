/* What a file is, by its bytes, and who reads it: see parse.h. */
#include "parsers/parse.h"

static const struct kind *recognise(struct text start);

/* How kinds of files begin. The first row that fits decides. */
static const struct kind {
    size_t at;
    struct text bytes;
    const char *media; /* NULL: the reader says */
    reader *read;
} kinds[] = {
    {0, TEXT(""), NULL, text_read},
};

static bool begins(struct text start, const struct kind *kind)
{
    return start.length >= kind->at &&
           text_starts((struct text){start.at + kind->at, start.length - kind->at}, kind->bytes);
}

static const struct kind *recognise(struct text start)
{
    size_t i = 0;
    while (!begins(start, &kinds[i]))
        i++;
    return &kinds[i];
}

void parse_read(struct source *s, struct report *r)
{
    struct text start = source_start(s);
    if (!start.length) {
        report_note(r, PARSE_EMPTY);
        return;
    }
    const struct kind *kind = recognise(start);
    if (kind->media)
        report_media(r, kind->media);
    kind->read(s, r);
}

void parse_page(struct source *s, uint32_t page, uint32_t side, struct report *r)
{
    (void)s;
    (void)page;
    (void)side;
    report_note(r, PARSE_NO_PAGE);
}

void parse_warm(void)
{
    text_warm();
}
