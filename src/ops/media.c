/* A record's file, fetched from the case's folder and made ready: see media.h. */
#include "ops/media.h"

#include "ops/helper.h"
#include "ops/shape.h"

#include "base/limits.h"
#include "parsers/answer.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEEPEST = 32 /* folders in a path */ };

struct kept {
    uint32_t record;
    struct media_ready ready;
};

struct media {
    struct model *model;
    char *folder;
    const volatile bool *stop;
    struct buffer program; /* "" until it was looked for */
    uint32_t seconds;
    VECTOR(struct kept) kept;
};

static char *folder_of(const char *file)
{
    const char *slash = strcmp(file, "-") == 0 ? NULL : strrchr(file, '/');
    if (!slash)
        return memory_copy(".", 1);
    return memory_copy(file, slash == file ? 1 : (size_t)(slash - file));
}

struct media *media_new(struct model *m, const char *file, const volatile bool *stop)
{
    struct media *media = memory_new(sizeof *media);
    media->model = m;
    media->folder = folder_of(file);
    media->stop = stop;
    media->seconds = LIMIT_MEDIA_WAIT;
    return media;
}

void media_free(struct media *media)
{
    if (!media)
        return;
    for (size_t i = 0; i < media->kept.count; i++)
        buffer_release(&media->kept.at[i].ready.bytes);
    vector_release(&media->kept);
    buffer_release(&media->program);
    free(media->folder);
    free(media);
}

void media_use(struct media *media, const char *program, uint32_t seconds)
{
    buffer_clear(&media->program);
    buffer_string(&media->program, program);
    media->seconds = seconds;
}

/* ---- the file ---- */

/* A sentence about a record's file, which names the record and never the file. */
#define ABOUT_FILE "the file of the record '%.*s' "

/* Takes the next part of a path: false at its end, or where the part leads out of the folder. */
static bool next_part(struct text *path, struct buffer *part)
{
    const char *slash = memchr(path->at, '/', path->length);
    size_t length = slash ? (size_t)(slash - path->at) : path->length;
    buffer_clear(part);
    buffer_add(part, path->at, length);
    path->at += length + (slash != NULL);
    path->length -= length + (slash != NULL);
    return length && strcmp(part->at, "..") != 0 && strlen(part->at) == length;
}

/* Opens the path part by part and follows no link, so that it ends in the folder whatever stands there. -1 and errno;
 * ELOOP where it would lead out. */
static int open_beneath(const char *folder, struct text path)
{
    struct buffer part = {0};
    int at = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC), deep = 0;
    while (at >= 0 && path.length) {
        int to = -1, number = ELOOP;
        if (next_part(&path, &part) && deep++ < DEEPEST) {
            int flags = path.length ? O_PATH | O_DIRECTORY : O_RDONLY | O_NONBLOCK | O_NOCTTY;
            to = openat(at, part.at, flags | O_NOFOLLOW | O_CLOEXEC);
            number = errno;
        }
        close(at);
        at = to;
        errno = number;
    }
    buffer_release(&part);
    return at;
}

static int cannot_open(struct text id, int number, struct error *error)
{
    switch (number) {
    case ENOENT:
        error_set(error, ERROR_MISSING, ABOUT_FILE "is not there", TEXT_ARG(id));
        return error_mend(error, "put it into the folder of the case, where the record says");
    case ELOOP:
    case ENOTDIR:
        error_set(error, ERROR_INPUT, ABOUT_FILE "does not stand in the folder of the case", TEXT_ARG(id));
        return error_mend(error, "give its path from that folder, without '..', links and a slash in front");
    default:
        error_set(error, ERROR_IO, ABOUT_FILE "cannot be opened: %s", TEXT_ARG(id), strerror(number));
        return error_mend(error, "see to its permissions");
    }
}

static int check_file(int fd, struct text id, struct error *error)
{
    struct stat info;
    if (fstat(fd, &info) < 0 || !S_ISREG(info.st_mode)) {
        error_set(error, ERROR_INPUT, ABOUT_FILE "is no ordinary file", TEXT_ARG(id));
        return error_mend(error, "put the picture or the sound itself there");
    }
    if ((uint64_t)info.st_size <= LIMIT_MEDIA)
        return 0;
    error_set(error, ERROR_LIMIT, ABOUT_FILE "is larger than %u MiB", TEXT_ARG(id), LIMIT_MEDIA >> 20);
    return error_mend(error, "cut out the part that is to be published");
}

/* The descriptor of the record's file, or -1. */
static int open_record(const struct media *media, uint32_t record, struct text id, struct error *error)
{
    struct text raw = model_attribute_text(media->model, SPACE_RECORD, record, FIELD_FILE);
    struct buffer path = {0};
    notation_unescape(raw, &path);
    if (!path.length) {
        error_set(error, ERROR_MISSING, "the record '%.*s' has no file", TEXT_ARG(id));
        return error_mend(error, "say where it is: file \"PATH\" under the record, from the folder of the case");
    }
    int fd = open_beneath(media->folder, buffer_text(&path));
    if (fd < 0)
        cannot_open(id, errno, error);
    buffer_release(&path);
    if (fd >= 0 && check_file(fd, id, error) < 0) {
        close(fd);
        return -1;
    }
    return fd;
}

/* ---- the answer ---- */

static const struct {
    const char *what, *mend;
} refusals[MEDIA_REFUSALS] = {
    [MEDIA_UNKNOWN] = {"is of no kind that is taken",
                       "pictures can be JPEG, PNG or WebP; sounds WAV, FLAC, Ogg Vorbis, Opus or MP3"},
    [MEDIA_EMPTY] = {"is empty", "fetch it again from where it came from"},
    [MEDIA_BROKEN] = {"is cut short or damaged", "fetch it again, or save it anew with a program that can open it"},
    [MEDIA_ANIMATED] = {"is a moving picture, which is not taken", "save one picture of it as PNG or JPEG"},
    [MEDIA_AAC] = {"is AAC sound, which is not taken", "convert it to FLAC or WAV"},
    [MEDIA_VIDEO] = {"is a film, which is not taken", "save its sound as FLAC or WAV, or a picture of it as JPEG"},
    [MEDIA_PICTURE] = {"is a picture of a kind that is not taken", "convert it to JPEG or PNG"},
    [MEDIA_TOO_LARGE] = {"is larger than may be", "cut out the part that is to be published"},
    [MEDIA_TOO_MANY_PIXELS] = {"is a picture of more than 100 million pixels", "make it smaller"},
    [MEDIA_TOO_LONG] = {"is longer than four hours", "cut out the part that is to be published"},
    [MEDIA_MEMORY] = {"needs too much memory to be opened", "make it smaller"},
    [MEDIA_UNSAFE] = {"cannot be opened safely: this system lets no sandbox be set up",
                      "use Linux with seccomp; docs/media.md says what is needed"},
};
static_assert(LIMIT_PIXELS == 100000000 && LIMIT_SOUND_SECONDS == 4 * 3600, "as the sentences say");

static int not_made(struct text id, struct error *error)
{
    error_set(error, ERROR_INPUT, ABOUT_FILE "cannot be made ready: opening it went wrong", TEXT_ARG(id));
    return error_mend(error,
                      "it may be damaged, or made to do harm; save it anew with another program, on a machine that "
                      "holds nothing else");
}

/* Takes a decimal number and the sign behind it off the front. */
static bool take_number(struct text *line, char behind, uint32_t *out)
{
    size_t i = 0;
    uint64_t n = 0;
    for (; i < line->length && i < 10 && line->at[i] >= '0' && line->at[i] <= '9'; i++)
        n = n * 10 + (uint64_t)(line->at[i] - '0');
    if (!i || n > UINT32_MAX || i >= line->length || line->at[i] != behind)
        return false;
    *out = (uint32_t)n;
    *line = (struct text){line->at + i + 1, line->length - i - 1};
    return true;
}

static bool take_word(struct text *line, const char *word)
{
    struct text w = text_of(word);
    if (!text_starts(*line, w))
        return false;
    *line = (struct text){line->at + w.length, line->length - w.length};
    return true;
}

/* Is what the answer says so? */
static bool is_as_said(const struct media_ready *r, struct text bytes)
{
    if (strcmp(r->mime, MIME_JPEG) == 0)
        return shape_is_jpeg(bytes, r->width, r->height) && !r->seconds;
    if (strcmp(r->mime, MIME_PNG) == 0)
        return shape_is_png(bytes, r->width, r->height) && !r->seconds;
    return shape_is_mp3(bytes) && !r->width && !r->height;
}

/* Reads an answer (parsers/answer.h), believing none of it. */
static int judge(struct text answer, struct text id, struct media_ready *out, struct error *error)
{
    static const char *const mimes[] = {MIME_JPEG, MIME_PNG, MIME_MP3};
    uint32_t length, why;
    if (!take_word(&answer, ANSWER_HEAD))
        return not_made(id, error);
    if (take_word(&answer, "refused ")) {
        if (!take_number(&answer, '\n', &why) || answer.length || why == MEDIA_FINE || why >= MEDIA_REFUSALS)
            return not_made(id, error);
        error_set(error, ERROR_INPUT, ABOUT_FILE "%s", TEXT_ARG(id), refusals[why].what);
        return error_mend(error, "%s", refusals[why].mend);
    }
    for (size_t i = 0; i < 3 && !out->mime[0]; i++)
        if (take_word(&answer, mimes[i]))
            memcpy(out->mime, mimes[i], strlen(mimes[i]) + 1);
    if (!out->mime[0] || !take_word(&answer, " ") || !take_number(&answer, ' ', &out->width) ||
        !take_number(&answer, ' ', &out->height) || !take_number(&answer, ' ', &out->seconds) ||
        !take_number(&answer, '\n', &length) || length != answer.length || !is_as_said(out, answer))
        return not_made(id, error);
    buffer_text_add(&out->bytes, answer);
    return 0;
}

static int make_ready(struct media *media, int fd, struct text id, struct media_ready *out, struct error *error)
{
    if (!media->program.length && helper_find("bearout-media", &media->program, error) < 0)
        return -1;
    struct buffer answer = {0};
    enum helper_end end =
        helper_run(media->program.at, fd, media->seconds, LIMIT_MEDIA + ANSWER_LINE, media->stop, &answer);
    int result = -1;
    if (end == HELPER_DONE)
        result = judge(buffer_text(&answer), id, out, error);
    else if (end == HELPER_STOPPED)
        error_set(error, ERROR_INTERRUPTED, "stopped; nothing was changed");
    else if (end == HELPER_ABSENT)
        error_set(error, ERROR_IO, "the helper 'bearout-media' cannot be started");
    else if (end == HELPER_SLOW)
        error_set(error, ERROR_LIMIT, ABOUT_FILE "takes too long to be made ready", TEXT_ARG(id));
    else
        not_made(id, error);
    if (end == HELPER_ABSENT)
        error_mend(error, "install Bearout as a whole, with 'meson install'");
    if (end == HELPER_SLOW)
        error_mend(error, "cut out the part that is to be published");
    buffer_release(&answer);
    return result;
}

static int fetch(struct media *media, uint32_t record, struct text id, struct error *error)
{
    struct kept made = {.record = record};
    int fd = open_record(media, record, id, error);
    if (fd < 0)
        return -1;
    int result = make_ready(media, fd, id, &made.ready, error);
    close(fd);
    if (result == 0)
        vector_push(&media->kept, made);
    return result;
}

static int ready(void *context, struct text id, struct media_ready *out, struct error *error)
{
    struct media *media = context;
    uint32_t record = model_find(media->model, SPACE_RECORD, id);
    if (record == MODEL_NONE || !model_declared(media->model, SPACE_RECORD, record)) {
        error_set(error, ERROR_MISSING, "there is no record '%.*s'", TEXT_ARG(id));
        return error_mend(error, "name a record of the case");
    }
    size_t at = 0;
    while (at < media->kept.count && media->kept.at[at].record != record)
        at++;
    if (at == media->kept.count && fetch(media, record, id, error) < 0)
        return -1;
    *out = media->kept.at[at].ready;
    out->bytes = (struct buffer){0};
    buffer_text_add(&out->bytes, buffer_text(&media->kept.at[at].ready.bytes));
    return 0;
}

struct media_source media_source(struct media *media)
{
    return (struct media_source){ready, media};
}
