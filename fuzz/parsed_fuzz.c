/* The reader of bearout-parse's answers against any bytes, whole and in pieces: both must come to the same. */
#include "ops/parsed.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int fed(struct text answer, size_t step, struct parsed *out)
{
    struct buffer png = {0};
    *out = (struct parsed){0};
    struct parsing *p = parsing_new(out, NULL, &png);
    int result = 0;
    for (size_t at = 0; result == 0 && at < answer.length; at += step)
        result = parsing_feed(p, (struct text){answer.at + at, answer.length - at < step ? answer.length - at : step});
    parsing_free(p);
    buffer_release(&png);
    return result;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text answer = {(const char *)data, size};
    struct parsed whole, pieces;
    int one = fed(answer, size ? size : 1, &whole), two = fed(answer, 3, &pieces);
    if (one != two || !text_equal(buffer_text(&whole.text), buffer_text(&pieces.text)) ||
        whole.facts.count != pieces.facts.count || whole.children != pieces.children)
        abort();
    parsed_release(&whole);
    parsed_release(&pieces);
    return 0;
}
