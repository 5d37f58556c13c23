/* Reading a claim's lines: see gather.h. */
#include "standing/gather.h"

bool gather_line(const struct graph *g, uint32_t line, words *out)
{
    const uint32_t *member = g->lines.at + line + LINE_MEMBERS;
    for (;; member += 2) {
        uint32_t voice = line_voice(member);
        if (g->marks.at[voice] & VOICE_OUT)
            return false;
        vector_push(out, voice);
        if (*member & MEMBER_LAST)
            return true;
    }
}

/* Adds one line; returns the marks of its voices, VOICE_OUT where it was not added. */
static unsigned add_line(const struct graph *g, const uint32_t *line, bool firm, struct lines *to)
{
    const uint32_t *member = line + LINE_MEMBERS;
    unsigned marks = 0;
    uint32_t few[8], count = 0;
    for (;; member += 2) {
        uint32_t voice = line_voice(member);
        marks |= g->marks.at[voice];
        if (count < 8)
            few[count] = voice;
        count++;
        if (*member & MEMBER_LAST)
            break;
    }
    if (marks & VOICE_OUT || !to)
        return marks;
    if (count <= 8) {
        lines_add(to, few, count, firm);
        return marks;
    }
    words many = {0};
    gather_line(g, (uint32_t)(line - g->lines.at), &many);
    lines_add(to, many.at, count, firm);
    vector_release(&many);
    return marks;
}

struct gathered gather(const struct graph *g, uint32_t claim, struct lines *with, struct lines *against)
{
    struct gathered found = {0, GRAPH_NONE};
    for (uint32_t at = g->claims.at[claim].lines; at;) {
        const uint32_t *line = g->lines.at + at;
        uint32_t flags = line[LINE_FLAGS], hops = flags >> LINE_HOPS_SHIFT;
        bool firm = flags & LINE_FIRM;
        unsigned marks = add_line(g, line, firm, flags & LINE_AGAINST ? against : with);
        if (firm && !(flags & LINE_AGAINST) && !(marks & VOICE_OUT)) {
            found.marks |= marks;
            found.hops = hops < found.hops ? hops : found.hops;
        }
        at = line[LINE_NEXT];
    }
    return found;
}
