/* Files into the case, transcripts, and what is kept of a record: its file by ranges, its text, its peaks, its pages as
 * pictures. */
#include "desk/body.h"

#include "base/json.h"
#include "desk/inflow.h"
#include "ops/find.h"
#include "ops/parsed.h"
#include "ops/take.h"
#include "ops/transcript.h"
#include "seal/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- taking ---- */

static const struct opened *begin(void *context, struct error *error)
{
    struct exchange *x = context;
    return session_work(x->session, true, error);
}

static int append(void *context, struct text notation, struct error *error)
{
    struct exchange *x = context;
    return session_append(x->session, notation, error);
}

static void end(void *context)
{
    struct exchange *x = context;
    session_work_end(x->session);
    desk_tell_change(x->desk, session_now(x->session));
}

static void told(void *context, const struct taken *t)
{
    struct exchange *x = context;
    struct buffer *out = &x->answer;
    json_open(out, '{');
    json_text_field(out, "outcome", text_of((const char *const[]){"new", "given", "same", "failed"}[t->outcome]));
    json_field(out, "record", text_of(t->record));
    json_text_field(out, "name", text_of(t->name));
    json_number_field(out, "depth", t->depth);
    json_number_field(out, "bytes", t->bytes);
    json_field(out, "media", text_of(t->media));
    json_number_field(out, "text", t->text);
    json_field(out, "notes", text_of(t->notes));
    if (t->outcome == TAKE_FAILED)
        json_text_field(out, "what", text_of(t->error.what));
    json_close(out, '}');
}

static void progress(void *context, const char *name, uint64_t bytes, uint64_t of)
{
    struct exchange *x = context;
    struct buffer data = {0};
    json_open(&data, '{');
    json_text_field(&data, "what", text_of(name));
    json_number_field(&data, "done", bytes);
    json_number_field(&data, "of", of);
    json_close(&data, '}');
    desk_tell(x->desk, "progress", data.at);
    buffer_release(&data);
}

static const char *or_null(struct text t)
{
    return t.length ? t.at : NULL;
}

void answer_evidence(struct exchange *x)
{
    struct error error = {0};
    struct text name = exchange_parameter(x, "name");
    uint32_t before = session_now(x->session).revision;
    const struct take_case into = {begin, append, end, x};
    const struct take_wish wish = {.record = or_null(exchange_parameter(x, "record")),
                                   .from = or_null(exchange_parameter(x, "from")),
                                   .through = or_null(exchange_parameter(x, "through"))};
    const struct take_telling telling = {told, progress, x};
    struct vault_source source = inflow_source(x->inflow);
    json_open(&x->answer, '{');
    json_key(&x->answer, "taken");
    json_open(&x->answer, '[');
    int failed = ops_take_source(&into, &source, name.length ? name.at : "file", &wish, &telling,
                                 keeper_stop(desk_keeper(x->desk), x->session), &error);
    inflow_done(x->inflow);
    json_close(&x->answer, ']');
    if (failed) {
        exchange_fail(x, &error);
        return;
    }
    /* the first one is the file itself */
    const char *record = strstr(x->answer.at, "\"record\":\"");
    size_t length = record ? strcspn(record + 10, "\"") : 0;
    struct text id = {record ? record + 10 : "", length};
    struct buffer copy = {0};
    buffer_text_add(&copy, id);
    json_text_field(&x->answer, "record", buffer_text(&copy));
    json_key(&x->answer, "entries");
    json_open(&x->answer, '[');
    for (uint32_t n = before; n < session_now(x->session).revision && n < before + 64; n++)
        json_number(&x->answer, (uint64_t)n + 1);
    json_close(&x->answer, ']');
    json_close(&x->answer, '}');
    buffer_release(&copy);
}

static void add_faults(struct exchange *x, const struct faults *faults)
{
    struct error error = {0};
    error_set(&error, ERROR_INPUT, "%s", faults->count ? faults->at[0].what : "this is no transcript");
    error_mend(&error, "%s", faults->count ? faults->at[0].mend : "bring WebVTT, SRT or a recogniser's JSON");
    exchange_fail(x, &error);
    x->status = 422;
}

void answer_transcript(struct exchange *x)
{
    struct text record, text;
    struct error error = {0};
    struct transcript transcript = {0};
    struct faults faults = {0};
    struct buffer kept = {0};
    const struct take_case into = {begin, append, end, x};
    json_t *body = body_read(x);
    if (body && body_text(x, body, "record", &record) && body_text(x, body, "text", &text)) {
        if (transcript_read(text, &transcript, &faults)) {
            add_faults(x, &faults);
        } else {
            transcript_print(&transcript, &kept);
            if (ops_take_derived(&into, record.at, "transcript", buffer_text(&kept), NULL, "the desk", &error)) {
                exchange_fail(x, &error);
            } else {
                json_open(&x->answer, '{');
                json_text_field(&x->answer, "record", record);
                json_number_field(&x->answer, "lines", transcript.lines.count);
                json_number_field(&x->answer, "revision", session_now(x->session).revision);
                json_close(&x->answer, '}');
            }
        }
    }
    transcript_release(&transcript);
    faults_release(&faults);
    buffer_release(&kept);
    body_free(body);
}

/* ---- what is kept of a record ---- */

/* The record that was asked for, in a case that is entered; MODEL_NONE, and then it is left and answered. */
static uint32_t find_record(struct exchange *x, const struct opened *o)
{
    uint32_t record = model_find(o->model, SPACE_RECORD, exchange_parameter(x, "id"));
    if (record == MODEL_NONE) {
        session_leave(x->session);
        exchange_refuse(x, 404, "there is no such record", "look at the list of records");
    }
    return record;
}

/* Where the desk wants it, the log says first that the file was looked at. False, and answered, where it cannot. */
static bool may_look(struct exchange *x)
{
    struct error error = {0};
    struct text id = exchange_parameter(x, "id");
    struct looks *looks = desk_looks(x->desk);
    if (!looks)
        return true;
    const struct opened *o = session_enter(x->session);
    uint32_t record = model_find(o->model, SPACE_RECORD, id);
    bool has_file = record != MODEL_NONE && evidence_facts(o->model, record).sha256.length;
    session_leave(x->session);
    if (!has_file || looks_note(looks, x->session, id, &error) == 0)
        return true;
    exchange_fail(x, &error);
    return false;
}

void answer_record_text(struct exchange *x)
{
    if (!may_look(x))
        return;
    struct error error = {0};
    struct buffer text = {0}, transcript = {0};
    evidence_pages pages = {0};
    const struct opened *o = session_enter(x->session);
    uint32_t record = find_record(x, o);
    if (record == MODEL_NONE)
        return;
    bool spoken = evidence_derived_entry(o->model, record, "transcript") != MODEL_NONE;
    int got = evidence_text(o, record, &text, &pages, &error);
    session_leave(x->session);
    if (got < 0) {
        exchange_fail(x, &error);
    } else if (got == 0) {
        exchange_refuse(x, 404, "no text was read from this record",
                        "type a transcript, or bring a file that has words in it");
    } else {
        json_open(&x->answer, '{');
        json_text_field(&x->answer, "text", buffer_text(&text));
        json_key(&x->answer, "pages");
        json_open(&x->answer, '[');
        for (size_t i = 0; i < pages.count; i++)
            json_number(&x->answer, pages.at[i]);
        json_close(&x->answer, ']');
        json_text_field(&x->answer, "kind", spoken ? TEXT("transcript") : TEXT("text"));
        json_close(&x->answer, '}');
    }
    buffer_release(&text);
    buffer_release(&transcript);
    vector_release(&pages);
}

void answer_record_peaks(struct exchange *x)
{
    struct error error = {0};
    struct buffer peaks = {0};
    const struct opened *o = session_enter(x->session);
    uint32_t record = find_record(x, o);
    if (record == MODEL_NONE)
        return;
    int got = evidence_derived(o, record, "peaks", &peaks, &error);
    session_leave(x->session);
    if (got < 0) {
        exchange_fail(x, &error);
    } else if (got == 0) {
        exchange_refuse(x, 404, "there is no waveform of this record", "it has no sound, or none that could be read");
    } else {
        json_open(&x->answer, '{');
        json_key(&x->answer, "seconds");
        json_value(&x->answer);
        buffer_format(&x->answer, "%zu.%02zu", peaks.length / 20, peaks.length % 20 * 5);
        json_key(&x->answer, "peaks");
        json_open(&x->answer, '[');
        for (size_t i = 0; i < peaks.length; i++)
            json_number(&x->answer, (unsigned char)peaks.at[i]);
        json_close(&x->answer, ']');
        json_close(&x->answer, '}');
    }
    buffer_release(&peaks);
}

static struct evidence *open_evidence(struct exchange *x)
{
    struct error error = {0};
    if (!may_look(x))
        return NULL;
    const struct opened *o = session_enter(x->session);
    uint32_t record = find_record(x, o);
    if (record == MODEL_NONE)
        return NULL;
    struct evidence *e = evidence_open(o, record, &error);
    session_leave(x->session);
    if (!e)
        exchange_fail(x, &error);
    return e;
}

/* What a browser may show by itself: sound, film, pictures and plain words. By the first bytes, never by a name; all
 * else is kept for saving. */
static const char *media_of(const unsigned char *at, size_t n)
{
    static const struct {
        size_t offset, length;
        const char *bytes, *type;
    } known[] = {
        {0, 8, "\x89PNG\r\n\x1a\n", "image/png"},
        {0, 3, "\xff\xd8\xff", "image/jpeg"},
        {0, 4, "GIF8", "image/gif"},
        {8, 4, "WEBP", "image/webp"},
        {0, 4, "OggS", "audio/ogg"},
        {0, 4, "fLaC", "audio/flac"},
        {0, 3, "ID3", "audio/mpeg"},
        {8, 4, "WAVE", "audio/wav"},
        {4, 8, "ftypM4A ", "audio/mp4"},
        {4, 4, "ftyp", "video/mp4"},
        {0, 4, "\x1a\x45\xdf\xa3", "video/webm"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (n >= known[i].offset + known[i].length &&
            memcmp(at + known[i].offset, known[i].bytes, known[i].length) == 0)
            return known[i].type;
    if (n > 1 && at[0] == 0xff && (at[1] & 0xe6) == 0xe2)
        return "audio/mpeg";
    for (size_t i = 0; i < n; i++)
        if (at[i] < 9 || (at[i] > 13 && at[i] < 32) || at[i] == '<')
            return NULL;
    return "text/plain; charset=utf-8";
}

void answer_record_file(struct exchange *x)
{
    unsigned char head[512];
    size_t got = 0;
    struct error error = {0};
    struct evidence *e = open_evidence(x);
    if (!e)
        return;
    if (evidence_read(e, 0, head, sizeof head, &got, &error)) {
        exchange_fail(x, &error);
        evidence_close(e);
        return;
    }
    x->file = e;
    x->type = media_of(head, got);
    x->saved = !x->type;
    if (x->saved)
        x->type = "application/octet-stream";
    seal_wipe(head, sizeof head);
}

/* ---- pages as pictures ---- */

struct feeding {
    struct evidence *evidence;
    int fd;
};

/* Whoever reads may have enough before the end. */
static void *feed(void *context)
{
    struct feeding *f = context;
    char *piece = malloc(VAULT_PIECE);
    uint64_t offset = 0;
    size_t got = 0;
    while (piece && evidence_read(f->evidence, offset, piece, VAULT_PIECE, &got, NULL) == 0 && got) {
        size_t done = 0;
        while (done < got) {
            ssize_t n = write(f->fd, piece + done, got - done);
            if (n < 0 && errno == EINTR)
                continue;
            if (n <= 0)
                goto out;
            done += (size_t)n;
        }
        offset += got;
    }
out:
    close(f->fd);
    if (piece)
        seal_wipe(piece, VAULT_PIECE);
    free(piece);
    return NULL;
}

static int draw_page(struct exchange *x, struct evidence *e, uint32_t page, struct error *error)
{
    int ends[2];
    pthread_t thread;
    if (pipe2(ends, O_CLOEXEC) < 0)
        return error_system(error, errno, "make", "a pipe");
    struct feeding f = {e, ends[1]};
    if (pthread_create(&thread, NULL, feed, &f) != 0) {
        close(ends[0]);
        close(ends[1]);
        return error_set(error, ERROR_IO, "this machine has no thread left");
    }
    enum { SIDE = 1600 };
    int result = parsed_page(ends[0], page, SIDE, keeper_stop(desk_keeper(x->desk), x->session), &x->answer, error);
    close(ends[0]);
    pthread_join(thread, NULL);
    return result;
}

void answer_record_page(struct exchange *x)
{
    struct error error = {0};
    unsigned long page = strtoul(exchange_parameter(x, "page").at, NULL, 10);
    if (page < 1 || page > 1000000) {
        exchange_refuse(x, 400, "pages are numbered from 1", "name one that there is");
        return;
    }
    struct evidence *e = open_evidence(x);
    if (!e)
        return;
    if (draw_page(x, e, (uint32_t)page - 1, &error))
        exchange_fail(x, &error);
    else
        x->type = "image/png";
    evidence_close(e);
}

/* ---- words ---- */

void answer_find(struct exchange *x)
{
    struct error error = {0};
    struct find_answer found = {0};
    struct text words = exchange_parameter(x, "q"), kinds = exchange_parameter(x, "kinds");
    unsigned long most = strtoul(exchange_parameter(x, "limit").at, NULL, 10);
    struct finder *finder = keeper_finder(desk_keeper(x->desk), x->session);
    unsigned set = kinds.length ? find_kinds(kinds, &error) : SEARCH_ALL;
    struct query q = {0};
    if (!finder || !set || query_read(words, true, &q, &error) ||
        finder_find(finder, &q, set, most && most < 200 ? most : 50, &found, &error)) {
        if (!error.code)
            error_set(&error, ERROR_IO, "there is no index to look into");
        exchange_fail(x, &error);
    } else {
        find_json(&found, &x->answer);
    }
    find_answer_release(&found);
    query_release(&q);
}
