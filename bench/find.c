/* What finding costs in a case with many pages, beside its peers on the same text.
 *
 *     bench/find [PAGES]          100 000 where it is not given
 *
 * A finder reads records of a hundred pages each in its thread, while it is asked every 50 ms; then questions of every
 * kind are asked of it, best and worst of several runs. Peers, in the same run: SQLite's FTS5 as it comes (unicode61,
 * text in the table, `ORDER BY rank LIMIT 20`), and `grep -ciw` over the text in a file in memory. Promised: ready
 * within a minute; the first answer of a rare word within 20 ms and of common ones within 100 ms. */
#include "pages.h"

#include "ops/find.h"

#include <sqlite3.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 7, IN_RECORD = 100 };

static struct opened opened;
static uint32_t pages;

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double megabytes(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)u.ru_maxrss / 1024;
}

/* Memory in use now, from /proc. */
static double resident(void)
{
    long size = 0, here = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (!f || fscanf(f, "%ld %ld", &size, &here) != 2)
        here = 0;
    if (f)
        fclose(f);
    return (double)here * (double)sysconf(_SC_PAGESIZE) / 1048576;
}

static void require(bool fine, const char *what)
{
    if (fine)
        return;
    fprintf(stderr, "find: %s\n", what);
    exit(1);
}

/* ---- the case ---- */

static void make_case(void)
{
    struct buffer text = {0};
    struct faults faults = {0};
    for (uint32_t r = 0; r < pages / IN_RECORD; r++)
        buffer_format(
            &text,
            "record r%u document \"Bundle %u\"\nderived r%u text "
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef 10 \"bench\"\n    on 2031-04-01\n",
            r, r, r);
    opened.name = "bench";
    opened.model = model_new();
    require(model_take(opened.model, buffer_text(&text), TAKE_LOG, &faults) == 0, "the case has faults");
    buffer_release(&text);
}

static const struct opened *enter(void *context, uint32_t *epoch)
{
    (void)context;
    *epoch = 1;
    return &opened;
}

static void leave(void *context)
{
    (void)context;
}

static int read_text(void *context, struct text record, enum find_text what, struct buffer *out,
                     struct find_pages *starts, struct error *error)
{
    uint32_t first = (uint32_t)strtoul(record.at + 1, NULL, 10) * IN_RECORD;
    (void)context;
    (void)what;
    (void)error;
    starts->at = calloc(IN_RECORD, sizeof *starts->at);
    for (uint32_t i = 0; i < IN_RECORD; i++) {
        starts->at[starts->count++] = out->length;
        pages_add(first + i, out);
    }
    return 0;
}

/* ---- asking ---- */

static double ask(struct finder *f, const char *typed, uint64_t *total, bool *ready)
{
    struct query q;
    struct find_answer a;
    struct error error = {0};
    double start = seconds();
    require(query_read(text_of(typed), false, &q, &error) == 0, error.what);
    require(finder_find(f, &q, SEARCH_ALL, 20, &a, &error) == 0, error.what);
    double took = seconds() - start;
    *total = a.total;
    *ready = a.ready;
    find_answer_release(&a);
    query_release(&q);
    return took;
}

static void build(struct finder *f)
{
    double start = seconds(), worst = 0;
    bool ready = false;
    uint64_t total;
    require(finder_start(f, NULL) == 0, "cannot start");
    for (unsigned asked = 0; !ready; asked++) {
        double took = ask(f, asked & 1 ? "rareword" : "bababa", &total, &ready);
        worst = took > worst ? took : worst;
        usleep(50000);
    }
    printf("ready after %.1f s; worst answer meanwhile %.0f ms\n", seconds() - start, worst * 1e3);
}

/* ---- peers ---- */

static sqlite3 *plain;

static void build_plain(void)
{
    double start = seconds();
    sqlite3_stmt *add;
    struct buffer page = {0};
    require(sqlite3_open(":memory:", &plain) == SQLITE_OK, "sqlite");
    sqlite3_exec(plain, "PRAGMA temp_store = MEMORY; CREATE VIRTUAL TABLE t USING fts5(x); BEGIN", NULL, NULL, NULL);
    sqlite3_prepare_v2(plain, "INSERT INTO t(rowid, x) VALUES(?, ?)", -1, &add, NULL);
    for (uint32_t i = 0; i < pages; i++) {
        buffer_clear(&page);
        pages_add(i, &page);
        sqlite3_bind_int64(add, 1, (sqlite3_int64)i + 1);
        sqlite3_bind_text(add, 2, page.at, (int)page.length, SQLITE_STATIC);
        sqlite3_step(add);
        sqlite3_reset(add);
    }
    sqlite3_finalize(add);
    sqlite3_exec(plain, "COMMIT", NULL, NULL, NULL);
    buffer_release(&page);
    printf("FTS5 as it comes: built in %.1f s\n", seconds() - start);
}

static double ask_plain(const char *expression)
{
    sqlite3_stmt *find;
    double start = seconds();
    sqlite3_prepare_v2(plain,
                       "SELECT rowid, snippet(t, 0, '[', ']', '…', 30) FROM t WHERE t MATCH ? ORDER BY rank LIMIT 20",
                       -1, &find, NULL);
    sqlite3_bind_text(find, 1, expression, -1, SQLITE_STATIC);
    while (sqlite3_step(find) == SQLITE_ROW)
        ;
    sqlite3_finalize(find);
    return seconds() - start;
}

static char file[] = "/dev/shm/bearout-bench-XXXXXX";

static uint64_t write_file(void)
{
    int fd = mkstemp(file);
    uint64_t bytes = 0;
    FILE *out = fd < 0 ? NULL : fdopen(fd, "w");
    struct buffer page = {0};
    require(out != NULL, "cannot write to /dev/shm");
    for (uint32_t i = 0; i < pages; i++) {
        buffer_clear(&page);
        pages_add(i, &page);
        fwrite(page.at, 1, page.length, out);
        bytes += page.length;
    }
    fclose(out);
    buffer_release(&page);
    return bytes;
}

static double ask_grep(const char *word)
{
    char command[200];
    snprintf(command, sizeof command, "LC_ALL=C.UTF-8 grep -ciw -- '%s' %s >/dev/null", word, file);
    double start = seconds();
    int status = system(command);
    return status < 0 ? 0 : seconds() - start;
}

/* ---- the table ---- */

static const struct {
    const char *what, *typed, *plain, *grep;
} questions[] = {
    {"a rare word", "rareword", "rareword", "rareword"},
    {"a name", "vadim", "vadim", "vadim"},
    {"a name, Cyrillic", "Вадим", "Вадим", "Вадим"},
    {"a name in words", "\"Vadim Lesnoy\"", "\"Vadim Lesnoy\"", "Vadim Lesnoy"},
    {"the commonest", "ba", "ba", "ba"},
    {"two common", "ba da", "ba da", NULL},
    {"two common, either", "ba OR da", "ba OR da", NULL},
    {"common phrase", "\"ba da\"", "\"ba da\"", "ba da"},
    {"common near", "ba NEAR/3 da", "NEAR(ba da, 3)", NULL},
    {"common and rare", "ba rareword", "ba rareword", NULL},
    {"without", "fa -ba", "fa NOT ba", NULL},
    {"beginning, rare", "rarew*", "rarew*", NULL},
    {"beginning, 4 letters", "bade*", "bade*", NULL},
    {"beginning, 2 letters", "ba*", "ba*", NULL},
    {"nothing", "nosuchwordatall", "nosuchwordatall", "nosuchwordatall"},
};

static void print_times(const char *typed, struct finder *f, double *best)
{
    double worst = 0;
    uint64_t total = 0;
    bool ready;
    *best = 1e9;
    for (int i = 0; i < RUNS; i++) {
        double took = ask(f, typed, &total, &ready);
        *best = took < *best ? took : *best;
        worst = took > worst ? took : worst;
    }
    printf("%9llu %9.2f %9.2f", (unsigned long long)total, *best * 1e3, worst * 1e3);
}

int main(int count, char **arguments)
{
    struct find_source source = {enter, leave, read_text, NULL};
    pages = count > 1 ? (uint32_t)strtoul(arguments[1], NULL, 10) : 100000;
    make_case();
    uint64_t bytes = write_file();
    printf("%u pages, %.0f MB of text\n", pages, (double)bytes / 1e6);
    double before = resident();
    struct finder *f = finder_new(&source, NULL, NULL);
    require(f != NULL, "no index");
    build(f);
    printf("memory: %.0f MB now, of which SQLite %.0f; at most %.0f in the process\n", resident() - before,
           (double)index_bytes() / 1048576, megabytes());
    build_plain();
    printf("\n%-22s %9s %9s %9s %9s %7s %9s %7s\n", "ms", "found", "best", "worst", "FTS5", "ratio", "grep", "ratio");
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        double best, fts = 1e9;
        printf("%-22s ", questions[i].what);
        print_times(questions[i].typed, f, &best);
        for (int k = 0; k < 3; k++) {
            double took = ask_plain(questions[i].plain);
            fts = took < fts ? took : fts;
        }
        printf(" %9.2f %7.2f", fts * 1e3, best / fts);
        if (questions[i].grep) {
            double grep = ask_grep(questions[i].grep);
            printf(" %9.0f %7.4f", grep * 1e3, best / grep);
        }
        printf("\n");
        fflush(stdout);
    }
    finder_free(f);
    sqlite3_close(plain);
    unlink(file);
    return 0;
}
