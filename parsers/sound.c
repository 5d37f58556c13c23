/* Sound in with libsndfile, out as MP3 with LAME: the one kind that every browser plays.
 *
 * One voice or two, at most 48 kHz, at one bit rate, without a tag. How long a sound is, is counted and never believed.
 */
#include "parsers/media.h"

#include "base/memory.h"

#include <lame/lame.h>
#include <sndfile.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CHANNELS = 8, LEAST_RATE = 4000, MOST_RATE = 384000, FRAMES = 4608, MP3_ROOM = FRAMES * 5 / 4 + 7200 };

/* ---- a file that is in memory ---- */

/* A head that is put in front, and the bytes. */
struct reel {
    struct text head, bytes;
    size_t at;
};

static sf_count_t reel_length(void *user)
{
    const struct reel *r = user;
    return (sf_count_t)(r->head.length + r->bytes.length);
}

static sf_count_t reel_seek(sf_count_t offset, int from, void *user)
{
    struct reel *r = user;
    sf_count_t length = reel_length(user);
    sf_count_t base = from == SEEK_CUR ? (sf_count_t)r->at : from == SEEK_END ? length : 0, to;
    if (__builtin_add_overflow(base, offset, &to) || to < 0 || to > length)
        return -1;
    r->at = (size_t)to;
    return to;
}

static size_t copy_from(struct text t, size_t at, char *to, size_t room)
{
    size_t length = t.length - at < room ? t.length - at : room;
    if (length)
        memcpy(to, t.at + at, length);
    return length;
}

static sf_count_t reel_read(void *to, sf_count_t length, void *user)
{
    struct reel *r = user;
    size_t room = length < 0 ? 0 : (size_t)length, done = 0;
    if (r->at < r->head.length)
        done = copy_from(r->head, r->at, to, room);
    if (r->at + done >= r->head.length)
        done += copy_from(r->bytes, r->at + done - r->head.length, (char *)to + done, room - done);
    r->at += done;
    return (sf_count_t)done;
}

static sf_count_t reel_write(const void *from, sf_count_t length, void *user)
{
    (void)from;
    (void)length;
    (void)user;
    return 0;
}

static sf_count_t reel_tell(void *user)
{
    return (sf_count_t)((struct reel *)user)->at;
}

/* ---- out ---- */

static void say_nothing(const char *format, va_list arguments)
{
    (void)format;
    (void)arguments;
}

/* The highest rate of MP3 that is no higher than the sound's own, so that nothing is made up and little is lost. */
static int rate_out(int rate)
{
    static const int rates[] = {48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
        if (rates[i] <= rate)
            return rates[i];
    return 8000;
}

static lame_t lame_ready(int rate, int channels)
{
    lame_t lame = lame_init();
    if (!lame)
        return NULL;
    int out = rate_out(rate);
    lame_set_errorf(lame, say_nothing);
    lame_set_msgf(lame, say_nothing);
    lame_set_debugf(lame, say_nothing);
    lame_set_in_samplerate(lame, rate);
    lame_set_out_samplerate(lame, out);
    lame_set_num_channels(lame, channels);
    lame_set_mode(lame, channels == 1 ? MONO : JOINT_STEREO);
    lame_set_VBR(lame, vbr_off);
    lame_set_brate(lame, (out >= 32000 ? 64 : out >= 16000 ? 40 : 24) * channels);
    lame_set_quality(lame, 5);
    lame_set_bWriteVbrTag(lame, 0);
    lame_set_write_id3tag_automatic(lame, 0);
    if (lame_init_params(lame) == 0)
        return lame;
    lame_close(lame);
    return NULL;
}

/* ---- between ---- */

struct recoding {
    SNDFILE *from;
    SF_INFO info;
    lame_t to;
    int channels; /* that go out */
    float *in, *out;
    unsigned char *mp3;
    uint64_t frames;
};

static void recoding_release(struct recoding *r)
{
    if (r->from)
        sf_close(r->from);
    if (r->to)
        lame_close(r->to);
    free(r->in);
    free(r->out);
    free(r->mp3);
}

static float bounded(float sample)
{
    return sample > 1 ? 1 : sample >= -1 ? sample : sample < -1 ? -1 : 0; /* 0: not a number */
}

/* More than two channels become one: which of them is left and which a low rumble is not told in every file. */
static void mix(const struct recoding *r, size_t frames)
{
    const int from = r->info.channels;
    for (size_t i = 0; i < frames * (size_t)r->channels; i++) {
        if (from <= 2) {
            r->out[i] = bounded(r->in[i]);
            continue;
        }
        float sum = 0;
        for (int c = 0; c < from; c++)
            sum += bounded(r->in[i * (size_t)from + (size_t)c]);
        r->out[i] = sum / (float)from;
    }
}

static int lame_take(const struct recoding *r, size_t frames, struct buffer *out)
{
    int count = r->channels == 1
                    ? lame_encode_buffer_ieee_float(r->to, r->out, r->out, (int)frames, r->mp3, MP3_ROOM)
                    : lame_encode_buffer_interleaved_ieee_float(r->to, r->out, (int)frames, r->mp3, MP3_ROOM);
    if (count > 0)
        buffer_add(out, r->mp3, (size_t)count);
    return count;
}

static enum media_refusal recode(struct recoding *r, const struct media_bounds *bounds, struct buffer *out)
{
    const uint64_t most = (uint64_t)r->info.samplerate * bounds->seconds;
    sf_count_t got;
    while ((got = sf_readf_float(r->from, r->in, FRAMES)) > 0) {
        r->frames += (uint64_t)got;
        if (r->frames > most)
            return MEDIA_TOO_LONG;
        mix(r, (size_t)got);
        if (lame_take(r, (size_t)got, out) < 0)
            return MEDIA_BROKEN;
    }
    /* Of a sound that was cut short, what is there is taken: a recorder may have lost its power. */
    if (!r->frames || sf_error(r->from) != SF_ERR_NO_ERROR)
        return MEDIA_BROKEN;
    int count = lame_encode_flush(r->to, r->mp3, MP3_ROOM);
    if (count > 0)
        buffer_add(out, r->mp3, (size_t)count);
    return out->length ? MEDIA_FINE : MEDIA_BROKEN;
}

static bool is_taken(const SF_INFO *info)
{
    int major = info->format & SF_FORMAT_TYPEMASK;
    bool known = major == SF_FORMAT_WAV || major == SF_FORMAT_WAVEX || major == SF_FORMAT_RF64 ||
                 major == SF_FORMAT_FLAC || major == SF_FORMAT_OGG || major == SF_FORMAT_MPEG;
    return known && info->channels >= 1 && info->channels <= MOST_CHANNELS && info->samplerate >= LEAST_RATE &&
           info->samplerate <= MOST_RATE;
}

enum media_refusal sound_make(struct text input, const struct media_bounds *bounds, struct media_made *out)
{
    static SF_VIRTUAL_IO io = {reel_length, reel_seek, reel_read, reel_write, reel_tell};
    struct reel reel = {.bytes = input};
    if (text_starts(input, TEXT("\xff"))) /* else libsndfile looks for an MP3's kind in a file beside it */
        reel.head = (struct text){"ID3\3\0\0\0\0\0\x0a\0\0\0\0\0\0\0\0\0\0", 20};
    struct recoding r = {0};
    r.from = sf_open_virtual(&io, SFM_READ, &r.info, &reel);
    if (!r.from || !is_taken(&r.info)) {
        recoding_release(&r);
        return MEDIA_BROKEN;
    }
    r.channels = r.info.channels == 2 ? 2 : 1;
    r.to = lame_ready(r.info.samplerate, r.channels);
    r.in = memory_array((size_t)FRAMES * (size_t)r.info.channels, sizeof *r.in);
    r.out = memory_array((size_t)FRAMES * 2, sizeof *r.out);
    r.mp3 = memory_array(MP3_ROOM, 1);
    enum media_refusal result = r.to ? recode(&r, bounds, &out->bytes) : MEDIA_BROKEN;
    out->mime = MIME_MP3;
    out->seconds = (uint32_t)(r.frames / (uint64_t)r.info.samplerate);
    recoding_release(&r);
    return result;
}
