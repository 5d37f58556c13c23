/* Entries to lines, along the table of grammar.h; and strings with and without their escapes. */
#include "notation/grammar.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf8.h>

/* What is left to print of an entry. */
struct printing {
    const struct entry *entry;
    struct text whole;
    struct buffer *out;
    uint32_t next; /* field */
};

static const struct field *peek(const struct printing *p)
{
    return p->next < p->entry->count ? &p->entry->fields[p->next] : NULL;
}

static void print_value(struct printing *p, const struct field *f)
{
    struct text t = field_text(f, p->whole);
    if (f->forgotten) {
        buffer_string(p->out, "forgotten");
    } else if (f->kind == FIELD_CONDITION) {
        notation_condition(t, p->out);
    } else if (f->kind == FIELD_IN_PART) {
        buffer_string(p->out, "part");
    } else if (grammar_fields[f->kind].value == VALUE_STRING) {
        buffer_char(p->out, '"');
        buffer_text_add(p->out, t);
        buffer_char(p->out, '"');
    } else {
        buffer_text_add(p->out, t);
    }
}

/* The next field with what goes before it, if it is of this step. */
static bool print_field(struct printing *p, const struct step *s, bool with_word, const char *before)
{
    const struct field *f = peek(p);
    if (!f || (f->kind != s->kind && !(s->times == STEP_SUBJECT && f->kind == FIELD_RECORD)))
        return false;
    p->next++;
    if (f->kind == FIELD_GROUND && !f->length)
        return true;
    buffer_string(p->out, before);
    if (with_word && s->word.length) {
        buffer_add(p->out, s->word.text, s->word.length);
        if (f->kind == FIELD_AMENDS)
            return true;
        buffer_char(p->out, ' ');
    }
    print_value(p, f);
    const struct field *record = f->kind == FIELD_GROUND ? peek(p) : NULL;
    if (record && record->kind == FIELD_GROUND_RECORD) {
        p->next++;
        buffer_char(p->out, ' ');
        print_value(p, record);
    }
    return true;
}

static void print_steps(struct printing *p, const struct step *s)
{
    for (; s->times != STEP_END; s++) {
        bool chain = s->times == STEP_CHAIN;
        const char *between = s->times == STEP_COMMAS ? ", " : " ";
        if (print_field(p, s, true, " "))
            while ((chain || s->times >= STEP_BLANKS) && print_field(p, s, chain, between))
                ;
    }
}

void notation_print(const struct entry *e, struct text whole, struct buffer *out)
{
    const struct grammar *g = &grammar[e->verb];
    struct printing p = {e, whole, out, 0};
    buffer_add(out, g->word.text, g->word.length);
    print_steps(&p, g->steps);
    for (uint32_t before = UINT32_MAX; peek(&p) && p.next != before;) {
        const struct attribute *a = grammar_attribute_of(g, (enum field_kind)peek(&p)->kind);
        before = p.next;
        if (!a)
            break;
        buffer_string(out, "\n   ");
        print_steps(&p, a->steps);
    }
    buffer_char(out, '\n');
}

void notation_unescape(struct text raw, struct buffer *out)
{
    const char *end = raw.at + raw.length;
    for (const char *at = raw.at; at < end;) {
        const char *slash = memchr(at, '\\', (size_t)(end - at));
        buffer_add(out, at, (size_t)((slash ? slash : end) - at));
        if (!slash || slash + 1 == end)
            return;
        buffer_char(out, slash[1] == 'n' ? '\n' : slash[1]);
        at = slash + 2;
    }
}

/* Would the character change the `n` of an escape before it, in normal form C? */
static bool joins(struct text t, size_t at)
{
    if (at >= t.length || (signed char)t.at[at] >= 0)
        return false;
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    UChar32 c;
    U8_NEXT(t.at, at, t.length, c);
    return c >= 0 && U_SUCCESS(status) && !unorm2_hasBoundaryBefore(nfc, c);
}

void notation_quote(struct text plain, struct buffer *out)
{
    buffer_char(out, '"');
    for (size_t at = 0; at < plain.length;) {
        size_t start = at;
        UChar32 c;
        U8_NEXT(plain.at, at, plain.length, c);
        if (c == '\n') {
            buffer_string(out, "\\n");
            if (joins(plain, at))
                buffer_string(out, "\xcd\x8f"); /* U+034F, which nothing sees and which keeps the two apart */
        } else if (c == '"' || c == '\\') {
            buffer_char(out, '\\');
            buffer_char(out, (char)c);
        } else if (c == '\t' || !u_iscntrl(c)) {
            buffer_add(out, plain.at + start, at - start);
        }
    }
    buffer_char(out, '"');
}
