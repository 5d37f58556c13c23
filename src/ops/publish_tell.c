/* What the gate said, for people and for programs: see publish.h. */
#include "ops/publish.h"

#include "base/json.h"

#include <inttypes.h>

size_t publish_count(const struct published *p, bool warnings)
{
    size_t count = 0;
    for (size_t i = 0; i < p->answers.count; i++)
        for (size_t k = 0; k < p->answers.at[i].refusals.count; k++)
            count += p->answers.at[i].refusals.at[k].warning == warnings;
    for (size_t k = 0; k < p->whole.refusals.count; k++)
        count += p->whole.refusals.at[k].warning == warnings;
    return count;
}

/* ---- for people ---- */

static void tell_line(struct text t, const char *before, const char *after, unsigned indent, const struct screen *s,
                      struct buffer *out)
{
    struct buffer line = {0};
    buffer_string(&line, before);
    text_clean(t, &line);
    buffer_string(&line, after);
    text_wrap(buffer_text(&line), s->width, indent, indent, out);
    buffer_release(&line);
}

static void tell_place(const char *name, const struct refusal *r, const struct screen *s, struct buffer *out)
{
    struct buffer place = {0}, kind = {0};
    text_clean(text_of(name), &place);
    if (r->line)
        buffer_format(&place, ":%" PRIu32 ":%" PRIu32, r->line, r->column);
    buffer_format(&kind, "%s, %s", r->warning ? "warning" : "refused", gate_check_word(r->check));
    screen_paint(s, out, TONE_HEAD, buffer_text(&place));
    buffer_string(out, ": ");
    screen_paint(s, out, r->warning ? TONE_DOUBT : TONE_BAD, buffer_text(&kind));
    buffer_char(out, '\n');
    buffer_release(&place);
    buffer_release(&kind);
}

static void tell_refusal(const char *name, const struct refusal *r, const struct screen *s, struct buffer *out)
{
    tell_place(name, r, s, out);
    if (r->sentence.length)
        tell_line(r->sentence, "“", "”", 2, s, out);
    tell_line(r->what, "", ".", 2, s, out);
    if (r->mend.length)
        tell_line(r->mend, "Mend: ", "", 2, s, out);
    buffer_char(out, '\n');
}

void publish_tell(const struct published *p, const struct screen *screen, struct buffer *out)
{
    for (size_t i = 0; i < p->answers.count; i++)
        for (size_t k = 0; k < p->answers.at[i].refusals.count; k++)
            tell_refusal(p->drafts.at[i].name, &p->answers.at[i].refusals.at[k], screen, out);
    for (size_t k = 0; k < p->whole.refusals.count; k++)
        tell_refusal("the site", &p->whole.refusals.at[k], screen, out);
}

/* ---- for programs ---- */

static void json_refusal(const char *name, const struct refusal *r, struct buffer *out)
{
    buffer_format(out, "{\"check\":\"%s\",\"column\":%" PRIu32 ",\"draft\":", gate_check_word(r->check), r->column);
    json_text(out, text_of(name));
    buffer_format(out, ",\"line\":%" PRIu32 ",\"mend\":", r->line);
    json_text(out, r->mend);
    buffer_string(out, ",\"sentence\":");
    json_text(out, r->sentence);
    buffer_format(out, ",\"warning\":%s,\"what\":", r->warning ? "true" : "false");
    json_text(out, r->what);
    buffer_string(out, "}\n");
}

void publish_json(const struct published *p, struct buffer *out)
{
    for (size_t i = 0; i < p->answers.count; i++)
        for (size_t k = 0; k < p->answers.at[i].refusals.count; k++)
            json_refusal(p->drafts.at[i].name, &p->answers.at[i].refusals.at[k], out);
    for (size_t k = 0; k < p->whole.refusals.count; k++)
        json_refusal("", &p->whole.refusals.at[k], out);
}
