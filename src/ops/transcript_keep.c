/* Keeping transcripts: see transcript_keep.h. */
#include "ops/transcript_keep.h"

int transcript_keep(const struct take_case *into, const char *record, struct text source, const char *maker,
                    size_t *lines, struct faults *faults, struct error *error)
{
    struct transcript t;
    struct buffer kept = {0};
    int result = 0;
    if (transcript_read(source, &t, faults)) {
        faults_sort(faults);
        error_set(error, ERROR_INPUT, "the transcript has faults");
        result = error_mend(error, "mend them, and bring it in again");
    }
    if (!result) {
        transcript_print(&t, &kept);
        result = ops_take_derived(into, record, "transcript", buffer_text(&kept), NULL, maker, error);
        explicit_bzero(kept.at, kept.room);
    }
    if (lines)
        *lines = t.lines.count;
    buffer_release(&kept);
    transcript_release(&t);
    return result;
}
