/* Sound and film: how long, in which coding, when and where it was made, and the peaks of the sound for a waveform:
 * FFmpeg's libraries, over our own input and no protocol, on one thread.
 *
 * Of a film a picture is not decoded, only its sound. */
#include "parsers/parse.h"

#include "base/limits.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 64 << 10, MOST_CHANNELS = 64, AT_ONCE = 4096 };

struct film {
    struct source *source;
    struct report *report;
    AVFormatContext *format;
    AVCodecContext *decoder;
    AVIOContext *io;
    int sound; /* the stream */
    /* peaks */
    uint64_t samples; /* since the last peak */
    uint64_t window;  /* samples of a peak */
    uint64_t seen;
    float loudest;
    unsigned char peaks[AT_ONCE];
    size_t count;
};

/* ---- in ---- */

static int take(void *context, uint8_t *to, int most)
{
    struct film *f = context;
    size_t got = source_read(f->source, to, (size_t)most);
    return got ? (int)got : AVERROR_EOF;
}

static int64_t move(void *context, int64_t offset, int whence)
{
    struct film *f = context;
    const struct source *s = f->source;
    int64_t size = (int64_t)(s->whole ? s->here.length : s->size);
    if (whence == AVSEEK_SIZE)
        return source_can_move(s) ? size : AVERROR(ENOSYS);
    int64_t to = offset + (whence == SEEK_END ? size : whence == SEEK_CUR ? (int64_t)s->at : 0);
    return to >= 0 && source_move(f->source, (uint64_t)to) ? to : AVERROR(EINVAL);
}

static int refuse(AVFormatContext *format, AVIOContext **io, const char *url, int flags, AVDictionary **options)
{
    (void)format;
    (void)io;
    (void)url;
    (void)flags;
    (void)options;
    return AVERROR(EPERM);
}

static void shrug(void *context, int level, const char *format, va_list arguments)
{
    (void)context;
    (void)level;
    (void)format;
    (void)arguments;
}

static bool open_film(struct film *f)
{
    unsigned char *room = av_malloc(ROOM);
    AVDictionary *options = NULL;
    f->io = avio_alloc_context(room, ROOM, 0, f, take, NULL, source_can_move(f->source) ? move : NULL);
    f->format = avformat_alloc_context();
    f->format->pb = f->io;
    f->format->io_open = refuse;
    f->format->flags |= AVFMT_FLAG_CUSTOM_IO;
    f->format->max_analyze_duration = 5 * AV_TIME_BASE;
    f->format->max_streams = 200;
    f->format->use_wallclock_as_timestamps = 0;
    av_dict_set(
        &options, "format_whitelist",
        "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,ogg,wav,w64,mp3,flac,aac,aiff,avi,asf,amr,caf,au,flv,mpeg,mpegts,"
        "mpegvideo,opus,ape,wv,tta,gsm",
        0);
    av_dict_set(&options, "protocol_whitelist", "none", 0);
    int result = avformat_open_input(&f->format, "", NULL, &options);
    av_dict_free(&options);
    return result == 0 && avformat_find_stream_info(f->format, NULL) >= 0;
}

static void close_film(struct film *f)
{
    avcodec_free_context(&f->decoder);
    avformat_close_input(&f->format);
    if (f->io)
        av_freep(&f->io->buffer);
    avio_context_free(&f->io);
}

/* ---- facts ---- */

static void tell_tags(AVDictionary *tags, struct report *r)
{
    static const char *const told[][2] = {{"title", "title"},
                                          {"artist", "author"},
                                          {"album", "album"},
                                          {"comment", "comment"},
                                          {"creation_time", "made-on"},
                                          {"date", "made-on"},
                                          {"encoder", "made-with"},
                                          {"location", "place"},
                                          {"com.apple.quicktime.location.ISO6709", "place"},
                                          {"com.apple.quicktime.make", "camera-maker"},
                                          {"com.apple.quicktime.model", "camera"},
                                          {"com.apple.quicktime.software", "made-with"},
                                          {"com.android.version", "android"}};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        AVDictionaryEntry *entry = av_dict_get(tags, told[i][0], NULL, 0);
        if (entry)
            report_fact(r, told[i][1], text_of(entry->value));
    }
}

static void tell_stream(const AVStream *stream, struct report *r)
{
    const AVCodecParameters *p = stream->codecpar;
    char sentence[128];
    const char *name = avcodec_get_name(p->codec_id);
    if (p->codec_type == AVMEDIA_TYPE_AUDIO) {
        snprintf(sentence, sizeof sentence, "%s, %d Hz, %d channels", name, p->sample_rate, p->ch_layout.nb_channels);
        report_fact(r, "sound", text_of(sentence));
    } else if (p->codec_type == AVMEDIA_TYPE_VIDEO) {
        bool cover = stream->disposition & AV_DISPOSITION_ATTACHED_PIC;
        snprintf(sentence, sizeof sentence, "%s, %d × %d", name, p->width, p->height);
        report_fact(r, cover ? "cover" : "film", text_of(sentence));
        if (!cover && p->width > 0 && p->height > 0)
            report_size(r, (uint32_t)p->width, (uint32_t)p->height);
    }
}

static void tell(struct film *f)
{
    struct report *r = f->report;
    report_fact(r, "format", text_of(f->format->iformat->name));
    tell_tags(f->format->metadata, r);
    for (unsigned i = 0; i < f->format->nb_streams && i < 32; i++) {
        tell_stream(f->format->streams[i], r);
        tell_tags(f->format->streams[i]->metadata, r);
    }
}

/* ---- peaks ---- */

static void put_peak(struct film *f)
{
    float loud = f->loudest > 1 ? 1 : f->loudest;
    f->peaks[f->count++] = (unsigned char)(loud * 255 + 0.5f);
    f->loudest = 0;
    f->samples = 0;
    if (f->count == AT_ONCE) {
        report_peaks(f->report, f->peaks, f->count);
        f->count = 0;
    }
}

/* One sample, 0 to 1, whatever it is stored as. */
static float sample_at(const uint8_t *at, enum AVSampleFormat kind, size_t i)
{
    switch (kind) {
    case AV_SAMPLE_FMT_U8:
        return ((float)at[i] - 128) / 128;
    case AV_SAMPLE_FMT_S16:
        return (float)((const int16_t *)(const void *)at)[i] / 32768;
    case AV_SAMPLE_FMT_S32:
        return (float)((const int32_t *)(const void *)at)[i] / 2147483648.0f;
    case AV_SAMPLE_FMT_FLT:
        return ((const float *)(const void *)at)[i];
    case AV_SAMPLE_FMT_DBL:
        return (float)((const double *)(const void *)at)[i];
    default:
        return 0;
    }
}

static void take_samples(struct film *f, const AVFrame *frame)
{
    int channels = frame->ch_layout.nb_channels, planar = av_sample_fmt_is_planar((enum AVSampleFormat)frame->format);
    enum AVSampleFormat kind = av_get_packed_sample_fmt((enum AVSampleFormat)frame->format);
    if (channels < 1 || channels > MOST_CHANNELS)
        return;
    for (int i = 0; i < frame->nb_samples; i++) {
        for (int c = 0; c < channels; c++) {
            float s = planar ? sample_at(frame->extended_data[c], kind, (size_t)i)
                             : sample_at(frame->extended_data[0], kind, (size_t)i * (size_t)channels + (size_t)c);
            s = s < 0 ? -s : s;
            f->loudest = s > f->loudest ? s : f->loudest;
        }
        f->seen++;
        if (++f->samples >= f->window)
            put_peak(f);
    }
}

static bool open_decoder(struct film *f)
{
    const AVCodec *codec = NULL;
    f->sound = av_find_best_stream(f->format, AVMEDIA_TYPE_AUDIO, -1, -1, &codec, 0);
    if (f->sound < 0 || !codec)
        return false;
    f->decoder = avcodec_alloc_context3(codec);
    f->decoder->thread_count = 1;
    bool opened = avcodec_parameters_to_context(f->decoder, f->format->streams[f->sound]->codecpar) >= 0 &&
                  avcodec_open2(f->decoder, codec, NULL) == 0;
    int rate = opened ? f->decoder->sample_rate : 0;
    f->window = rate >= (int)PARSE_PEAKS_SECOND ? (uint64_t)rate / PARSE_PEAKS_SECOND : 0;
    return opened && f->window > 0;
}

static bool decode(struct film *f, AVPacket *packet, AVFrame *frame)
{
    int sent = avcodec_send_packet(f->decoder, packet);
    while (avcodec_receive_frame(f->decoder, frame) == 0) {
        take_samples(f, frame);
        av_frame_unref(frame);
    }
    return sent >= 0;
}

/* false: something of it was broken. */
static bool listen_to_all(struct film *f)
{
    const uint64_t most = (uint64_t)LIMIT_PARSE_SECONDS * f->window * PARSE_PEAKS_SECOND;
    AVPacket *packet = av_packet_alloc();
    AVFrame *frame = av_frame_alloc();
    bool fine = true;
    int result = 0;
    while (f->seen < most && (result = av_read_frame(f->format, packet)) == 0) {
        if (packet->stream_index == f->sound)
            fine = decode(f, packet, frame) && fine;
        av_packet_unref(packet);
    }
    decode(f, NULL, frame);
    if (f->seen >= most)
        report_note(f->report, PARSE_LONG);
    if (f->samples)
        put_peak(f);
    report_peaks(f->report, f->peaks, f->count);
    f->count = 0;
    av_frame_free(&frame);
    av_packet_free(&packet);
    return fine && (result == 0 || result == AVERROR_EOF);
}

static void tell_length(struct film *f)
{
    if (f->seen && f->decoder)
        report_length(f->report, f->seen * 1000 / (uint64_t)f->decoder->sample_rate);
    else if (f->format->duration > 0)
        report_length(f->report, (uint64_t)f->format->duration / (AV_TIME_BASE / 1000));
}

static bool has_film(const AVFormatContext *format)
{
    for (unsigned i = 0; i < format->nb_streams; i++)
        if (format->streams[i]->codecpar->codec_type == AVMEDIA_TYPE_VIDEO &&
            !(format->streams[i]->disposition & AV_DISPOSITION_ATTACHED_PIC))
            return true;
    return false;
}

/* What browsers call it, by container and by whether it has pictures. */
static const char *media_of(const AVFormatContext *format)
{
    static const char *const known[][3] = {
        {"mov,mp4", "audio/mp4", "video/mp4"},       {"matroska", "audio/webm", "video/webm"},
        {"ogg", "audio/ogg", "video/ogg"},           {"wav", "audio/wav", "audio/wav"},
        {"mp3", "audio/mpeg", "audio/mpeg"},         {"flac", "audio/flac", "audio/flac"},
        {"aac", "audio/aac", "audio/aac"},           {"avi", "video/x-msvideo", "video/x-msvideo"},
        {"aiff", "audio/aiff", "audio/aiff"},        {"amr", "audio/amr", "audio/amr"},
        {"asf", "audio/x-ms-wma", "video/x-ms-wmv"}, {"mpeg", "audio/mpeg", "video/mpeg"},
        {"flv", "video/x-flv", "video/x-flv"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strncmp(format->iformat->name, known[i][0], strlen(known[i][0])) == 0)
            return known[i][has_film(format) ? 2 : 1];
    return has_film(format) ? "video/x-unknown" : "audio/x-unknown";
}

void film_read(struct source *s, struct report *r)
{
    struct film *f = calloc(1, sizeof *f);
    f->source = s;
    f->report = r;
    source_move(s, 0);
    if (open_film(f)) {
        report_media(r, media_of(f->format));
        tell(f);
        if (open_decoder(f)) {
            if (!listen_to_all(f))
                report_note(r, PARSE_BROKEN);
        } else if (f->sound >= 0 || f->sound == AVERROR_DECODER_NOT_FOUND)
            report_note(r, PARSE_UNDECODED);
        tell_length(f);
    } else {
        report_media(r, "application/octet-stream");
        report_note(r, PARSE_BROKEN);
    }
    close_film(f);
    free(f);
}

/* A second of silence, so that what FFmpeg finds out about the machine is found out. */
void film_warm(void)
{
    static const char wav[] =
        "RIFF\x64\x1f\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x40\x1f\0\0\1\0\x08\0data\x40\x1f\0";
    char second[sizeof wav + 8000] = {0};
    struct source s;
    av_log_set_callback(shrug);
    memcpy(second, wav, sizeof wav);
    source_memory(&s, (struct text){second, sizeof second});
    struct film f = {.source = &s};
    if (open_film(&f))
        open_decoder(&f);
    close_film(&f);
    source_release(&s);
}
