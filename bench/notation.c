/* How fast the notation is read, beside two peers in the same run, and what memory it takes.
 *
 *     bench/notation [STATEMENTS [FILE]]
 *
 * reads a made-up case (or FILE) several times, best run counted. The peers do less than the parser does: ICU's decoder
 * walks over the text's characters and checks that they are UTF-8; the C library's getline and strtok_r cut
 * it into lines and words and know nothing of either. Memory is the growth of the process's peak while parsing,
 * over the size of the text. */
#include "generate.h"

#include "base/file.h"
#include "notation/notation.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unicode/utf8.h>

#define RUNS 7

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static size_t peak_bytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (size_t)usage.ru_maxrss * 1024;
}

/* Each returns something counted, so that no run can be left out. */
static size_t parse(struct text t)
{
    struct faults faults = {0};
    struct buffer scratch = {0};
    struct text ready;
    size_t fields = 0;
    if (notation_prepare(t, &scratch, &ready, &faults) == 0) {
        struct parser *p = parser_new(ready, &faults);
        struct entry e;
        while (parser_next(p, &e))
            fields += e.count + 1;
        parser_free(p);
    }
    if (faults.count) {
        struct buffer out = {0};
        faults_print(&faults, "text", &out);
        fputs(out.at, stderr);
        exit(1);
    }
    buffer_release(&scratch);
    return fields;
}

static size_t decode(struct text t)
{
    size_t characters = 0, bad = 0;
    for (size_t at = 0; at < t.length; characters++) {
        UChar32 c;
        U8_NEXT(t.at, at, t.length, c);
        bad += c < 0;
    }
    return bad ? 0 : characters;
}

static size_t split(struct text t)
{
    FILE *in = fmemopen((void *)(uintptr_t)t.at, t.length, "r");
    char *line = NULL, *rest;
    size_t room = 0, words = 0;
    while (in && getline(&line, &room, in) > 0)
        for (char *word = strtok_r(line, " \t\r\n", &rest); word; word = strtok_r(NULL, " \t\r\n", &rest))
            words++;
    free(line);
    if (in)
        fclose(in);
    return words;
}

static double best(size_t (*work)(struct text), struct text t, size_t *counted)
{
    double least = 1e9;
    for (int i = 0; i < RUNS; i++) {
        double start = seconds();
        *counted = work(t);
        double took = seconds() - start;
        least = took < least ? took : least;
    }
    return least;
}

int main(int argc, char **argv)
{
    struct buffer text = {0};
    struct error error = {0};
    uint32_t statements = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 1000000;
    if (argc > 2 && file_read(argv[2], LIMIT_TEXT, &text, &error)) {
        fprintf(stderr, "%s\n", error.what);
        return 1;
    }
    if (argc <= 2)
        generate_case(statements, 1, &text);
    struct text t = buffer_text(&text);
    size_t before = peak_bytes(), count;
    parse(t);
    size_t after = peak_bytes();
    double megabytes = (double)t.length / 1e6, parsing = best(parse, t, &count);
    printf("text            %8.1f MB\n", megabytes);
    printf("parse           %8.0f MB/s  (%zu fields and entries)\n", megabytes / parsing, count);
    double decoding = best(decode, t, &count);
    printf("peer: decode    %8.0f MB/s  (%zu characters; parse takes %.2f of its time)\n", megabytes / decoding, count,
           parsing / decoding);
    double splitting = best(split, t, &count);
    printf("peer: split     %8.0f MB/s  (%zu words; parse takes %.2f of its time)\n", megabytes / splitting, count,
           parsing / splitting);
    printf("memory          %8.3f of the text, beyond the text\n", (double)(after - before) / (double)t.length);
    buffer_release(&text);
    return 0;
}
