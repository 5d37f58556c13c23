/* Runs the plain-text cases: each a text, and what must be printed for it. README.md is the format.
 *
 * One line of TAP a case. A case that cannot be read fails; it is never passed over. */
#include "base/file.h"
#include "base/limits.h"
#include "cases/subject.h"

#include <stdarg.h>
#include <stdio.h>

struct run {
    unsigned done, failed;
    bool case_failed;
};

static void complain(struct run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void complain(struct run *run, const char *format, ...)
{
    run->case_failed = true;
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
}

static void show(const char *what, struct text rows)
{
    struct text line;
    if (rows.length == 0)
        printf("#   %s nothing\n", what);
    while (text_line(&rows, &line))
        printf("#   %s %.*s\n", what, TEXT_ARG(line));
}

static void compare(struct run *run, struct text section, const char *how, struct text expected, struct text got)
{
    if (text_equal(expected, got))
        return;
    complain(run, "# %.*s%s:\n", TEXT_ARG(section), how);
    show("expected", expected);
    show("got     ", got);
}

/* Cuts blank lines off the end of a section. */
static struct text trimmed(struct text t)
{
    while (t.length > 0 && t.at[t.length - 1] == '\n' && (t.length == 1 || t.at[t.length - 2] == '\n'))
        t.length--;
    return t;
}

/* Takes from `rest` what comes before the next line that starts with `mark`, or all of it. */
static struct text before(struct text *rest, struct text mark)
{
    struct text from = *rest, line;
    while (rest->length > 0 && !text_starts(*rest, mark))
        text_line(rest, &line);
    from.length -= rest->length;
    return from;
}

static void answer(struct run *run, struct subject *s, struct text section, struct buffer *out)
{
    if (text_equal(section, TEXT("stand")))
        subject_stand(s, out);
    else if (text_equal(section, TEXT("next")))
        subject_next(s, out);
    else if (text_starts(section, TEXT("without ")))
        subject_without(s, (struct text){section.at + 8, section.length - 8}, out);
    else
        complain(run, "# no such section: %.*s\n", TEXT_ARG(section));
}

/* All sections of a case, asked of one subject; then the rows must still be what they were. */
static void ask_all(struct run *run, struct subject *s, struct text sections, const char *how)
{
    struct buffer out = {0}, rows = {0}, rows_after = {0};
    subject_stand(s, &rows);
    struct text head;
    while (text_line(&sections, &head)) {
        struct text section = {head.at + 4, head.length - 4};
        struct text expected = trimmed(before(&sections, TEXT("--- ")));
        if (expected.length == 1)
            expected.length = 0;
        buffer_clear(&out);
        answer(run, s, section, &out);
        compare(run, section, how, expected, buffer_text(&out));
    }
    subject_stand(s, &rows_after);
    compare(run, TEXT("stand"), " after the questions", buffer_text(&rows), buffer_text(&rows_after));
    buffer_release(&out);
    buffer_release(&rows);
    buffer_release(&rows_after);
}

static void run_case(struct run *run, struct text name, struct text body)
{
    run->case_failed = false;
    struct text notation = before(&body, TEXT("--- "));
    struct subject s;
    if (body.length == 0)
        complain(run, "# the case expects nothing\n");
    if (subject_open(&s, notation) == 0)
        ask_all(run, &s, body, "");
    else
        complain(run, "# refused:\n# %.*s", TEXT_ARG(buffer_text(&s.faults)));
    subject_close(&s);
    if (subject_open_stepwise(&s, notation) == 0)
        ask_all(run, &s, body, ", taken entry by entry");
    else
        complain(run, "# refused entry by entry:\n# %.*s", TEXT_ARG(buffer_text(&s.faults)));
    subject_close(&s);
    run->failed += run->case_failed;
    printf("%s %u - %.*s\n", run->case_failed ? "not ok" : "ok", ++run->done, TEXT_ARG(name));
}

static void run_file(struct run *run, const char *path)
{
    struct buffer content = {0};
    struct error error = {0};
    if (file_read(path, LIMIT_TEXT, &content, &error)) {
        printf("# %s\nnot ok %u - %s can be read\n", error.what, ++run->done, path);
        run->failed++;
        return;
    }
    struct text rest = buffer_text(&content), name;
    before(&rest, TEXT("=== "));
    while (text_line(&rest, &name))
        run_case(run, (struct text){name.at + 4, name.length - 4}, before(&rest, TEXT("=== ")));
    buffer_release(&content);
}

int main(int count, char **arguments)
{
    struct run run = {0};
    for (int i = 1; i < count; i++)
        run_file(&run, arguments[i]);
    printf("1..%u\n", run.done);
    return run.failed > 0 || run.done == 0;
}
