/* How fast what claims rest on is measured, beside peers in the same run on one core.
 *
 *     bench/standing [--seed N] [--sample CLAIMS] [--append ENTRIES] [STATEMENTS…]
 *
 * Over made-up cases of 10 000, 100 000 and 1 000 000 statements, unless told otherwise: loading, the first full
 * measurement of every claim, all rows as JSON, --without the busiest voice and one in the middle, `next`,
 * and entries appended one at a time with all rows kept current, whose rows must be the same letter for letter as
 * those of one batch; and the whole command beside sha256sum. Times are medians. Memory is the heap of graph, rows and
 * the bearing's numbers. */
#include "generate.h"
#include "heap.h"
#include "peers.h"

#include "base/vector.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double quantile(double *times, size_t count, double q)
{
    qsort(times, count, sizeof *times, by_size);
    return times[(size_t)(q * (double)(count - 1))];
}

static void take(struct model *m, struct text text, enum take how)
{
    struct faults faults = {0};
    if (model_take(m, text, how, &faults)) {
        struct buffer out = {0};
        faults_print(&faults, "text", &out);
        fputs(out.at, stderr);
        exit(1);
    }
    faults_release(&faults);
}

/* One case on its way through the benchmark. */
struct bench {
    uint32_t statements;
    uint64_t seed;
    unsigned runs, sample, appended;
    const char *bearout; /* the program */
    struct buffer text, rows;
    struct model *model;
    struct bearing *bearing;
    struct peers *peers;
    double pass, measure, igraph;
};

static void print_rows(const struct bearing *b, struct buffer *out)
{
    buffer_clear(out);
    for (uint32_t c = 0; c < graph_claims(bearing_graph(b)); c++) {
        struct row row = standing_row(bearing_graph(b), c);
        bearing_row_json(b, c, &row, out);
    }
}

static void time_loading(struct bench *b)
{
    double parse[9], build[9];
    for (unsigned i = 0; i < b->runs; i++) {
        bearing_free(b->bearing);
        model_free(b->model);
        double start = seconds();
        b->model = model_new();
        take(b->model, buffer_text(&b->text), TAKE_TEXT);
        double parsed = seconds();
        b->bearing = bearing_new(b->model);
        parse[i] = parsed - start;
        build[i] = seconds() - parsed;
    }
    printf("load: text to model       %10.1f ms\n", quantile(parse, b->runs, .5) * 1e3);
    printf("load: model to graph      %10.1f ms\n", quantile(build, b->runs, .5) * 1e3);
}

static void time_pass(struct bench *b)
{
    double times[9];
    uint32_t claims = 0;
    b->peers = peers_new(b->bearing);
    for (unsigned i = 0; i < b->runs; i++) {
        double start = seconds();
        claims = peers_pass(b->peers);
        times[i] = seconds() - start;
    }
    b->pass = quantile(times, b->runs, .5);
    printf("one linear pass           %10.1f ms   (%u claims have a firm line)\n", b->pass * 1e3, claims);
}

/* Each run on a graph of its own: nothing is left over from the one before. Returns the median. */
static double measure_anew(struct bench *b, unsigned cores, size_t *peak, size_t *kept)
{
    double times[9];
    for (unsigned i = 0; i < b->runs; i++) {
        bearing_free(b->bearing);
        size_t before = heap_now();
        heap_mark();
        b->bearing = bearing_new(b->model);
        standing_cores(bearing_graph(b->bearing), cores);
        double start = seconds();
        standing_measure(bearing_graph(b->bearing), NULL);
        times[i] = seconds() - start;
        *peak = heap_peak() - before;
        *kept = heap_now() - before;
    }
    return quantile(times, b->runs, .5);
}

static void time_measuring(struct bench *b)
{
    size_t peak, kept;
    struct buffer rows = {0};
    double both = measure_anew(b, 2, &peak, &kept);
    print_rows(b->bearing, &rows);
    b->measure = measure_anew(b, 1, &peak, &kept);
    print_rows(b->bearing, &b->rows);
    printf("measure all, first time   %10.1f ms   %.2f passes\n", b->measure * 1e3, b->measure / b->pass);
    printf("measure all, two cores    %10.1f ms   %.2f passes; rows %s\n", both * 1e3, both / b->pass,
           text_equal(buffer_text(&rows), buffer_text(&b->rows)) ? "the same" : "DIFFER");
    printf("memory                    %10.1f MB   %.0f bytes a statement at the peak, %.0f kept\n", (double)peak * 1e-6,
           (double)peak / b->statements, (double)kept / b->statements);
    buffer_release(&rows);
}

static void count_open(const struct bench *b)
{
    const struct graph *g = bearing_graph(b->bearing);
    uint64_t open = 0;
    for (uint32_t c = 0; c < graph_claims(g); c++) {
        struct row row = standing_row(g, c);
        for (int m = 0; m < MEASURE_COUNT; m++)
            open += row.measures[m].low < row.measures[m].high;
    }
    printf("numbers left open         %10llu      of %llu\n", (unsigned long long)open,
           (unsigned long long)graph_claims(g) * MEASURE_COUNT);
}

static void time_rows(struct bench *b)
{
    double times[9];
    for (unsigned i = 0; i < b->runs; i++) {
        double start = seconds();
        print_rows(b->bearing, &b->rows);
        times[i] = seconds() - start;
    }
    double median = quantile(times, b->runs, .5);
    printf("all rows as JSON          %10.1f ms   %.1f MB\n", median * 1e3, (double)b->rows.length * 1e-6);
}

static void count_row(void *context, uint32_t claim, const struct row *row)
{
    (void)claim, (void)row;
    ++*(uint32_t *)context;
}

static void time_without(const struct bench *b, const char *which, uint32_t voice)
{
    double times[9];
    uint32_t changed = 0;
    for (unsigned i = 0; i < b->runs; i++) {
        changed = 0;
        double start = seconds();
        standing_without(bearing_graph(b->bearing), &voice, 1, count_row, &changed);
        times[i] = seconds() - start;
    }
    double median = quantile(times, b->runs, .5);
    printf("--without %-15s %10.3f ms   1/%.0f of measuring all; on %u lines, %u claims change\n", which, median * 1e3,
           b->measure / median, peers_busy(b->peers, voice), changed);
}

static const struct peers *ranked_peers; /* qsort() passes no context */

static int by_busy(const void *a, const void *b)
{
    uint32_t x = peers_busy(ranked_peers, *(const uint32_t *)a), y = peers_busy(ranked_peers, *(const uint32_t *)b);
    return x > y ? -1 : x < y;
}

static void time_withouts(const struct bench *b)
{
    VECTOR(uint32_t) speaking = {0};
    ranked_peers = b->peers;
    for (uint32_t v = 0; v < graph_voices(bearing_graph(b->bearing)); v++)
        if (peers_busy(b->peers, v))
            vector_push(&speaking, v);
    qsort(speaking.at, speaking.count, sizeof *speaking.at, by_busy);
    time_without(b, "busiest", speaking.at[0]);
    time_without(b, "one in the middle", speaking.at[speaking.count / 2]);
    vector_release(&speaking);
}

static void time_next(const struct bench *b)
{
    double times[9];
    size_t count = 0;
    for (unsigned i = 0; i < b->runs; i++) {
        double start = seconds();
        struct ask_whom *asks = bearing_next(b->bearing, &count);
        times[i] = seconds() - start;
        bearing_asks_free(asks, count);
    }
    double median = quantile(times, b->runs, .5);
    printf("next                      %10.1f ms   %.2f of measuring all; %zu voices to ask\n", median * 1e3,
           median / b->measure, count);
}

/* Where the last `entries` entries of the text start. They have no attributes. */
static size_t tail(struct text text, uint32_t entries)
{
    size_t at = text.length;
    while (at > 0 && entries > 0) {
        at--;
        while (at > 0 && text.at[at - 1] != '\n')
            at--;
        entries--;
    }
    return at;
}

/* Engine time of each entry; reading its text is not counted. */
static void append_each(struct bearing *b, struct text rest, double *times)
{
    for (size_t n = 0; rest.length > 0; n++) {
        const char *end = memchr(rest.at, '\n', rest.length);
        size_t length = (size_t)(end - rest.at) + 1;
        take(bearing_model(b), (struct text){rest.at, length}, TAKE_LOG);
        double start = seconds();
        if (bearing_update(b))
            standing_measure(bearing_graph(b), NULL);
        else
            standing_update(bearing_graph(b));
        times[n] = seconds() - start;
        rest = (struct text){rest.at + length, rest.length - length};
    }
}

static void time_appending(const struct bench *b)
{
    uint32_t count = b->statements < b->appended ? b->statements : b->appended;
    struct text text = buffer_text(&b->text);
    size_t at = tail(text, count);
    struct model *model = model_new();
    take(model, (struct text){text.at, at}, TAKE_TEXT);
    struct bearing *bearing = bearing_new(model);
    standing_measure(bearing_graph(bearing), NULL);
    double *times = memory_array(count, sizeof *times);
    append_each(bearing, (struct text){text.at + at, text.length - at}, times);
    struct buffer rows = {0};
    print_rows(bearing, &rows);
    printf("append one entry          %10.2f us   median; 99 %% %.1f us, most %.0f us; %u appended, rows %s\n",
           quantile(times, count, .5) * 1e6, quantile(times, count, .99) * 1e6, quantile(times, count, 1) * 1e6, count,
           text_equal(buffer_text(&rows), buffer_text(&b->rows)) ? "the same as of one batch"
                                                                 : "DIFFER from one batch");
    free(times);
    buffer_release(&rows);
    bearing_free(bearing);
    model_free(model);
}

/* Seconds that a command takes, its output thrown away; -1 where it is not there or fails. */
static double time_command(const char *const *arguments)
{
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status = -1;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    double start = seconds();
    int failed = posix_spawnp(&child, arguments[0], &actions, NULL, (char *const *)arguments, environ);
    if (!failed)
        waitpid(child, &status, 0);
    double took = seconds() - start;
    posix_spawn_file_actions_destroy(&actions);
    return failed || status != 0 ? -1 : took;
}

/* The whole command beside the plainest thing that reads the same file. */
static void time_whole(const struct bench *b)
{
    double ours[9], sum[9];
    char path[] = "/tmp/bench-standing-XXXXXX";
    int file = mkstemp(path);
    bool written = file >= 0 && write(file, b->text.at, b->text.length) == (ssize_t)b->text.length;
    const char *stand[] = {b->bearout, "stand", path, "--json", NULL}, *sha256sum[] = {"sha256sum", path, NULL};
    for (unsigned i = 0; written && i < b->runs; i++) {
        sum[i] = time_command(sha256sum);
        ours[i] = time_command(stand);
    }
    if (file >= 0) {
        close(file);
        unlink(path);
    }
    double whole = written ? quantile(ours, b->runs, .5) : -1, peer = written ? quantile(sum, b->runs, .5) : -1;
    if (whole < 0 || peer < 0)
        printf("stand --json              could not be run: %s\n", b->bearout);
    else
        printf("stand --json, whole       %10.1f ms   %.2f of sha256sum's %.1f ms\n", whole * 1e3, whole / peer,
               peer * 1e3);
}

static void time_igraph(struct bench *b)
{
    double times[9];
    struct peers_sums sums = {0};
    for (unsigned i = 0; i < (b->runs + 1) / 2; i++) {
        double start = seconds();
        sums = peers_igraph(b->peers);
        times[i] = seconds() - start;
    }
    b->igraph = quantile(times, (b->runs + 1) / 2, .5);
    printf("peer igraph               %10.1f ms   cut and dominators of %llu claims, no inference; measuring all takes "
           "%.2f of it\n",
           b->igraph * 1e3, (unsigned long long)sums.claims, b->measure / b->igraph);
}

static void compare_clingo(const struct bench *b)
{
    const struct graph *g = bearing_graph(b->bearing);
    double *times = memory_array(b->sample + 1, sizeof *times);
    unsigned done = 0, unfinished = 0, differ = 0;
    for (unsigned i = 0; i < b->sample; i++) {
        uint32_t claim = (uint32_t)((uint64_t)graph_claims(g) * i / b->sample), people = 0;
        double start = seconds();
        int result = peers_clingo(b->peers, claim, &people);
        times[done] = seconds() - start;
        if (result < 0) {
            printf("peer clingo               is not there\n");
            break;
        }
        struct interval own = standing_row(g, claim).measures[PEOPLE];
        unfinished += result > 0;
        differ += result == 0 && (people != own.low || people != own.high);
        if (result == 0 && (people != own.low || people != own.high))
            printf("claim %u: clingo says %u people, the engine %u to %u\n", claim, people, own.low, own.high);
        done++;
    }
    if (done)
        printf(
            "peer clingo               %10.2f ms   a claim, its start included; %u claims, %u differ, %u unfinished\n",
            quantile(times, done, .5) * 1e3, done, differ, unfinished);
    free(times);
}

static void run(const struct bench *asked, uint32_t statements)
{
    struct bench b = *asked;
    uint64_t seed = b.seed;
    b.statements = statements;
    b.runs = statements > 2000000 ? 1 : statements > 200000 ? 3 : 9;
    generate_case(statements, seed, &b.text);
    printf("\n%u statements, seed %llu, %.1f MB\n", statements, (unsigned long long)seed, (double)b.text.length * 1e-6);
    time_loading(&b);
    time_pass(&b);
    time_measuring(&b);
    count_open(&b);
    time_rows(&b);
    time_withouts(&b);
    time_next(&b);
    time_appending(&b);
    time_whole(&b);
    time_igraph(&b);
    compare_clingo(&b);
    fflush(stdout);
    peers_free(b.peers);
    bearing_free(b.bearing);
    model_free(b.model);
    buffer_release(&b.text);
    buffer_release(&b.rows);
}

int main(int count, char **arguments)
{
    static const uint32_t usual[] = {10000, 100000, 1000000};
    struct bench asked = {.seed = 1, .sample = 100, .appended = 100000};
    struct buffer bearout = {0};
    const char *slash = strrchr(arguments[0], '/');
    buffer_format(&bearout, "%.*s../src/cli/bearout", slash ? (int)(slash - arguments[0] + 1) : 0, arguments[0]);
    asked.bearout = bearout.at;
    int at = 1;
    for (; at + 1 < count && strncmp(arguments[at], "--", 2) == 0; at += 2) {
        unsigned long long value = strtoull(arguments[at + 1], NULL, 10);
        if (strcmp(arguments[at], "--seed") == 0)
            asked.seed = value;
        else if (strcmp(arguments[at], "--sample") == 0)
            asked.sample = (unsigned)value;
        else if (strcmp(arguments[at], "--append") == 0)
            asked.appended = (unsigned)value;
        else
            at = count;
    }
    if (at > count) {
        fputs("usage: standing [--seed N] [--sample CLAIMS] [--append ENTRIES] [STATEMENTS...]\n", stderr);
        return 2;
    }
    for (unsigned i = 0; at == count && i < sizeof usual / sizeof *usual; i++)
        run(&asked, usual[i]);
    for (; at < count; at++)
        run(&asked, (uint32_t)strtoul(arguments[at], NULL, 10));
    buffer_release(&bearout);
    return 0;
}
