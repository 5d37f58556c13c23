/* FTS5 in memory: see index.h. */
#include "search/index.h"

#include "base/limits.h"
#include "base/vector.h"

#include <sqlite3.h>

static const double K1 = 1.2, B = .75;
enum { COUNTED_MOST = 32 }; /* times that a word counts in one unit: more say nothing more */

struct index {
    sqlite3 *db;
    fts5_api *api;
    sqlite3_stmt *add, *find;
    VECTOR(uint16_t) lengths; /* words, by unit */
    double words;             /* in all */
    bool fresh;               /* something was added since index_rest() */
    /* While a unit is added. */
    void (*each)(void *context, struct text word);
    void *each_context;
    uint32_t adding;
    /* While something is looked for. */
    const struct plan *plan;
    const struct index_asker *asker;
    double usual; /* words in a unit */
};

static int fail(const struct index *ix, int rc, struct error *error)
{
    if (rc == SQLITE_NOMEM || rc == SQLITE_FULL || rc == SQLITE_TOOBIG) {
        error_set(error, ERROR_LIMIT, "the index for searching is larger than SQLite can hold in memory");
        return error_mend(error, "search fewer records at once");
    }
    error_set(error, ERROR_IO, "the index for searching failed: %s", ix->db ? sqlite3_errmsg(ix->db) : "no memory");
    return error_mend(error, "this is a mistake in Bearout; please report it");
}

/* ---- words, as FTS5 asks for them ---- */

static int cutter_create(void *context, const char **arguments, int count, Fts5Tokenizer **out)
{
    (void)arguments;
    (void)count;
    *out = context;
    return SQLITE_OK;
}

static void cutter_delete(Fts5Tokenizer *t)
{
    (void)t;
}

static int cutter_cut(Fts5Tokenizer *t, void *context, int flags, const char *text, int length,
                      int (*token)(void *, int, const char *, int, int, int))
{
    struct index *ix = (struct index *)t;
    struct fold f = fold_of((struct text){text, (size_t)length});
    struct fold_word w;
    while (fold_next(&f, &w)) {
        if (flags & FTS5_TOKENIZE_DOCUMENT) {
            ix->adding++;
            ix->each(ix->each_context, fold_text(&w));
        }
        int rc = token(context, 0, w.at, (int)w.length, (int)w.start, (int)w.end);
        if (rc != SQLITE_OK)
            return rc;
    }
    return SQLITE_OK;
}

/* ---- ranks ---- */

static double frequency(const Fts5ExtensionApi *api, Fts5Context *fts, int phrase)
{
    Fts5PhraseIter iter;
    int column, offset, count = 0;
    if (api->xPhraseFirst(fts, phrase, &iter, &column, &offset) != SQLITE_OK)
        return 0;
    for (; column >= 0 && count < COUNTED_MOST; count++)
        api->xPhraseNext(fts, &iter, &column, &offset);
    return count;
}

static void weigh(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *result, int count,
                  sqlite3_value **values)
{
    struct index *ix = api->xUserData(fts);
    uint32_t unit = (uint32_t)(api->xRowid(fts) - 1);
    (void)result;
    (void)count;
    (void)values;
    if (!ix->asker->wants(ix->asker->context, unit))
        return;
    const struct plan *plan = ix->plan;
    double length = K1 * (1 - B + B * ix->lengths.at[unit] / ix->usual), score = 0, times[LIMIT_QUERY_WORDS] = {0};
    for (size_t i = 0; i < plan->pattern_count; i++)
        if (plan->patterns[i].share > 0)
            times[plan->patterns[i].word] += plan->patterns[i].share * frequency(api, fts, (int)i);
    for (size_t i = 0; i < plan->weight_count; i++)
        score += plan->weights[i] * times[i] * (K1 + 1) / (times[i] + length);
    ix->asker->found(ix->asker->context, unit, score);
}

/* ---- making, adding, finding ---- */

static int get_api(struct index *ix)
{
    sqlite3_stmt *ask = NULL;
    int rc = sqlite3_prepare_v2(ix->db, "SELECT fts5(?1)", -1, &ask, NULL);
    if (rc == SQLITE_OK) {
        sqlite3_bind_pointer(ask, 1, &ix->api, "fts5_api_ptr", NULL);
        sqlite3_step(ask);
    }
    sqlite3_finalize(ask);
    return ix->api ? SQLITE_OK : SQLITE_ERROR;
}

static int set_up(struct index *ix)
{
    fts5_tokenizer cutter = {cutter_create, cutter_delete, cutter_cut};
    int rc = get_api(ix);
    if (rc == SQLITE_OK)
        rc = ix->api->xCreateTokenizer(ix->api, "bearout", ix, &cutter, NULL);
    if (rc == SQLITE_OK)
        rc = ix->api->xCreateFunction(ix->api, "weigh", ix, weigh, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(ix->db,
                          "PRAGMA temp_store = MEMORY; PRAGMA journal_mode = OFF; PRAGMA secure_delete = OFF;"
                          "CREATE VIRTUAL TABLE words USING fts5(t, content = '', columnsize = 0, tokenize = bearout);"
                          "INSERT INTO words(words, rank) VALUES('hashsize', 8388608);"
                          "BEGIN",
                          NULL, NULL, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_prepare_v3(ix->db, "INSERT INTO words(rowid, t) VALUES(?, ?)", -1, SQLITE_PREPARE_PERSISTENT,
                                &ix->add, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_prepare_v3(ix->db, "SELECT weigh(words) FROM words WHERE words MATCH ?", -1,
                                SQLITE_PREPARE_PERSISTENT, &ix->find, NULL);
    return rc;
}

struct index *index_new(struct error *error)
{
    struct index *ix = memory_new(sizeof *ix);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
    int rc = sqlite3_open_v2(":memory:", &ix->db, flags, NULL);
    if (rc == SQLITE_OK)
        rc = set_up(ix);
    if (rc == SQLITE_OK)
        return ix;
    if (ix->api) {
        fail(ix, rc, error);
    } else {
        error_set(error, ERROR_IO, "the SQLite of this system cannot search texts: it was built without FTS5");
        error_mend(error, "install an SQLite with FTS5, as nearly all systems have");
    }
    index_free(ix);
    return NULL;
}

void index_free(struct index *ix)
{
    if (!ix)
        return;
    sqlite3_finalize(ix->add);
    sqlite3_finalize(ix->find);
    sqlite3_close(ix->db);
    vector_release(&ix->lengths);
    free(ix);
}

void index_skip(struct index *ix, uint32_t unit, uint32_t words)
{
    while (ix->lengths.count < unit)
        vector_push(&ix->lengths, 0);
    vector_push(&ix->lengths, words < UINT16_MAX ? (uint16_t)words : UINT16_MAX);
    ix->words += words;
}

int index_add(struct index *ix, uint32_t unit, struct text t, void (*each)(void *context, struct text word),
              void *context, struct error *error)
{
    ix->each = each;
    ix->each_context = context;
    ix->adding = 0;
    sqlite3_bind_int64(ix->add, 1, (sqlite3_int64)unit + 1);
    sqlite3_bind_text64(ix->add, 2, t.at ? t.at : "", t.length, SQLITE_STATIC, SQLITE_UTF8);
    int rc = sqlite3_step(ix->add);
    sqlite3_reset(ix->add);
    sqlite3_clear_bindings(ix->add);
    index_skip(ix, unit, ix->adding);
    ix->fresh = true;
    return rc == SQLITE_DONE ? 0 : fail(ix, rc, error);
}

int index_rest(struct index *ix, struct error *error)
{
    int rc = ix->fresh ? sqlite3_exec(ix->db, "COMMIT; BEGIN", NULL, NULL, NULL) : SQLITE_OK;
    ix->fresh = false;
    return rc == SQLITE_OK ? 0 : fail(ix, rc, error);
}

int index_find(struct index *ix, const struct plan *plan, const struct index_asker *asker, struct error *error)
{
    int rc;
    ix->plan = plan;
    ix->asker = asker;
    ix->usual = ix->words > 0 ? ix->words / (double)ix->lengths.count : 1;
    sqlite3_bind_text64(ix->find, 1, plan->expression.at, plan->expression.length, SQLITE_STATIC, SQLITE_UTF8);
    while ((rc = sqlite3_step(ix->find)) == SQLITE_ROW)
        ;
    if (rc != SQLITE_DONE)
        fail(ix, rc, error);
    sqlite3_reset(ix->find);
    sqlite3_clear_bindings(ix->find);
    return rc == SQLITE_DONE ? 0 : -1;
}

uint64_t index_bytes(void)
{
    return (uint64_t)sqlite3_memory_used();
}
