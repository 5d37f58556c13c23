/* Fuzzes the twin: whatever case there is, its twin is a case too, of the same shape and promises; and a draft can be
 * made one on it whatever it holds. Up to the first NUL the bytes are the case, behind it the draft. */
#include "gate/twin.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define DAY TEXT("2031-06-01")

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void same_shape(const struct model *a, const struct model *b)
{
    must(model_voices(a) == model_voices(b) && model_records(a) == model_records(b));
    must(model_claims(a) == model_claims(b) && model_entries(a) == model_entries(b));
    for (uint32_t n = 0; n < model_entries(a); n++) {
        struct model_entry x = model_entry(a, n), y = model_entry(b, n);
        must(x.verb == y.verb && x.retracted == y.retracted && x.is_void == y.is_void);
    }
}

static void same_promises(const struct terms *a, struct model *m, struct model *twin)
{
    struct terms *b = terms_new(twin, DAY);
    for (uint32_t v = 0; v < model_voices(m); v++) {
        struct promise x = terms_of(a, v), y = terms_of(b, v);
        must(x.term == y.term && x.entry == y.entry && x.unproven == y.unproven && x.only_count == y.only_count);
        must((x.until.length > 0) == (y.until.length > 0) && terms_name(a, v) == terms_name(b, v));
        must(terms_public(a, v) == terms_public(b, v) && terms_described(a, v) == terms_described(b, v));
    }
    terms_free(b);
}

static void try_twin(struct model *m, uint64_t seed)
{
    struct terms *terms = terms_new(m, DAY);
    struct model *twin = model_new();
    struct buffer text = {0};
    struct faults faults = {0};
    twin_write(m, terms, seed, &text);
    must(model_take(twin, buffer_text(&text), TAKE_LOG, &faults) == 0);
    same_shape(m, twin);
    same_promises(terms, m, twin);
    faults_release(&faults);
    buffer_release(&text);
    model_free(twin);
    terms_free(terms);
}

static void try_draft(const struct model *m, struct text draft, uint64_t seed)
{
    struct buffer once = {0};
    twin_draft(m, seed, draft, &once);
    buffer_release(&once);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct text whole = {(const char *)bytes, size}, text = whole;
    const char *end = size ? memchr(bytes, '\0', size) : NULL;
    struct faults faults = {0};
    struct model *m = model_new();
    if (end)
        text.length = (size_t)(end - text.at);
    struct text draft = {text.at + text.length, whole.length - text.length};
    if (model_take(m, text, TAKE_LOG, &faults) == 0) {
        try_twin(m, size);
        try_draft(m, draft, size);
    }
    faults_release(&faults);
    model_free(m);
    return 0;
}
