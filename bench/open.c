/* How long opening a case file takes, beside reading the same text from a plain file.
 *
 *     bench/open [STATEMENTS [FILE]]
 *
 * makes a case of a made-up text (or of FILE) in a temporary folder, then times, best run of several:
 *   text:  read the file, parse it, build the model
 *   case:  open the case (every hash, signature and seal), give its text, build the same model
 * What the passphrase costs is the same for every case and is told apart: the case is made with the
 * cheapest. The promise is that `case` takes at most twice what `text` does. */
#include "generate.h"

#include "base/file.h"
#include "base/limits.h"
#include "case/model.h"
#include "log/inner.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define RUNS 5

static char folder[] = "/tmp/bearout-bench-XXXXXX";
static char text_path[64], case_path[64];

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void require(int result, const struct error *error)
{
    if (result == 0)
        return;
    fprintf(stderr, "open: %s [%s]\n", error->what, error->where);
    exit(1);
}

static void build(struct text text, enum take take)
{
    struct faults faults = {0};
    struct model *model = model_new();
    if (model_take(model, text, take, &faults) < 0) {
        fprintf(stderr, "open: the text has %zu mistakes\n", faults.count);
        exit(1);
    }
    model_free(model);
    faults_release(&faults);
}

static double time_text(void)
{
    struct error error;
    struct buffer text = {0};
    double start = seconds();
    require(file_read(text_path, LIMIT_TEXT, &text, &error), &error);
    build(buffer_text(&text), TAKE_TEXT);
    double taken = seconds() - start;
    buffer_release(&text);
    return taken;
}

static double time_case(const struct secret *passphrase, double *opening)
{
    struct error error;
    struct buffer text = {0};
    double start = seconds();
    struct log *log = log_open(case_path, passphrase, LOG_READ, &error);
    require(log ? 0 : -1, &error);
    require(log_text(log, &text, &error), &error);
    *opening = seconds() - start;
    build(buffer_text(&text), TAKE_LOG);
    double taken = seconds() - start;
    log_close(log);
    buffer_release(&text);
    return taken;
}

static double time_passphrase(const struct secret *passphrase)
{
    struct error error;
    const unsigned char salt[SEAL_SALT] = {0};
    double start = seconds();
    struct secret *key = seal_from_passphrase(passphrase, salt, seal_cost_usual(), &error);
    require(key ? 0 : -1, &error);
    double taken = seconds() - start;
    secret_free(key);
    return taken;
}

static double make(struct text text, const struct secret *passphrase)
{
    struct error error;
    const struct log_making cheapest = {.cost = {1, 8}};
    snprintf(text_path, sizeof text_path, "%s/text.bo", folder);
    snprintf(case_path, sizeof case_path, "%s/case.bearout", folder);
    require(file_write(text_path, text, &error), &error);
    require(log_create_as(case_path, passphrase, &cheapest, &error), &error);
    struct log *log = log_open(case_path, passphrase, LOG_WRITE, &error);
    require(log ? 0 : -1, &error);
    double start = seconds();
    require(log_append(log, text, &error), &error);
    double taken = seconds() - start;
    log_close(log);
    return taken;
}

static void compare(const struct secret *passphrase)
{
    double best_text = 1e9, best_case = 1e9, best_opening = 1e9, opening;
    for (int i = 0; i < RUNS; i++) {
        double text = time_text(), sealed = time_case(passphrase, &opening);
        best_text = text < best_text ? text : best_text;
        best_case = sealed < best_case ? sealed : best_case;
        best_opening = opening < best_opening ? opening : best_opening;
    }
    printf("text: read, parse, build    %7.0f ms\n", best_text * 1e3);
    printf("case: open, text, build     %7.0f ms, of which opening %.0f ms\n", best_case * 1e3, best_opening * 1e3);
    printf("ratio                       %7.2f (promised: at most 2)\n", best_case / best_text);
}

int main(int count, char **arguments)
{
    struct error error;
    struct buffer text = {0};
    require(seal_start(&error), &error);
    if (count > 2)
        require(file_read(arguments[2], LIMIT_TEXT, &text, &error), &error);
    else
        generate_case(count > 1 ? (uint32_t)strtoul(arguments[1], NULL, 10) : 1000000, 1, &text);
    if (!mkdtemp(folder))
        return 1;
    struct secret *passphrase = secret_new(14);
    memcpy(secret_bytes(passphrase), "amber and salt", 14);
    double appending = make(buffer_text(&text), passphrase);
    printf("text                        %7.1f MB\n", (double)text.length / 1e6);
    buffer_release(&text);
    compare(passphrase);
    printf("taking it all in one append %7.0f ms\n", appending * 1e3);
    printf("the passphrase, once        %7.0f ms\n", time_passphrase(passphrase) * 1e3);
    secret_free(passphrase);
    unlink(text_path);
    unlink(case_path);
    rmdir(folder);
    return 0;
}
