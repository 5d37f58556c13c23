/* Having files read by bearout-parse while they are taken, and taking what is inside of them: see taking.h.
 *
 * What is inside comes as it is read and is put in at once: a pipe and a thread stand between the reader, which hands
 * bytes over, and the vault, which asks for them, so that no file is ever held whole. */
#include "ops/taking.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

/* A child that is coming in. */
struct incoming {
    struct taking_files *t;
    const char *inside;
    uint32_t depth;
    char *name;
    int to, from; /* the pipe; -1 */
    pthread_t thread;
    bool running;
    bool broken; /* the taking ended before the child did */
    int result;
    struct error error;
};

static void *take_child(void *context)
{
    struct incoming *in = context;
    struct taking_descriptor d = {in->from, in->t->stop, in->name};
    struct vault_source source = taking_source(&d);
    struct take_one one = {.t = in->t, .name = in->name, .depth = in->depth, .inside = in->inside, .fd = -1};
    in->result = taking_file(&one, &source, &in->error);
    close(in->from);
    in->from = -1;
    return NULL;
}

static int child_begin(void *context, struct text name)
{
    struct incoming *in = context;
    int pipes[2];
    in->broken = false;
    free(in->name);
    in->name = memory_copy(name.at, name.length);
    if (++in->t->files > LIMIT_WALK)
        return error_set(&in->error, ERROR_LIMIT, "more than %u files in one taking (LIMIT_WALK)", LIMIT_WALK);
    if (pipe2(pipes, O_CLOEXEC) < 0)
        return error_system(&in->error, errno, "read", in->inside);
    in->from = pipes[0];
    in->to = pipes[1];
    in->result = 0;
    if (pthread_create(&in->thread, NULL, take_child, in) == 0) {
        in->running = true;
        return 0;
    }
    close(in->from);
    close(in->to);
    in->to = in->from = -1;
    return error_set(&in->error, ERROR_IO, "cannot take what is in '%s': no thread can be started", in->inside);
}

static int child_bytes(void *context, struct text bytes)
{
    struct incoming *in = context;
    in->t->nested += bytes.length;
    if (in->t->nested > LIMIT_NEST_BYTES)
        return error_set(&in->error, ERROR_LIMIT,
                         "what is inside of the files is larger than %llu bytes in all "
                         "(LIMIT_NEST_BYTES)",
                         (unsigned long long)LIMIT_NEST_BYTES);
    while (bytes.length && !in->broken) {
        ssize_t wrote = write(in->to, bytes.at, bytes.length);
        if (wrote < 0 && errno == EINTR)
            continue;
        in->broken = wrote < 0; /* nobody reads: the taking failed, and says why at its end */
        if (wrote > 0)
            bytes = (struct text){bytes.at + wrote, bytes.length - (size_t)wrote};
    }
    return 0;
}

static int child_end(void *context, bool whole)
{
    struct incoming *in = context;
    (void)whole; /* the notes of the file that it is in say so */
    if (!in->running)
        return 0;
    close(in->to);
    in->to = -1;
    pthread_join(in->thread, NULL);
    in->running = false;
    return in->result;
}

int taking_read(struct taking_files *t, int fd, const char *id, uint32_t depth, struct parsed *out, struct error *error)
{
    struct incoming in = {.t = t, .inside = id, .depth = depth + 1, .to = -1, .from = -1};
    struct parsed_children children = {child_begin, child_bytes, child_end, &in};
    struct error failed = {0};
    int result = parsed_run(fd, depth < LIMIT_PARSE_DEPTH ? &children : NULL, t->stop, out, &failed);
    if (in.running)
        child_end(&in, false);
    free(in.name);
    if (result < 0 && error)
        *error = in.error.code ? in.error : failed;
    return result;
}

/* Feeds a file out of the vault to whoever reads the pipe. */
struct feeding {
    struct evidence *evidence;
    int to;
};

static void *feed(void *context)
{
    struct feeding *f = context;
    enum { STEP = 1 << 18 };
    char *bytes = memory_resize(NULL, STEP, 1);
    size_t got = 1;
    bool broken = false;
    for (uint64_t at = 0; !broken && got > 0; at += got) {
        broken = evidence_read(f->evidence, at, bytes, STEP, &got, NULL) < 0;
        for (size_t sent = 0; !broken && sent < got;) {
            ssize_t wrote = write(f->to, bytes + sent, got - sent);
            broken = wrote < 0 && errno != EINTR;
            sent += wrote > 0 ? (size_t)wrote : 0;
        }
    }
    close(f->to);
    seal_wipe(bytes, STEP);
    free(bytes);
    return NULL;
}

static int read_from_vault(struct taking_files *t, const struct take_child *child, struct evidence *evidence,
                           struct parsed *parsed, struct error *error)
{
    int pipes[2];
    pthread_t thread;
    if (pipe2(pipes, O_CLOEXEC) < 0)
        return error_system(error, errno, "read", child->record);
    struct feeding f = {evidence, pipes[1]};
    if (pthread_create(&thread, NULL, feed, &f) != 0) {
        close(pipes[0]);
        close(pipes[1]);
        return error_set(error, ERROR_IO, "cannot read '%s': no thread can be started", child->record);
    }
    int result = taking_read(t, pipes[0], child->record, child->depth, parsed, error);
    close(pipes[0]);
    pthread_join(thread, NULL);
    return result;
}

/* *untold: its record was entered before it was known what the file is. */
static struct evidence *open_child(struct taking_files *t, const char *record, struct vault_stray *key, bool *untold,
                                   struct error *error)
{
    const struct opened *o = t->into->begin(t->into->context, error);
    if (!o)
        return NULL;
    uint32_t number = model_find(o->model, SPACE_RECORD, text_of(record));
    struct evidence *e = number == MODEL_NONE ? NULL : evidence_open(o, number, error);
    if (e && evidence_key(o, number, evidence_facts(o->model, number).sha256, key, error) != 1) {
        evidence_close(e);
        e = NULL;
    }
    *untold = e && text_equal(model_attribute_text(o->model, SPACE_RECORD, number, FIELD_TITLE),
                              text_of(taking_title(taking_kind(""))));
    t->into->end(t->into->context);
    return e;
}

static void tell_kind(const char *record, const char *media, struct buffer *entries)
{
    const char *kind = taking_kind(media);
    if (strcmp(kind, taking_kind("")) != 0)
        buffer_format(entries, "record %s %s \"%s\"\n    amends\n", record, kind, taking_title(kind));
}

static int read_waiting(struct taking_files *t, struct take_child child, struct error *error)
{
    struct vault_stray key = {.key = NULL};
    bool untold = false;
    struct evidence *evidence = open_child(t, child.record, &key, &untold, error);
    if (!evidence)
        return -1;
    struct parsed parsed = {0};
    struct take_beside beside = {0};
    int result = read_from_vault(t, &child, evidence, &parsed, error);
    evidence_close(evidence);
    if (result == 0 && untold)
        tell_kind(child.record, parsed.media, &beside.entries);
    if (result == 0)
        result = taking_put_derived(t, &key, child.record, &parsed, &beside, error);
    if (result == 0)
        result = taking_enter_beside(t, &beside, error);
    take_beside_release(&beside);
    parsed_release(&parsed);
    secret_free(key.key);
    return result;
}

int taking_read_waiting(struct taking_files *t, struct error *error)
{
    int result = 0;
    while (result == 0 && t->waiting.count) {
        struct take_child child = t->waiting.at[--t->waiting.count];
        result = read_waiting(t, child, error);
    }
    t->waiting.count = 0;
    return result;
}

/* ---- what is kept beside a file ---- */

void taking_text(struct text text, const uint64_t *pages, size_t count, struct buffer *out)
{
    buffer_string(out, "pages");
    for (size_t i = 0; i < count; i++) {
        buffer_char(out, ' ');
        buffer_number(out, pages[i]);
    }
    buffer_char(out, '\n');
    buffer_text_add(out, text);
}

/* Puts it in and adds its entry up to the line's end. */
static int put_beside(struct taking_files *t, const struct vault_stray *file, const char *verb, const char *id,
                      const char *kind, struct text content, struct take_beside *out, struct error *error)
{
    struct vault_put put = {.store = t->store, .case_id = t->case_id, .stop = t->stop};
    struct vault_object object;
    char hex[65];
    if (vault_put_beside(&put, file, content, &object, error) < 0)
        return -1;
    taking_hex(object.sha256, hex);
    buffer_format(&out->entries, "%s %s %s %s %llu", verb, id, kind, hex, (unsigned long long)object.bytes);
    vector_push(&out->objects, object.stored);
    return 0;
}

static void end_entry(struct take_beside *out)
{
    char on[32];
    taking_today(on);
    buffer_format(&out->entries, "\n    on %s\n", on);
}

int taking_put_one(struct taking_files *t, const struct vault_stray *file, const char *id, const char *kind,
                   struct text content, const char *maker, struct take_beside *out, struct error *error)
{
    if (put_beside(t, file, "derived", id, kind, content, out, error) < 0)
        return -1;
    buffer_char(&out->entries, ' ');
    notation_quote(text_of(maker), &out->entries);
    end_entry(out);
    return 0;
}

int taking_put_proof(struct taking_files *t, const struct vault_stray *file, const char *id, const char *form,
                     struct text proof, struct take_beside *out, struct error *error)
{
    if (put_beside(t, file, "proof", id, form, proof, out, error) < 0)
        return -1;
    end_entry(out);
    return 0;
}

static void metadata_of(const struct parsed *p, struct buffer *out)
{
    if (p->media[0])
        buffer_format(out, "media\t%s\n", p->media);
    if (p->width)
        buffer_format(out, "width\t%u\nheight\t%u\n", p->width, p->height);
    if (p->milliseconds)
        buffer_format(out, "milliseconds\t%llu\n", (unsigned long long)p->milliseconds);
    if (p->pages.count)
        buffer_format(out, "pages\t%zu\n", p->pages.count);
    for (size_t i = 0; i < p->facts.count; i++)
        buffer_format(out, "%s\t%s\n", p->facts.at[i].name, p->facts.at[i].value);
    for (size_t at = 0; at < p->notes.length;) {
        const char *line = p->notes.at + at, *end = memchr(line, '\n', p->notes.length - at);
        size_t length = end ? (size_t)(end - line) : p->notes.length - at;
        buffer_string(out, "note\t");
        buffer_add(out, line, length);
        buffer_char(out, '\n');
        at += length + 1;
    }
}

int taking_put_derived(struct taking_files *t, const struct vault_stray *file, const char *id,
                       const struct parsed *parsed, struct take_beside *out, struct error *error)
{
    struct buffer metadata = {0}, text = {0};
    int result = 0;
    metadata_of(parsed, &metadata);
    if (metadata.length)
        result = taking_put_one(t, file, id, "metadata", buffer_text(&metadata), PARSED_BY, out, error);
    if (result == 0 && parsed->text.length) {
        taking_text(buffer_text(&parsed->text), parsed->pages.at, parsed->pages.count, &text);
        result = taking_put_one(t, file, id, "text", buffer_text(&text), PARSED_BY, out, error);
    }
    if (result == 0 && parsed->peaks.length)
        result = taking_put_one(t, file, id, "peaks", buffer_text(&parsed->peaks), PARSED_BY, out, error);
    seal_wipe(text.at, text.room);
    buffer_release(&text);
    buffer_release(&metadata);
    return result;
}

void take_beside_release(struct take_beside *b)
{
    vector_release(&b->objects);
    buffer_release(&b->entries);
}
