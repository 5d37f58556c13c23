/* Publishing in one step: see publish.h. */
#include "ops/publish.h"

#include "base/file.h"
#include "base/folder.h"
#include "base/limits.h"
#include "ops/draft.h"
#include "ops/media.h"
#include "seal/minisign.h"

#include <inttypes.h>

#define HASHES "SHA256SUMS"

enum { FILES_MOST = 100000, HASH_DIGITS = 64 };

struct publishing {
    const struct publish_wish *wish;
    const struct publish_case *open; /* NULL: the case was opened here */
    const volatile bool *stop;
    struct published *out;
    struct media *media;
    VECTOR(struct text) beside;
    VECTOR(struct gate_request) requests;
    struct site_options options;
    struct buffer url; /* with its slash */
    struct site site;
    struct buffer signature, key;
};

/* ---- the drafts ---- */

/* The file's name without folder and ending, as an address can have it; what cannot stand in one becomes a dash. */
static char *slug_of(const char *file)
{
    const char *name = strrchr(file, '/');
    name = name ? name + 1 : file;
    const char *dot = strrchr(name, '.');
    size_t length = dot && dot > name ? (size_t)(dot - name) : strlen(name);
    struct buffer slug = {0};
    for (size_t i = 0; i < length && slug.length < LIMIT_ID; i++) {
        char c = name[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain || (slug.length && slug.at[slug.length - 1] != '-'))
            buffer_char(&slug, plain ? c : '-');
    }
    while (slug.length && slug.at[slug.length - 1] == '-')
        slug.length--;
    char *result = memory_copy(slug.at ? slug.at : "", slug.length);
    buffer_release(&slug);
    return result;
}

/* What the draft itself says its name is; a draft with faults says none. */
static void read_slug(struct publish_draft *d)
{
    struct draft draft = {0};
    struct faults faults = {0};
    draft_read(buffer_text(&d->source), TEXT("en"), &draft, &faults);
    struct text slug = draft_setting(&draft, "slug");
    if (slug.length) {
        free(d->slug);
        d->slug = memory_copy(slug.at, slug.length);
    }
    draft_release(&draft);
    faults_release(&faults);
}

static struct publish_draft *find_draft(struct published *out, const char *slug)
{
    for (size_t i = 0; i < out->drafts.count; i++)
        if (strcmp(out->drafts.at[i].slug, slug) == 0)
            return &out->drafts.at[i];
    return NULL;
}

static char *keep_text(struct text t)
{
    return memory_copy(t.at ? t.at : "", t.length);
}

/* The newest version of each article that is out. */
static void add_printed(struct publishing *p, uint32_t entry)
{
    struct model *m = p->out->opened.model;
    struct model_entry e = model_entry(m, entry);
    if (e.verb != VERB_PRINTED || e.retracted || e.is_void)
        return;
    char *slug = keep_text(model_field_text(m, model_field(&e, FIELD_ARTICLE)));
    struct publish_draft *d = find_draft(p->out, slug);
    if (!d) {
        struct buffer name = {0};
        buffer_format(&name, "printed %s", slug);
        struct text on = model_field_text(m, model_field(&e, FIELD_ON));
        vector_push(&p->out->drafts, (struct publish_draft){.name = name.at, .slug = slug, .dated = keep_text(on)});
        d = &p->out->drafts.at[p->out->drafts.count - 1];
    } else {
        free(slug);
    }
    buffer_clear(&d->source);
    notation_unescape(model_field_text(m, model_field(&e, FIELD_DRAFT)), &d->source);
}

/* One that is out already, to the letter, is not new; one of the same name takes its place. */
static void add_draft(struct publishing *p, struct publish_draft *d)
{
    struct publish_draft *old = find_draft(p->out, d->slug);
    if (!old) {
        d->is_new = true;
        d->dated = memory_copy(p->out->day, strlen(p->out->day));
        vector_push(&p->out->drafts, *d);
        return;
    }
    bool same = text_equal(buffer_text(&old->source), buffer_text(&d->source));
    if (old->is_new) { /* two of the drafts given have one name: the gate says so */
        d->is_new = true;
        d->dated = memory_copy(p->out->day, strlen(p->out->day));
        vector_push(&p->out->drafts, *d);
        return;
    }
    free(old->name);
    free(old->slug);
    buffer_release(&old->source);
    old->name = d->name;
    old->slug = d->slug;
    old->source = d->source;
    old->is_new = old->is_change = !same;
}

/* `source` is taken over. */
static void add_source(struct publishing *p, const char *name, struct buffer source)
{
    struct publish_draft d = {.source = source};
    if (!d.source.at)
        buffer_reserve(&d.source, 1);
    d.name = memory_copy(name, strlen(name));
    d.slug = p->wish->slug ? memory_copy(p->wish->slug, strlen(p->wish->slug)) : slug_of(name);
    read_slug(&d);
    add_draft(p, &d);
}

static int read_draft(struct publishing *p, const char *file, struct error *error)
{
    struct buffer source = {0};
    if (file_read(file, LIMIT_DRAFT, &source, error))
        return -1;
    add_source(p, strcmp(file, "-") == 0 ? "standard input" : file, source);
    return 0;
}

static int read_given(struct publishing *p, const struct publish_given *given, struct error *error)
{
    struct buffer source = {0};
    if (given->source.length > LIMIT_DRAFT) {
        error_set(error, ERROR_LIMIT, "the draft '%s' has more than %u bytes", given->name, LIMIT_DRAFT);
        return error_mend(error, "make two articles of it");
    }
    buffer_text_add(&source, given->source);
    add_source(p, given->name, source);
    return 0;
}

/* The newest first; of one day by their names. */
static int by_date(const void *a, const void *b)
{
    const struct publish_draft *x = a, *y = b;
    int order = strcmp(y->dated, x->dated);
    return order ? order : strcmp(x->slug, y->slug);
}

static int find_drafts(struct publishing *p, struct error *error)
{
    for (uint32_t n = 0; n < model_entries(p->out->opened.model); n++)
        add_printed(p, n);
    for (size_t i = 0; i < p->wish->draft_count && !p->wish->check; i++)
        if (read_draft(p, p->wish->drafts[i], error))
            return -1;
    for (size_t i = 0; i < p->wish->given_count; i++)
        if (read_given(p, &p->wish->given[i], error))
            return -1;
    if (p->out->drafts.count) {
        qsort(p->out->drafts.at, p->out->drafts.count, sizeof *p->out->drafts.at, by_date);
        return 0;
    }
    if (p->wish->check)
        return 0;
    error_set(error, ERROR_USAGE, "there is nothing to publish: no draft was given, and nothing is out yet");
    return error_mend(error, "name a draft; 'bearout draft CASE' writes a first one");
}

/* ---- the gate ---- */

static void make_requests(struct publishing *p)
{
    struct published *out = p->out;
    for (size_t i = 0; i < out->drafts.count; i++)
        if (out->drafts.at[i].is_new)
            vector_push(&p->beside, buffer_text(&out->drafts.at[i].source));
    for (size_t i = 0; i < out->drafts.count; i++) {
        const struct publish_draft *d = &out->drafts.at[i];
        vector_push(&out->answers, (struct gate_answer){0});
        vector_push(&p->requests, (struct gate_request){.bearing = out->opened.bearing,
                                                        .source = buffer_text(&d->source),
                                                        .slug = text_of(d->slug),
                                                        .as_of = text_of(out->day),
                                                        .media = media_source(p->media),
                                                        .correction = text_of(d->is_change ? p->wish->correction : ""),
                                                        .beside = p->beside.at,
                                                        .beside_count = p->beside.count});
    }
}

/* The page of the last draft that was given. */
static void keep_page(struct publishing *p)
{
    struct buffer name = {0};
    for (size_t i = 0; i < p->out->drafts.count && p->wish->page && p->wish->given_count; i++)
        if (strcmp(p->out->drafts.at[i].name, p->wish->given[p->wish->given_count - 1].name) == 0)
            buffer_format(&name, "%.*s/one-file.html", TEXT_ARG(p->out->answers.at[i].article.slug));
    for (size_t i = 0; i < p->site.files.count && name.length; i++)
        if (strcmp(p->site.files.at[i].name, name.at) == 0)
            buffer_text_add(&p->out->page, buffer_text(&p->site.files.at[i].bytes));
    buffer_release(&name);
}

static int interrupted_now(const struct publishing *p, struct error *error)
{
    return p->stop && *p->stop ? error_set(error, ERROR_INTERRUPTED, "stopped; nothing was changed") : 0;
}

static int pass_gate(struct publishing *p, struct error *error)
{
    struct published *out = p->out;
    size_t count = out->drafts.count;
    p->media = media_new(out->opened.model, p->wish->file, p->stop);
    make_requests(p);
    gate_articles(p->requests.at, count, out->answers.at);
    for (size_t i = 0; i < count; i++)
        out->refused |= out->answers.at[i].refused;
    if (interrupted_now(p, error))
        return -1;
    if (out->refused || p->wish->check)
        return 0;
    gate_make(out->answers.at, count, &p->options, &p->site);
    keep_page(p);
    gate_site(p->requests.at, count, &p->site, &p->options, &out->whole);
    out->refused = out->whole.refused;
    return interrupted_now(p, error);
}

/* ---- the signature ---- */

static const struct site_file *hashes_of(const struct site *s)
{
    for (size_t i = 0; i < s->files.count; i++)
        if (strcmp(s->files.at[i].name, HASHES) == 0)
            return &s->files.at[i];
    return NULL;
}

static int sign(struct publishing *p, struct error *error)
{
    const struct site_file *hashes = hashes_of(&p->site);
    if (!p->out->opened.log || !hashes)
        return 0;
    struct secret *seed = log_publisher(p->out->opened.log, error);
    if (!seed)
        return -1;
    minisign_sign(seed, buffer_text(&hashes->bytes), &p->signature);
    minisign_public(seed, &p->key);
    secret_free(seed);
    p->out->is_signed = true;
    return 0;
}

/* ---- the folder ---- */

static bool is_listed(struct text sums, const char *name)
{
    struct text wanted = text_of(name);
    while (sums.length) {
        const char *end = memchr(sums.at, '\n', sums.length);
        size_t length = end ? (size_t)(end - sums.at) : sums.length;
        if (length > HASH_DIGITS + 2 &&
            text_equal((struct text){sums.at + HASH_DIGITS + 2, length - HASH_DIGITS - 2}, wanted))
            return true;
        length += end != NULL;
        sums = (struct text){sums.at + length, sums.length - length};
    }
    return false;
}

static int refuse_folder(const char *to, struct error *error)
{
    error_set(error, ERROR_EXISTS, "'%s' holds something else than a site of Bearout's", to);
    return error_mend(error, "name an empty or a new folder; what is there would be lost");
}

/* A site of ours lists itself: each file but the list and its signature stands in the list, and there is an index. */
static int check_folder(const char *to, struct error *error)
{
    static const char *const own[] = {HASHES, HASHES ".minisig", "minisign.pub"};
    folder_names names = {0};
    struct buffer path = {0}, sums = {0};
    int failed = folder_list(to, FILES_MOST, &names, error);
    if (!failed && names.count) {
        struct error missing = {0};
        buffer_format(&path, "%s/" HASHES, to);
        failed = file_read(path.at, LIMIT_TEXT, &sums, &missing) || !is_listed(buffer_text(&sums), "index.html");
        for (size_t i = 0; i < names.count && !failed; i++) {
            bool is_own = false;
            for (size_t k = 0; k < sizeof own / sizeof *own; k++)
                is_own |= strcmp(names.at[i], own[k]) == 0;
            failed = !is_own && !is_listed(buffer_text(&sums), names.at[i]);
        }
        if (failed)
            refuse_folder(to, error);
    }
    folder_names_release(&names);
    buffer_release(&path);
    buffer_release(&sums);
    return failed ? -1 : 0;
}

typedef VECTOR(struct folder_file) folder_files;

static void list_files(struct publishing *p, folder_files *files)
{
    for (size_t i = 0; i < p->site.files.count; i++) {
        const struct site_file *f = &p->site.files.at[i];
        vector_push(files, (struct folder_file){text_of(f->name), buffer_text(&f->bytes)});
    }
    if (p->out->is_signed) {
        vector_push(files, (struct folder_file){TEXT(HASHES ".minisig"), buffer_text(&p->signature)});
        vector_push(files, (struct folder_file){TEXT("minisign.pub"), buffer_text(&p->key)});
    }
    p->out->files = files->count;
    for (size_t i = 0; i < files->count; i++)
        p->out->bytes += files->at[i].content.length;
}

/* ---- the entry ---- */

static void write_entry(const struct publishing *p, const struct publish_draft *d, struct text slug, struct buffer *out)
{
    buffer_string(out, "printed ");
    buffer_text_add(out, slug);
    buffer_char(out, ' ');
    notation_quote(buffer_text(&d->source), out);
    buffer_format(out, "\n    on %s\n", p->out->day);
    if (d->is_change && p->wish->correction) {
        buffer_string(out, "    correction ");
        notation_quote(text_of(p->wish->correction), out);
        buffer_char(out, '\n');
    }
}

static int record(struct publishing *p, struct error *error)
{
    struct published *out = p->out;
    struct buffer entries = {0};
    for (size_t i = 0; i < out->drafts.count; i++)
        if (out->drafts.at[i].is_new)
            write_entry(p, &out->drafts.at[i], out->answers.at[i].article.slug, &entries);
    int failed = 0;
    if (out->opened.log && entries.length) {
        failed = p->open ? p->open->append(p->open->context, buffer_text(&entries), error)
                         : log_append(out->opened.log, buffer_text(&entries), error);
        out->recorded = !failed;
    }
    buffer_release(&entries);
    return failed;
}

/* The order is the promise: beside its place, into the log, into its place. */
static int put_out(struct publishing *p, struct error *error)
{
    folder_files files = {0};
    struct folder *folder = NULL;
    int failed = sign(p, error);
    list_files(p, &files);
    if (!failed && !p->wish->dry) {
        failed = check_folder(p->wish->to, error);
        if (!failed)
            folder = folder_new(p->wish->to, files.at, files.count, p->stop, error);
        failed = !folder || record(p, error);
        if (failed)
            folder_drop(folder);
        else
            failed = folder_place(folder, error);
        if (failed && p->out->recorded)
            error_mend(error, "the case has recorded what was to go out: publish again without a draft");
    }
    vector_release(&files);
    return failed ? -1 : 0;
}

/* ---- all of it ---- */

static int check_wish(struct publishing *p, struct error *error)
{
    const struct publish_wish *w = p->wish;
    if (!w->to && !w->dry && !w->check) {
        error_set(error, ERROR_USAGE, "'publish' needs to be told where the site is to stand");
        return error_mend(error, "write --to DIR; or --dry to see what the gate says, or --check for what is out");
    }
    if (w->slug && w->draft_count > 1) {
        error_set(error, ERROR_USAGE, "one --slug cannot name %zu drafts", w->draft_count);
        return error_mend(error, "write 'slug: NAME' between lines '---' at the top of each draft");
    }
    p->options = (struct site_options){text_of(w->name), TEXT(""), w->single_file};
    if (!w->url)
        return 0;
    if (!text_starts(text_of(w->url), TEXT("https://")) && !text_starts(text_of(w->url), TEXT("http://"))) {
        error_set(error, ERROR_USAGE, "'%s' is no address of a site", w->url);
        return error_mend(error, "write it as https://example.org/");
    }
    buffer_format(&p->url, "%s%s", w->url, w->url[strlen(w->url) - 1] == '/' ? "" : "/");
    p->options.url = buffer_text(&p->url);
    return 0;
}

static void publishing_release(struct publishing *p)
{
    media_free(p->media);
    vector_release(&p->beside);
    vector_release(&p->requests);
    buffer_release(&p->url);
    buffer_release(&p->signature);
    buffer_release(&p->key);
    site_release(&p->site);
}

static int finish(struct publishing *p, struct error *error)
{
    struct published *out = p->out;
    int failed = find_drafts(p, error) || pass_gate(p, error);
    for (size_t i = 0; i < out->drafts.count; i++)
        out->fresh += out->drafts.at[i].is_new;
    if (!failed && !out->refused && !p->wish->check)
        failed = put_out(p, error);
    return failed;
}

int ops_publish(const struct publish_wish *wish, const struct passphrase_source *passphrase, const volatile bool *stop,
                struct published *out, struct error *error)
{
    struct publishing p = {.wish = wish, .stop = stop, .out = out};
    *out = (struct published){0};
    bool writes = ops_is_case(wish->file) && !wish->dry && !wish->check && wish->draft_count;
    int failed =
        check_wish(&p, error) || ops_day(wish->as_of, out->day, error) ||
        ops_open(wish->file, writes ? LOG_WRITE : LOG_READ, OPEN_MEASURED, passphrase, stop, &out->opened, error) ||
        finish(&p, error);
    publishing_release(&p);
    return failed ? -1 : 0;
}

int ops_publish_open(const struct publish_wish *wish, const struct publish_case *open, const volatile bool *stop,
                     struct published *out, struct error *error)
{
    struct publishing p = {.wish = wish, .open = open, .stop = stop, .out = out};
    *out = (struct published){.opened = *open->opened, .borrowed = true};
    int failed = check_wish(&p, error) || ops_day(wish->as_of, out->day, error) || finish(&p, error);
    publishing_release(&p);
    return failed ? -1 : 0;
}

void published_release(struct published *p)
{
    for (size_t i = 0; i < p->answers.count; i++)
        gate_answer_release(&p->answers.at[i]);
    gate_answer_release(&p->whole);
    for (size_t i = 0; i < p->drafts.count; i++) {
        free(p->drafts.at[i].name);
        free(p->drafts.at[i].slug);
        free(p->drafts.at[i].dated);
        buffer_release(&p->drafts.at[i].source);
    }
    vector_release(&p->drafts);
    vector_release(&p->answers);
    buffer_release(&p->page);
    if (!p->borrowed)
        opened_close(&p->opened);
}
