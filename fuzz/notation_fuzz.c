/* Fuzzes the notation: whatever the bytes are, nothing breaks; and what is printed of an entry without a
 * fault is read again without one and printed again to the same bytes. */
#include "notation/notation.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Parses a text; prints the entries without faults. */
static void read_all(struct text source, struct faults *faults, struct buffer *printed)
{
    struct buffer scratch = {0};
    struct text ready;
    if (notation_prepare(source, &scratch, &ready, faults) == 0) {
        struct parser *p = parser_new(ready, faults);
        struct entry e;
        while (parser_next(p, &e)) {
            if (e.at + (size_t)e.length > ready.length)
                abort();
            for (uint32_t i = 0; i < e.count; i++)
                if (e.fields[i].at + (size_t)e.fields[i].length > ready.length)
                    abort();
            if (!e.faulty)
                notation_print(&e, ready, printed);
        }
        parser_free(p);
    }
    buffer_release(&scratch);
}

/* Any text at all can be put into a string, read, and taken out again. */
static void quote_all(struct text t)
{
    struct buffer quoted = {0}, plain = {0}, again = {0}, line = {0}, printed = {0};
    struct faults faults = {0};
    notation_quote(t, &quoted);
    buffer_string(&line, "claim c ");
    buffer_text_add(&line, buffer_text(&quoted));
    if (line.length < LIMIT_LINE)
        read_all(buffer_text(&line), &faults, &printed);
    if (faults.count)
        abort();
    notation_unescape((struct text){quoted.at + 1, quoted.length - 2}, &plain);
    notation_quote(buffer_text(&plain), &again);
    if (!text_equal(buffer_text(&quoted), buffer_text(&again)))
        abort();
    buffer_release(&quoted);
    buffer_release(&plain);
    buffer_release(&again);
    buffer_release(&line);
    buffer_release(&printed);
    faults_release(&faults);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct text source = {(const char *)bytes, size};
    struct faults faults = {0}, none = {0};
    struct buffer first = {0}, second = {0}, report = {0};
    read_all(source, &faults, &first);
    faults_sort(&faults);
    faults_print(&faults, "text", &report);
    read_all(buffer_text(&first), &none, &second);
    if (none.count || !text_equal(buffer_text(&first), buffer_text(&second)))
        abort();
    if (report.length)
        quote_all(buffer_text(&report));
    faults_release(&faults);
    buffer_release(&first);
    buffer_release(&second);
    buffer_release(&report);
    return 0;
}
