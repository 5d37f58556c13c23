/* Fuzzes the reading of drafts: whatever the bytes are, nothing breaks; cmark and the source always agree; sentences and
 * citations stand where the draft says; and what looks alike, is quoted and cited lies within its sentence. */
#include "gate/draft.h"
#include "notation/notation.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void must(bool is)
{
    if (!is)
        abort();
}

/* The bytes from a line and column on. */
static struct text at_place(struct text t, uint32_t line, uint32_t column)
{
    size_t i = 0;
    must(line > 0 && column > 0);
    for (; line > 1; i++) {
        must(i < t.length);
        line -= t.at[i] == '\n';
    }
    for (; column > 1; column--) {
        must(i < t.length && t.at[i] != '\n');
        do
            i++;
        while (i < t.length && ((unsigned char)t.at[i] & 0xc0) == 0x80);
    }
    must(i < t.length);
    return (struct text){t.at + i, t.length - i};
}

static void check_sentence(const struct draft *d, const struct sentence *s, struct text source, bool faulty)
{
    struct text there = at_place(source, s->line, s->column);
    must(s->text.length > 0);
    must(there.at[0] == s->text.at[0] || there.at[0] == '\\' || there.at[0] == '&' || there.at[0] == '\t' ||
         there.at[0] == '\n');
    must(faulty || !memmem(s->text.at, s->text.length, "<!--", 4));
    uint32_t end = 0;
    for (uint32_t i = s->first_span; i < s->first_span + s->spans; i++) {
        must(d->spans.at[i].start == end && d->spans.at[i].end > end);
        end = d->spans.at[i].end;
    }
    must(end == s->text.length);
    end = 0;
    for (uint32_t i = s->first_quotation; i < s->first_quotation + s->quotations; i++) {
        must(d->quotations.at[i].start >= end && d->quotations.at[i].end > d->quotations.at[i].start);
        end = d->quotations.at[i].end;
    }
    must(end <= s->text.length);
    for (uint32_t i = s->first_citation; i < s->first_citation + s->citations; i++)
        must(at_place(source, d->citations.at[i].line, d->citations.at[i].column).at[0] == '[');
}

static void check(const struct draft *d, struct text source, bool faulty)
{
    uint32_t sentences = 0, media = 0;
    for (size_t i = 0; i < d->blocks.count; i++) {
        const struct draft_block *b = &d->blocks.at[i];
        uint32_t *next = b->kind == DRAFT_MEDIA ? &media : &sentences;
        must(b->count > 0 && b->first == *next && b->line > 0);
        *next += b->count;
    }
    must(sentences == d->sentences.count && media == d->media.count);
    for (size_t i = 0; i < d->sentences.count; i++)
        check_sentence(d, &d->sentences.at[i], source, faulty);
    for (size_t i = 0; i < d->media.count; i++)
        must(at_place(source, d->media.at[i].line, d->media.at[i].column).at[0] == '!');
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct text source = {(const char *)bytes, size}, ready = source;
    struct faults faults = {0}, none = {0};
    struct buffer scratch = {0};
    struct draft d;
    bool broken = notation_prepare(source, &scratch, &ready, &none) < 0;
    must((draft_read(source, TEXT("en"), &d, &faults) < 0) == (faults.count > 0));
    for (size_t i = 0; i < faults.count; i++)
        must(strcmp(faults.at[i].what, "what stands here cannot be read for certain") != 0);
    if (!broken)
        check(&d, ready, faults.count > 0);
    draft_release(&d);
    faults_release(&faults);
    faults_release(&none);
    buffer_release(&scratch);
    return 0;
}
