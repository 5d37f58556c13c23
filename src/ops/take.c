/* Taking files: see take.h. */
#include "ops/taking.h"

#include "base/folder.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

void taking_hex(const unsigned char hash[SEAL_SHA256], char hex[65])
{
    for (unsigned i = 0; i < SEAL_SHA256; i++)
        snprintf(hex + 2 * i, 3, "%02x", hash[i]);
}

void taking_today(char on[32])
{
    time_t now = time(NULL);
    struct tm day;
    gmtime_r(&now, &day);
    strftime(on, 32, "%Y-%m-%dT%H:%MZ", &day);
}

void taking_looked(struct text record, const char *how, struct buffer *out)
{
    char on[32];
    taking_today(on);
    buffer_format(out, "looked %.*s %s\n    on %s\n", TEXT_ARG(record), how, on);
}

/* ---- where bytes come from ---- */

/* Waits for bytes, but not longer than a person waits who has pressed Ctrl-C. */
static int await(const struct taking_descriptor *d, struct error *error)
{
    struct pollfd wait = {.fd = d->fd, .events = POLLIN};
    for (;;) {
        if (d->stop && *d->stop)
            return error_set(error, ERROR_INTERRUPTED, "stopped; what is in by now stays");
        int ready = poll(&wait, 1, 200);
        if (ready > 0)
            return 0;
        if (ready < 0 && errno != EINTR)
            return error_system(error, errno, "read", d->name);
    }
}

static int read_descriptor(void *context, void *at, size_t length, size_t *got, struct error *error)
{
    struct taking_descriptor *d = context;
    for (;;) {
        if (await(d, error) < 0)
            return -1;
        ssize_t n = read(d->fd, at, length);
        if (n >= 0) {
            *got = (size_t)n;
            return 0;
        }
        if (errno != EINTR)
            return error_system(error, errno, "read", d->name);
    }
}

struct vault_source taking_source(struct taking_descriptor *d)
{
    return (struct vault_source){read_descriptor, d};
}

/* ---- ids, titles, kinds ---- */

/* Names that cameras, scanners and offices give tell nothing; whatever else somebody called a file may tell who. */
static bool is_harmless_word(struct text word)
{
    static const char *const words[] = {"img",     "dsc",       "dscn",      "pxl",   "vid",   "mov",   "mvi",
                                        "scan",    "scanned",   "doc",       "page",  "file",  "image", "document",
                                        "photo",   "video",     "audio",     "sound", "rec",   "track", "mail",
                                        "message", "untitled",  "copy",      "pages", "table", "part",  "text",
                                        "picture", "recording", "attachment"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_equal(text_of(words[i]), word))
            return true;
    return false;
}

/* An id out of a file's name, where that is made of such words and of digits alone; else nothing. */
static void id_of_name(const char *path, struct buffer *out)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    size_t length = dot && dot > name ? (size_t)(dot - name) : strlen(name);
    bool harmless = length > 0 && length <= 40, worded = false;
    for (size_t i = 0; i < length && harmless;) {
        size_t start = out->length;
        while (i < length && ((name[i] | 32) >= 'a' && (name[i] | 32) <= 'z'))
            buffer_char(out, (char)(name[i++] | 32));
        struct text word = {out->at + start, out->length - start};
        worded |= word.length > 0;
        harmless = !word.length || is_harmless_word(word);
        while (i < length && name[i] >= '0' && name[i] <= '9')
            buffer_char(out, name[i++]);
        if (i < length && strchr("_- .()", name[i])) {
            i++;
            if (out->length && out->at[out->length - 1] != '-')
                buffer_char(out, '-');
        } else if (i < length && !(name[i] >= '0' && name[i] <= '9') &&
                   !((name[i] | 32) >= 'a' && (name[i] | 32) <= 'z')) {
            harmless = false;
        }
    }
    while (out->length && out->at[out->length - 1] == '-')
        out->length--;
    if (!harmless || !worded)
        buffer_clear(out);
}

static bool is_free(const struct taking_files *t, const struct model *m, const char *id)
{
    for (size_t i = 0; i < t->chosen.count; i++)
        if (strcmp(t->chosen.at[i].record, id) == 0)
            return false;
    return model_find(m, SPACE_RECORD, text_of(id)) == MODEL_NONE;
}

static void choose_id(const struct taking_files *t, const struct model *m, const char *name, char id[LIMIT_ID + 1])
{
    struct buffer wanted = {0};
    id_of_name(name, &wanted);
    if (wanted.length && is_free(t, m, wanted.at))
        snprintf(id, LIMIT_ID + 1, "%s", wanted.at);
    else
        for (uint32_t n = 1;; n++) {
            snprintf(id, LIMIT_ID + 1, wanted.length ? "%.40s-%u" : "%s-%u", wanted.length ? wanted.at : "file", n);
            if (is_free(t, m, id))
                break;
        }
    buffer_release(&wanted);
}

const char *taking_kind(const char *media)
{
    static const struct {
        const char *begins, *kind;
    } kinds[] = {{"audio/", "audio"},     {"video/", "video"},   {"image/", "image"},
                 {"message/", "message"}, {"text/html", "page"}, {"application/mbox", "message"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strncmp(media, kinds[i].begins, strlen(kinds[i].begins)) == 0)
            return kinds[i].kind;
    return "document";
}

const char *taking_title(const char *kind)
{
    static const char *const titles[][2] = {{"audio", "Sound"}, {"video", "Film"},      {"image", "Picture"},
                                            {"page", "Page"},   {"message", "Message"}, {"document", "Document"}};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (strcmp(titles[i][0], kind) == 0)
            return titles[i][1];
    return "File";
}

/* ---- one file ---- */

struct stray_list {
    VECTOR(struct vault_stray) at;
    struct vault_stray fresh;
    struct slot_id slot;
    unsigned char body[SLOT_VOICE_BODY];
};

/* The keys of what interrupted takings left, and a new one. */
static int list_keys(struct taking_files *t, const struct log *log, struct stray_list *out, struct error *error)
{
    struct buffer name = {0};
    int got = store_begin_reading(t->store, error);
    out->fresh.key = secret_new(SEAL_KEY);
    log_file_new(log, out->fresh.id, out->fresh.key, &out->slot, out->body);
    while (got >= 0 && (got = store_chunk_name(t->store, buffer_text(&name), &name, error)) == 1) {
        if (name.length != LOG_FILE || log_file_owner(log, buffer_text(&name)) != LOG_STRAY || out->at.count >= 64)
            continue;
        struct vault_stray stray = {.key = secret_new(SEAL_KEY)};
        memcpy(stray.id, name.at, LOG_FILE);
        if (log_file_key(log, t->store, stray.id, stray.key, NULL) == 1)
            vector_push(&out->at, stray);
        else
            secret_free(stray.key);
    }
    store_rollback(t->store);
    buffer_release(&name);
    return got;
}

static void release_keys(struct stray_list *l)
{
    for (size_t i = 0; i < l->at.count; i++)
        secret_free(l->at.at[i].key);
    vector_release(&l->at);
    secret_free(l->fresh.key);
}

static const struct vault_stray *key_used(const struct stray_list *l, const struct vault_object *object)
{
    for (size_t i = 0; i < l->at.count; i++)
        if (memcmp(l->at.at[i].id, object->stored.name, LOG_FILE) == 0)
            return &l->at.at[i];
    return &l->fresh;
}

/* The record that holds a file of this hash, or MODEL_NONE. */
static uint32_t record_with(struct model *m, const char *hex)
{
    for (uint32_t n = model_entries(m); n-- > 0;) {
        struct model_entry e = model_entry(m, n);
        if (e.verb != VERB_KEPT || e.retracted || e.is_void ||
            !text_equal(model_field_text(m, model_field(&e, FIELD_HASH)), text_of(hex)))
            continue;
        uint32_t record = model_field(&e, FIELD_RECORD)->at;
        struct evidence_facts facts = evidence_facts(m, record);
        if (facts.held && text_equal(facts.sha256, text_of(hex)))
            return record;
    }
    return MODEL_NONE;
}

static const char *wanted_record(const struct take_one *one)
{
    return one->given ? one->t->wish->record : NULL;
}

/* The record's id must be one, and free to have this file. */
static int check_record(const struct take_one *one, struct model *m, struct error *error)
{
    const char *id = wanted_record(one);
    uint32_t record = id ? model_find(m, SPACE_RECORD, text_of(id)) : MODEL_NONE;
    if (record == MODEL_NONE || !evidence_facts(m, record).held)
        return 0;
    error_set(error, ERROR_EXISTS, "record '%s' has a file already, and it is another one", id);
    return error_mend(error, "take another id, or leave --record out");
}

static void add_brought(const struct take_one *one, const char *hex, uint64_t bytes, const char *id, struct buffer *out)
{
    const struct take_wish *wish = one->t->wish;
    const char *slash = strrchr(one->name, '/');
    buffer_format(out, "kept %s %s %llu ", id, hex, (unsigned long long)bytes);
    notation_quote(text_of(strcmp(one->name, "-") == 0 ? "" : slash && !one->depth ? slash + 1 : one->name), out);
    buffer_format(out, "\n    on %s\n", one->t->on);
    if (wish->from)
        buffer_format(out, "    from %s\n", wish->from);
    if (wish->through)
        buffer_format(out, "    through %s\n", wish->through);
    if (one->inside)
        buffer_format(out, "    note \"inside %s\"\n", one->inside);
}

/* The entries of a new file. `known`: its record is declared already. */
static void add_entries(const struct take_one *one, const char *media, const char *hex, uint64_t bytes, const char *id,
                        bool known, struct buffer *out)
{
    const char *kind = taking_kind(media);
    if (!known) {
        buffer_format(out, "record %s %s \"%s\"\n", id, kind, taking_title(kind));
        if (one->t->wish->from)
            buffer_format(out, "    from %s\n", one->t->wish->from);
    }
    add_brought(one, hex, bytes, id, out);
}

static const char *media_of(const struct parsed *p)
{
    return p->media;
}

static int check_voice(const struct model *m, const char *id, struct error *error)
{
    uint32_t voice = id ? model_find(m, SPACE_VOICE, text_of(id)) : MODEL_NONE;
    if (!id || voice == MODEL_DESK || (voice != MODEL_NONE && model_declared(m, SPACE_VOICE, voice)))
        return 0;
    struct text near = model_nearest(m, SPACE_VOICE, text_of(id));
    error_set(error, ERROR_MISSING, "voice '%s' is not declared", id);
    return near.length ? error_mend(error, "did you mean '%.*s'?", TEXT_ARG(near))
                       : error_mend(error, "declare it first: voice %s \"…\"", id);
}

/* An id must be one word: an entry of its own could hide behind a blank. */
static int check_word(const char *id, const char *what, struct error *error)
{
    for (const char *at = id ? id : ""; *at; at++)
        if ((unsigned char)*at <= ' ' || *at == '"' || *at == '#') {
            error_set(error, ERROR_INPUT, "what is given for '%s' holds a blank, a quotation mark or a #", what);
            return error_mend(error, "write one word, an id such as tape-3 or a date such as 2031-05-04");
        }
    return 0;
}

static int check_words(const struct take_one *one, struct error *error)
{
    const struct take_wish *wish = one->t->wish;
    bool fine = check_word(wanted_record(one), "record", error) == 0 && check_word(wish->from, "from", error) == 0 &&
                check_word(wish->through, "through", error) == 0 && check_word(wish->on, "on", error) == 0;
    return fine ? 0 : -1;
}

static void add_voice(const char *id, struct buffer *out)
{
    if (id && strcmp(id, "desk") != 0) /* which needs no declaring */
        buffer_format(out, "voice %s \"…\"\n", id);
}

/* What is wished for must be fit to be entered before a byte is put in: else hours of bytes lie there with no entry.
 * It is tried on a case of its own. */
static int check_wish(const struct take_one *one, const struct model *m, const char *id, struct error *error)
{
    const struct take_wish *wish = one->t->wish;
    bool two = wish->through && (!wish->from || strcmp(wish->from, wish->through) != 0);
    struct buffer entries = {0};
    struct faults faults = {0};
    struct model *trial = model_new();
    char zeros[65];
    memset(zeros, '0', 64);
    zeros[64] = '\0';
    add_voice(wish->from, &entries);
    if (two)
        add_voice(wish->through, &entries);
    add_entries(one, "", zeros, 0, id, false, &entries);
    int result = 0;
    if (model_take(trial, buffer_text(&entries), TAKE_TEXT, &faults) < 0 && faults.count) {
        error_set(error, ERROR_INPUT, "%s", faults.at[0].what);
        result = error_mend(error, "%s", faults.at[0].mend ? faults.at[0].mend : "");
    }
    if (result == 0)
        result = check_voice(m, wish->from, error);
    if (result == 0)
        result = check_voice(m, wish->through, error);
    model_free(trial);
    faults_release(&faults);
    buffer_release(&entries);
    return result;
}

/* Enters a file that is in, with what was read from it. */
static int enter(struct take_one *one, const struct vault_object *object, const char *hex, const struct parsed *parsed,
                 struct take_beside *beside, struct taken *told, struct error *error)
{
    struct taking_files *t = one->t;
    const struct opened *o = t->into->begin(t->into->context, error);
    if (!o)
        return -1;
    bool known = model_find(o->model, SPACE_RECORD, text_of(told->record)) != MODEL_NONE;
    int result = known && !wanted_record(one) ? error_set(error, ERROR_BUSY,
                                                          "record '%s' was made by somebody else "
                                                          "just now",
                                                          told->record)
                                              : check_record(one, o->model, error);
    struct buffer entries = {0};
    if (result == 0) {
        add_entries(one, media_of(parsed), hex, object->bytes, told->record, known, &entries);
        buffer_text_add(&entries, buffer_text(&beside->entries));
        log_file_adopt(o->log, text_of(told->record), object->stored.name);
        log_file_vouch(o->log, &object->stored);
        for (size_t i = 0; i < beside->objects.count; i++)
            log_file_vouch(o->log, &beside->objects.at[i]);
        result = t->into->append(t->into->context, buffer_text(&entries), error);
    }
    told->outcome = known ? TAKE_GIVEN : TAKE_NEW;
    seal_wipe(entries.at, entries.room);
    buffer_release(&entries);
    t->into->end(t->into->context);
    return result;
}

/* The same bytes are there already: whoever brought them now is entered, where that is said and new. */
static int enter_again(struct take_one *one, const struct opened *o, uint32_t record, const char *hex, uint64_t bytes,
                       struct taken *told, struct error *error)
{
    struct evidence_facts facts = evidence_facts(o->model, record);
    const struct take_wish *wish = one->t->wish;
    struct text id = model_id(o->model, SPACE_RECORD, record);
    uint32_t from = wish->from ? model_find(o->model, SPACE_VOICE, text_of(wish->from)) : MODEL_NONE;
    uint32_t through = wish->through ? model_find(o->model, SPACE_VOICE, text_of(wish->through)) : MODEL_NONE;
    told->outcome = TAKE_SAME;
    memcpy(told->record, id.at, id.length);
    told->record[id.length] = '\0';
    if ((!wish->from || from == facts.from) && (!wish->through || through == facts.through))
        return 0;
    struct buffer entries = {0};
    add_brought(one, hex, bytes, told->record, &entries);
    int result = one->t->into->append(one->t->into->context, buffer_text(&entries), error);
    buffer_release(&entries);
    return result;
}

/* Is it there already? 1 and entered, 0 or -1. */
static int meet_again(struct take_one *one, const char *hex, uint64_t bytes, struct taken *told, struct error *error)
{
    const struct opened *o = one->t->into->begin(one->t->into->context, error);
    if (!o)
        return -1;
    uint32_t record = record_with(o->model, hex);
    int result = record == MODEL_NONE ? 0 : enter_again(one, o, record, hex, bytes, told, error);
    if (result == 0 && record == MODEL_NONE)
        result = check_record(one, o->model, error);
    one->t->into->end(one->t->into->context);
    return result < 0 ? -1 : record != MODEL_NONE;
}

/* A file of the same size as one that is kept is hashed first: it may be the same. 1, 0 or -1. */
static int meet_by_hash(struct take_one *one, struct taken *told, struct error *error)
{
    enum { STEP = 1 << 20 };
    unsigned char hash[SEAL_SHA256];
    bool alike = false;
    const struct opened *o = one->fd >= 0 && one->size ? one->t->into->begin(one->t->into->context, error) : NULL;
    for (uint32_t n = 0; o && n < model_entries(o->model) && !alike; n++) {
        struct model_entry e = model_entry(o->model, n);
        char bytes[24];
        snprintf(bytes, sizeof bytes, "%llu", (unsigned long long)one->size);
        alike =
            e.verb == VERB_KEPT && text_equal(model_field_text(o->model, model_field(&e, FIELD_BYTES)), text_of(bytes));
    }
    if (o)
        one->t->into->end(one->t->into->context);
    if (!alike)
        return 0;
    struct taking_descriptor d = {one->fd, one->t->stop, one->name};
    struct seal_sha256 *sha256 = seal_sha256_begin();
    char *at = memory_resize(NULL, STEP, 1);
    size_t got = 1;
    int result = 0;
    while (result == 0 && got > 0) {
        result = read_descriptor(&d, at, STEP, &got, error);
        if (result == 0)
            seal_sha256_add(sha256, (struct text){at, got});
    }
    seal_sha256_end(sha256, hash);
    seal_wipe(at, STEP);
    free(at);
    taking_hex(hash, told->sha256);
    if (result == 0)
        result = meet_again(one, told->sha256, one->size, told, error);
    if (lseek(one->fd, 0, SEEK_SET) < 0)
        result = error_system(error, errno, "read", one->name);
    return result;
}

static int reserve_id(struct take_one *one, struct taken *told, struct stray_list *keys, struct error *error)
{
    const struct opened *o = one->t->into->begin(one->t->into->context, error);
    if (!o)
        return -1;
    int result = check_record(one, o->model, error);
    if (wanted_record(one))
        snprintf(told->record, sizeof told->record, "%.64s", wanted_record(one));
    else
        choose_id(one->t, o->model, one->name, told->record);
    if (result == 0 && one->depth == 0)
        result = check_wish(one, o->model, wanted_record(one) ? wanted_record(one) : told->record, error);
    struct take_child id = {.depth = one->depth};
    memcpy(id.record, told->record, sizeof id.record);
    vector_push(&one->t->chosen, id);
    if (result == 0)
        result = list_keys(one->t, o->log, keys, error);
    one->t->into->end(one->t->into->context);
    return result;
}

static void tell_progress(void *context, uint64_t bytes)
{
    struct take_one *one = context;
    if (one->t->telling->progress)
        one->t->telling->progress(one->t->telling->context, one->name, bytes, one->size);
}

/* What cannot be read is kept all the same: the notes say why. */
static void read_file(struct take_one *one, const struct taken *told, struct parsed *parsed)
{
    struct error error = {0};
    if (one->t->wish->unread || one->fd < 0 || lseek(one->fd, 0, SEEK_SET) < 0)
        return;
    if (taking_read(one->t, one->fd, told->record, one->depth, parsed, &error) < 0)
        buffer_format(&parsed->notes, "It could not be read: %s.\n", error.what);
}

static int put_and_enter(struct take_one *one, const struct vault_source *source, struct stray_list *keys,
                         struct taken *told, struct parsed *parsed, struct error *error)
{
    struct vault_put put = {.store = one->t->store,
                            .case_id = one->t->case_id,
                            .stop = one->t->stop,
                            .progress = tell_progress,
                            .context = one};
    struct vault_object object;
    struct take_beside beside = {0};
    struct text body = {(const char *)keys->body, SLOT_VOICE_BODY};
    if (vault_put_file(&put, source, keys->at.at, keys->at.count, &keys->fresh, &keys->slot, body, &object, error) < 0)
        return -1;
    taking_hex(object.sha256, told->sha256);
    told->bytes = object.bytes;
    told->went_on = object.kept;
    int met = meet_again(one, told->sha256, object.bytes, told, error);
    if (met == 1)
        return vault_clear(one->t->store, log_object_name(&object.stored), error);
    if (met < 0)
        return -1;
    read_file(one, told, parsed);
    int result =
        one->t->stop && *one->t->stop ? error_set(error, ERROR_INTERRUPTED, "stopped; what is in by now stays") : 0;
    if (result == 0)
        result = taking_put_derived(one->t, key_used(keys, &object), told->record, parsed, &beside, error);
    if (result == 0)
        result = enter(one, &object, told->sha256, parsed, &beside, told, error);
    take_beside_release(&beside);
    if (result == 0 && one->fd < 0 && !one->t->wish->unread) {
        struct take_child child = {.depth = one->depth};
        memcpy(child.record, told->record, sizeof child.record);
        vector_push(&one->t->waiting, child);
    }
    return result;
}

static bool is_for_all(enum error_code code)
{
    return code == ERROR_FULL || code == ERROR_DAMAGED || code == ERROR_INTERRUPTED || code == ERROR_IO;
}

int taking_file(struct take_one *one, const struct vault_source *source, struct error *error)
{
    struct taken told = {.name = one->name, .depth = one->depth, .bytes = one->size};
    struct parsed parsed = {0};
    struct stray_list keys = {0};
    size_t chosen = one->t->chosen.count;
    int result = check_words(one, &told.error);
    if (result == 0)
        result = meet_by_hash(one, &told, &told.error);
    if (result == 0) {
        result = reserve_id(one, &told, &keys, &told.error);
        if (result == 0)
            result = put_and_enter(one, source, &keys, &told, &parsed, &told.error);
    }
    if (result < 0) {
        told.outcome = TAKE_FAILED;
        told.record[0] = '\0';
        one->t->failed++;
        if (error)
            *error = told.error;
    }
    told.media = parsed.media;
    told.text = parsed.text.length;
    told.notes = parsed.notes.length ? parsed.notes.at : "";
    one->t->telling->taken(one->t->telling->context, &told);
    one->t->chosen.count = chosen;
    release_keys(&keys);
    parsed_release(&parsed);
    return result < 0 && is_for_all(told.error.code) ? -1 : 0;
}

/* ---- many ---- */

int taking_open_store(struct taking_files *t, struct error *error)
{
    struct timespec pause = {.tv_nsec = 20000000};
    struct error found = {0};
    for (int i = 0; i < 3000 && !t->store; i++) {
        found = (struct error){0};
        t->store = store_open(t->path, STORE_WRITE, &found);
        if (!t->store && found.code != ERROR_BUSY)
            break;
        if (!t->store)
            nanosleep(&pause, NULL);
    }
    if (!t->store) {
        if (error)
            *error = found;
        return -1;
    }
    store_rollback(t->store);
    return 0;
}

int taking_begin(struct taking_files *t, const struct take_case *into, struct error *error)
{
    const struct opened *o = into->begin(into->context, error);
    if (!o)
        return -1;
    memcpy(t->case_id, log_case_id(o->log), SEAL_PUBLIC);
    t->path = memory_copy(log_path(o->log), strlen(log_path(o->log)));
    t->into = into;
    into->end(into->context);
    if (t->wish && t->wish->on)
        snprintf(t->on, sizeof t->on, "%s", t->wish->on);
    else
        taking_today(t->on);
    return taking_open_store(t, error);
}

void taking_end(struct taking_files *t)
{
    store_free(t->store);
    free(t->path);
    vector_release(&t->waiting);
    vector_release(&t->chosen);
}

static int finish(struct taking_files *t, int result, struct error *error)
{
    if (result == 0)
        result = taking_read_waiting(t, error);
    return result < 0 || t->failed ? -1 : 0;
}

static int take_descriptor(struct taking_files *t, int fd, const char *name, struct error *error)
{
    struct stat info;
    bool file = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && lseek(fd, 0, SEEK_SET) == 0;
    struct taking_descriptor d = {fd, t->stop, name};
    struct vault_source source = taking_source(&d);
    struct take_one one = {.t = t,
                           .name = name,
                           .given = t->wish->record != NULL,
                           .fd = file ? fd : -1,
                           .size = file ? (uint64_t)info.st_size : 0};
    int result = taking_file(&one, &source, error);
    return result == 0 ? taking_read_waiting(t, error) : result;
}

static int tell_failed(struct taking_files *t, const char *path, const struct error *why, struct error *error)
{
    struct taken told = {.outcome = TAKE_FAILED, .name = path, .error = *why, .media = "", .notes = ""};
    t->failed++;
    t->telling->taken(t->telling->context, &told);
    if (error)
        *error = *why;
    return 0;
}

static int take_path(struct taking_files *t, const char *path, struct error *error)
{
    struct error why = {0};
    int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        error_system(&why, errno, "open", path);
        return tell_failed(t, path, &why, error);
    }
    int result = take_descriptor(t, fd, path, error);
    if (fd != STDIN_FILENO)
        close(fd);
    return result;
}

static int take_folder(struct taking_files *t, const char *path, struct error *error)
{
    folder_names names = {0};
    struct error why = {0};
    int result = 0;
    if (folder_list(path, LIMIT_WALK, &names, &why) < 0)
        return tell_failed(t, path, &why, error);
    for (size_t i = 0; i < names.count && result == 0; i++) {
        size_t length = strlen(names.at[i]);
        if (length && names.at[i][length - 1] == '\n')
            continue; /* neither file nor folder: a link, a device */
        struct buffer whole = {0};
        buffer_format(&whole, "%s/%s", path, names.at[i]);
        result = take_path(t, whole.at, error);
        buffer_release(&whole);
    }
    folder_names_release(&names);
    return result;
}

static bool is_folder(const char *path)
{
    struct stat info;
    return strcmp(path, "-") != 0 && stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

int ops_take(const struct take_case *into, const char *const *paths, size_t count, const struct take_wish *wish,
             const struct take_telling *telling, const volatile bool *stop, struct error *error)
{
    struct taking_files t = {.wish = wish, .telling = telling, .stop = stop};
    if (wish->record && (count > 1 || is_folder(paths[0]))) {
        error_set(error, ERROR_USAGE, "--record is for one file");
        return error_mend(error, "take the files one by one, or leave it out");
    }
    int result = taking_begin(&t, into, error);
    for (size_t i = 0; i < count && result == 0; i++)
        result = is_folder(paths[i]) ? take_folder(&t, paths[i], error) : take_path(&t, paths[i], error);
    result = finish(&t, result, error);
    taking_end(&t);
    return result;
}

int ops_take_descriptor(const struct take_case *into, int fd, const char *name, const struct take_wish *wish,
                        const struct take_telling *telling, const volatile bool *stop, struct error *error)
{
    struct taking_files t = {.wish = wish, .telling = telling, .stop = stop};
    int result = taking_begin(&t, into, error);
    if (result == 0)
        result = finish(&t, take_descriptor(&t, fd, name, error), error);
    taking_end(&t);
    return result;
}

int ops_take_source(const struct take_case *into, const struct vault_source *source, const char *name,
                    const struct take_wish *wish, const struct take_telling *telling, const volatile bool *stop,
                    struct error *error)
{
    struct taking_files t = {.wish = wish, .telling = telling, .stop = stop};
    int result = taking_begin(&t, into, error);
    struct take_one one = {.t = &t, .name = name, .given = wish->record != NULL, .fd = -1};
    if (result == 0)
        result = finish(&t, taking_file(&one, source, error), error);
    taking_end(&t);
    return result;
}

int taking_key_of(struct taking_files *t, const char *record, struct vault_stray *key,
                  unsigned char sha256[SEAL_SHA256], struct error *error)
{
    const struct opened *o = t->into->begin(t->into->context, error);
    if (!o)
        return -1;
    uint32_t number = model_find(o->model, SPACE_RECORD, text_of(record));
    int got = 0;
    if (number == MODEL_NONE) {
        got = evidence_no_record(o->model, record, error);
    } else {
        struct evidence_facts facts = evidence_facts(o->model, number);
        evidence_unhex(facts.sha256, sha256);
        got = facts.held ? evidence_key(o, number, facts.sha256, key, error) : 0;
        if (got == 0)
            evidence_close(evidence_open(o, number, error)); /* says why */
    }
    t->into->end(t->into->context);
    return got == 1 ? 0 : -1;
}

int taking_enter_beside(struct taking_files *t, struct take_beside *beside, struct error *error)
{
    if (!beside->entries.length)
        return 0;
    const struct opened *o = t->into->begin(t->into->context, error);
    if (!o)
        return -1;
    for (size_t i = 0; i < beside->objects.count; i++)
        log_file_vouch(o->log, &beside->objects.at[i]);
    int result = t->into->append(t->into->context, buffer_text(&beside->entries), error);
    t->into->end(t->into->context);
    return result;
}

int ops_take_derived(const struct take_case *into, const char *record, const char *kind, struct text content,
                     const evidence_pages *pages, const char *maker, struct error *error)
{
    struct taking_files t = {.into = into};
    struct vault_stray key = {.key = NULL};
    struct take_beside beside = {0};
    struct buffer text = {0};
    unsigned char sha256[SEAL_SHA256];
    bool paged = strcmp(kind, "text") == 0 || strcmp(kind, "transcript") == 0;
    if (paged)
        taking_text(content, pages ? pages->at : NULL, pages ? pages->count : 0, &text);
    int result = taking_begin(&t, into, error);
    if (result == 0)
        result = taking_key_of(&t, record, &key, sha256, error);
    if (result == 0)
        result = taking_put_one(&t, &key, record, kind, paged ? buffer_text(&text) : content, maker, &beside, error);
    if (result == 0)
        result = taking_enter_beside(&t, &beside, error);
    seal_wipe(text.at, text.room);
    buffer_release(&text);
    take_beside_release(&beside);
    secret_free(key.key);
    taking_end(&t);
    return result;
}
