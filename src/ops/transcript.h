/* Transcripts: who says what in a recording, and when.
 *
 * Read from WebVTT, SubRip (SRT), and what speech recognisers give as JSON (Whisper's `segments`, whisper.cpp's
 * `transcription`, Vosk's `result`); printed as WebVTT, which is what is kept. Told apart by what they
 * hold, never by a name. What a stranger sent is bounded: LIMIT_TRANSCRIPT bytes, LIMIT_TRANSCRIPT_LINES lines.
 * Times are milliseconds from the start of the recording. */
#ifndef OPS_TRANSCRIPT_H
#define OPS_TRANSCRIPT_H

#include "base/vector.h"
#include "notation/fault.h"

#define TRANSCRIPT_NO_TIME UINT64_MAX

struct transcript_line {
    uint64_t start, end;            /* start <= end */
    size_t speaker, speaker_length; /* of `words`; length 0: not said */
    size_t text, text_length;       /* of `words`; plain text, with line ends in it where it has several */
    size_t at;                      /* byte of what was read at which the text stands; of JSON 0 */
};

struct transcript {
    VECTOR(struct transcript_line) lines; /* in the order of their starts */
    struct buffer words;
};

/* Reads one. 0, or -1 with every fault: a line and column, what is wrong, and how to mend it; faults of JSON may have
 * but the line. transcript_release() in either case. Linear. */
int transcript_read(struct text source, struct transcript *out, struct faults *faults);
void transcript_release(struct transcript *t);

/* Adds it as WebVTT. Reading that gives the same transcript. */
void transcript_print(const struct transcript *t, struct buffer *out);

static inline struct text transcript_text(const struct transcript *t, const struct transcript_line *l)
{
    return (struct text){t->words.at + l->text, l->text_length};
}

static inline struct text transcript_speaker(const struct transcript *t, const struct transcript_line *l)
{
    return (struct text){t->words.at + l->speaker, l->speaker_length};
}

/* The time of a locator, 02:10 or 02:10-02:45, in milliseconds; of one moment both are the same. False for another. */
bool transcript_time(struct text locator, uint64_t *start, uint64_t *end);

/* The lines that are heard between two times: the first, and how many. A moment, which is a second long, gives
 * the line that begins in it, or the one before. */
size_t transcript_lines(const struct transcript *t, uint64_t start, uint64_t end, size_t *count);

#endif
