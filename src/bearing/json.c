/* Rows as JSON. Ids need no escaping, so bytes go straight into the buffer. */
#include "bearing/inside.h"

#include <stdlib.h>

/* A voice of the graph by its name in the output, in two pieces. */
struct name {
    bool record;
    struct text id;
};

static struct name name_of(const struct bearing *b, uint32_t graph_voice)
{
    uint32_t voice, record;
    bearing_origin(b, graph_voice, &voice, &record);
    bool is_record = record != MODEL_NONE;
    return (struct name){is_record,
                         model_id(b->model, is_record ? SPACE_RECORD : SPACE_VOICE, is_record ? record : voice)};
}

static int name_compare(const void *left, const void *right)
{
    const struct name *a = left, *b = right;
    if (a->record == b->record)
        return text_compare(a->id, b->id);
    /* No id has a colon, so the prefix alone decides. */
    return a->record ? text_compare(TEXT("record:"), b->id) : text_compare(a->id, TEXT("record:"));
}

static char *put_text(char *at, struct text t)
{
    memcpy(at, t.at, t.length);
    return at + t.length;
}

#define put(at, literal) put_text(at, TEXT(literal))

static char *put_number(char *at, uint32_t n)
{
    char digits[10];
    unsigned count = 0;
    do {
        digits[count++] = (char)('0' + n % 10);
        n /= 10;
    } while (n);
    while (count)
        *at++ = digits[--count];
    return at;
}

static char *put_interval(char *at, struct interval i)
{
    if (i.low == i.high)
        return put_number(at, i.low);
    *at++ = '[';
    at = put_number(at, i.low);
    *at++ = ',';
    at = put_number(at, i.high);
    *at++ = ']';
    return at;
}

static char *put_name(char *at, const struct name *n)
{
    *at++ = '"';
    if (n->record)
        at = put(at, "record:");
    at = put_text(at, n->id);
    *at++ = '"';
    return at;
}

enum {
    ROW_MOST = 512, /* bytes of a row without its keystones: keys, six intervals, an id of 255 bytes at most */
    NAME_MOST = 255 + sizeof "\"record:\","
};

static char *put_keystones(const struct bearing *b, const struct row *row, char *at)
{
    enum { FEW = 16 };
    struct name few[FEW], *names = row->keystone_count > FEW ? memory_array(row->keystone_count, sizeof *names) : few;
    for (uint32_t i = 0; i < row->keystone_count; i++)
        names[i] = name_of(b, row->keystones[i]);
    if (row->keystone_count > 1)
        qsort(names, row->keystone_count, sizeof *names, name_compare);
    for (uint32_t i = 0; i < row->keystone_count; i++) {
        if (i)
            *at++ = ',';
        at = put_name(at, &names[i]);
    }
    if (names != few)
        free(names);
    return at;
}

void bearing_row_json(const struct bearing *b, uint32_t claim, const struct row *row, struct buffer *out)
{
    buffer_reserve(out, ROW_MOST + (size_t)row->keystone_count * NAME_MOST);
    char *at = out->at + out->length;
    at = put_interval(put(at, "{\"against\":"), row->measures[AGAINST]);
    at = put_interval(put(at, ",\"any\":"), row->measures[ANY]);
    at = put_interval(put(at, ",\"cautious\":"), row->measures[CAUTIOUS]);
    at = put_text(put(at, ",\"claim\":\""), model_id(b->model, SPACE_CLAIM, claim));
    at = row->denied ? put(at, "\",\"denied\":true,\"distance\":") : put(at, "\",\"denied\":false,\"distance\":");
    at = row->distance == GRAPH_NONE ? put(at, "null") : put_number(at, row->distance);
    at = put_keystones(b, row, put(at, ",\"keystones\":["));
    at = put_interval(put(at, "],\"parties\":"), row->measures[PARTIES]);
    at = put_interval(put(at, ",\"people\":"), row->measures[PEOPLE]);
    at = put_text(put(at, ",\"standing\":\""), text_of(level_word(row->level)));
    at = put_interval(put(at, "\",\"unquestioned\":"), row->measures[UNQUESTIONED]);
    at = put(at, "}\n");
    out->length = (size_t)(at - out->at);
    out->at[out->length] = '\0';
}
