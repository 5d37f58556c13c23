/* Fuzzes transcripts: whatever the bytes are, nothing breaks; lines are in order and within their text; and what is
 * printed is read again without a fault and printed to the same bytes. */
#include "ops/transcript.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_lines(const struct transcript *t)
{
    for (size_t i = 0; i < t->lines.count; i++) {
        const struct transcript_line *l = &t->lines.at[i];
        require(l->start <= l->end && l->text_length > 0);
        require(i == 0 || t->lines.at[i - 1].start <= l->start);
        require(l->text + l->text_length <= t->words.length && l->speaker + l->speaker_length <= t->words.length);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct transcript first, second;
    struct faults faults = {0}, none = {0};
    struct buffer once = {0}, twice = {0}, report = {0};
    if (transcript_read((struct text){(const char *)bytes, size}, &first, &faults) == 0) {
        check_lines(&first);
        transcript_print(&first, &once);
        require(transcript_read(buffer_text(&once), &second, &none) == 0);
        transcript_print(&second, &twice);
        require(text_equal(buffer_text(&once), buffer_text(&twice)));
        require(first.lines.count == second.lines.count);
        transcript_release(&second);
    } else {
        require(faults.count > 0);
        faults_print(&faults, "t", &report);
    }
    transcript_release(&first);
    faults_release(&faults);
    faults_release(&none);
    buffer_release(&once);
    buffer_release(&twice);
    buffer_release(&report);
    return 0;
}
