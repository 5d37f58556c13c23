/* How long the desk's views take on a large case, without a server: views CASE.bo [REQUESTS]
 *
 * Prints the median, the 99th percentile and the longest of each kind of request, in milliseconds, and the size of the
 * answer; before that what is made once, and what one more statement costs. Processor time, so that what else the
 * machine does is not counted: desk.sh measures what a browser waits. */
#include "base/limits.h"
#include "base/memory.h"
#include "desk/view.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static struct opened o;
static struct views *views;
static uint64_t seed = 1;

static uint32_t below(uint32_t n)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return n ? (uint32_t)((seed >> 33) % n) : 0;
}

/* Asks a path with up to two parameters; the milliseconds that it took. */
static double ask(const char *path, const char *name, const char *value, const char *other, const char *second,
                  struct buffer *out)
{
    struct view_parameter parameters[] = {{text_of(name), text_of(value)}, {text_of(other), text_of(second)}};
    struct view_request q = {.views = views,
                             .o = &o,
                             .now = {1, model_entries(o.model)},
                             .today = TEXT("2031-01-01"),
                             .parameters = parameters,
                             .parameter_count = 2};
    struct error error = {0};
    buffer_clear(out);
    double start = now();
    if (view_answer(view_find(text_of(path)), &q, out, &error)) {
        fprintf(stderr, "%s: %s\n", path, error.what);
        exit(1);
    }
    return now() - start;
}

static int by_time(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void report(const char *what, double *times, size_t count, size_t bytes)
{
    qsort(times, count, sizeof *times, by_time);
    printf("%-26s p50 %8.3f   p99 %8.3f   most %8.3f   %8zu bytes\n", what, times[count / 2], times[count * 99 / 100],
           times[count - 1], bytes / count);
}

struct kind {
    const char *what, *path, *name, *other;
    const char *const *values; /* NULL: ids of `space` */
    enum model_space space;
};

static void copy_id(enum model_space space, uint32_t number, char out[LIMIT_ID + 1])
{
    struct text id = model_id(o.model, space, number);
    snprintf(out, LIMIT_ID + 1, "%.*s", TEXT_ARG(id));
}

static void run(const struct kind *k, size_t count, double *times)
{
    struct buffer out = {0};
    size_t bytes = 0, values = 0;
    while (k->values && k->values[values])
        values++;
    for (size_t i = 0; i < count; i++) {
        char value[LIMIT_ID + 1], offset[16] = "";
        uint32_t all = k->space == SPACE_CLAIM   ? model_claims(o.model)
                       : k->space == SPACE_VOICE ? model_voices(o.model)
                                                 : model_records(o.model);
        if (k->values)
            snprintf(value, sizeof value, "%s", k->values[i % values]);
        else
            copy_id(k->space, below(all), value);
        if (strcmp(k->other, "offset") == 0)
            snprintf(offset, sizeof offset, "%u", below(all));
        times[i] = ask(k->path, k->name, value, k->other, offset, &out);
        bytes += out.length;
    }
    report(k->what, times, count, bytes);
    buffer_release(&out);
}

static void grow(const char *text)
{
    struct faults faults = {0};
    struct buffer out = {0};
    if (model_take(o.model, text_of(text), TAKE_LOG, &faults))
        exit(1);
    double start = now();
    if (bearing_update(o.bearing))
        standing_measure(bearing_graph(o.bearing), NULL);
    else
        standing_update(bearing_graph(o.bearing));
    double measured = now();
    ask("/api/claims", "sort", "standing", "", "", &out);
    double listed = now();
    ask("/api/claims", "q", "event 7", "", "", &out);
    double found = now();
    ask("/api/claim", "id", "c0", "", "", &out);
    printf("one more: %s  measured %.1f, the first list %.1f, search %.1f, claim %.1f ms\n", text, measured - start,
           listed - measured, found - listed, now() - found);
    buffer_release(&out);
}

int main(int count, char **arguments)
{
    static const char *const sorts[] = {"order", "standing", "-standing", "people", "newest", "-newest", NULL};
    static const char *const words[] = {"event", "event 12",  "number 4", "took place", "c77",
                                        "e",     "as desc 3", "1",        NULL};
    static const char *const voice_sorts[] = {"name", "keystone", "order", NULL};
    static const char *const levels[] = {"unheard", "alleged", "attested", "borne-out", NULL};
    static const struct kind kinds[] = {
        {"claims, any page", "/api/claims", "sort", "offset", sorts, SPACE_CLAIM},
        {"claims, a level", "/api/claims", "level", "offset", levels, SPACE_CLAIM},
        {"claims, words", "/api/claims", "q", "", words, SPACE_CLAIM},
        {"a claim", "/api/claim", "id", "", NULL, SPACE_CLAIM},
        {"voices", "/api/voices", "sort", "offset", voice_sorts, SPACE_VOICE},
        {"a voice", "/api/voice", "id", "", NULL, SPACE_VOICE},
        {"a record", "/api/record", "id", "", NULL, SPACE_RECORD},
        {"names", "/api/names", "q", "", words, SPACE_VOICE},
        {"without a voice", "/api/without", "voices", "", NULL, SPACE_VOICE},
        {"the board without", "/api/claims", "without", "", NULL, SPACE_VOICE},
        {"weakest", "/api/weakest", "", "", sorts, SPACE_VOICE},
        {"next", "/api/next", "", "", sorts, SPACE_VOICE},
        {"diary", "/api/diary", "", "", sorts, SPACE_VOICE},
    };
    struct error error = {0};
    struct buffer out = {0};
    size_t requests = count > 2 ? strtoul(arguments[2], NULL, 10) : 1000;
    double start = now();
    if (count < 2 || ops_open(arguments[1], LOG_READ, OPEN_MEASURED, NULL, NULL, &o, &error)) {
        fprintf(stderr, "usage: views CASE.bo [REQUESTS]   %s\n", error.what);
        return 2;
    }
    printf("opened in %.0f ms: %u claims, %u entries\n", now() - start, model_claims(o.model), model_entries(o.model));
    views = views_new();
    printf("the first list %.0f ms\n", ask("/api/claims", "sort", "standing", "", "", &out));
    printf("the first search %.0f ms\n", ask("/api/claims", "q", "event 1", "", "", &out));
    printf("the first claim %.0f ms\n", ask("/api/claim", "id", "c0", "", "", &out));
    double *times = memory_array(requests, sizeof *times);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        run(&kinds[i], i < 8 ? requests : requests / 10 + 1, times);
    start = now();
    double longest = 0;
    for (bool more = true; more;) {
        double piece = now();
        more = views_work(views, &o, (struct session_now){1, model_entries(o.model)}, 2);
        longest = now() - piece > longest ? now() - piece : longest;
    }
    printf("ahead: %.0f ms in pieces of at most %.1f ms\n", now() - start, longest);
    grow("say v3 c0 saw\n");
    grow("claim new \"A new thing\"\n");
    grow("say v5 new told-by v9 did\n");
    free(times);
    buffer_release(&out);
    views_free(views);
    opened_close(&o);
    return 0;
}
