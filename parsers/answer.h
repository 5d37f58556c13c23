/* What bearout-media answers: one line, and behind it the bytes. Shared with whoever runs it.
 *
 *     bearout-media 1 image/jpeg WIDTH HEIGHT SECONDS BYTES\n    and then BYTES bytes and the end
 *     bearout-media 1 refused NUMBER\n                           and then the end
 *
 * Numbers are decimal. A refusal is a number and no sentence, so that nothing of a file can come back in words. The
 * reader believes none of it (src/ops/media.c). */
#ifndef PARSERS_ANSWER_H
#define PARSERS_ANSWER_H

#define ANSWER_HEAD "bearout-media 1 "
#define ANSWER_LINE 96u /* bytes of the line at most */

#define MIME_JPEG "image/jpeg"
#define MIME_PNG "image/png"
#define MIME_MP3 "audio/mpeg"

/* Why nothing was made of a file. */
enum media_refusal {
    MEDIA_FINE,
    MEDIA_UNKNOWN, /* of no kind that is taken */
    MEDIA_EMPTY,
    MEDIA_BROKEN,    /* cut short or damaged */
    MEDIA_ANIMATED,  /* a moving picture */
    MEDIA_AAC,       /* M4A and its like */
    MEDIA_VIDEO,     /* a film */
    MEDIA_PICTURE,   /* a picture of a kind that is not taken */
    MEDIA_TOO_LARGE, /* more bytes than LIMIT_MEDIA */
    MEDIA_TOO_MANY_PIXELS,
    MEDIA_TOO_LONG, /* more than LIMIT_SOUND_SECONDS */
    MEDIA_MEMORY,   /* more than LIMIT_MEDIA_MEMORY */
    MEDIA_UNSAFE,   /* the sandbox cannot be set up */
    MEDIA_REFUSALS
};

#endif
