/* Pictures and sounds against hostile bytes: what bearout-media does with a file, without the sandbox around it; then
 * the second look at what came out, which must take it, and the second look at the hostile bytes themselves. Bounds are
 * small, so that a run is short. The seeds were made by this program: media_fuzz --seeds FOLDER. */
#include "ops/shape.h"
#include "parsers/picture.h"

#include "base/file.h"

#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <webp/encode.h>

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct media_bounds bounds = {.pixels = 1 << 18, .seconds = 20};

/* ---- seeds ---- */

static void save(const char *folder, const char *name, struct text content)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (file_write(path, content, NULL) < 0)
        abort();
}

static void save_sound(const char *folder, const char *name, int format)
{
    char path[512];
    SF_INFO info = {.samplerate = 8000, .channels = 1, .format = format};
    snprintf(path, sizeof path, "%s/%s", folder, name);
    SNDFILE *file = sf_open(path, SFM_WRITE, &info);
    short sample = 0;
    for (int i = 0; file && i < 800; i++, sample = (short)(sample * 5 + 77))
        sf_writef_short(file, &sample, 1);
    if (file)
        sf_close(file);
}

static void save_seeds(const char *folder)
{
    unsigned char pixels[24 * 16 * 3];
    const struct raster raster = {24, 16, pixels};
    struct buffer bytes = {0};
    for (size_t i = 0; i < sizeof pixels; i++)
        pixels[i] = (unsigned char)(i * i >> 3);
    jpeg_write(&raster, &bytes);
    save(folder, "jpeg", buffer_text(&bytes));
    buffer_clear(&bytes);
    png_write(&raster, &bytes);
    save(folder, "png", buffer_text(&bytes));
    buffer_release(&bytes);
    uint8_t *webp = NULL;
    size_t length = WebPEncodeRGB(pixels, 24, 16, 72, 80, &webp);
    save(folder, "webp", (struct text){(char *)webp, length});
    WebPFree(webp);
    length = WebPEncodeLosslessRGB(pixels, 24, 16, 72, &webp);
    save(folder, "webp-lossless", (struct text){(char *)webp, length});
    WebPFree(webp);
    save_sound(folder, "wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16);
    save_sound(folder, "adpcm", SF_FORMAT_WAV | SF_FORMAT_IMA_ADPCM);
    save_sound(folder, "float", SF_FORMAT_WAVEX | SF_FORMAT_FLOAT);
    save_sound(folder, "flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16);
    save_sound(folder, "vorbis", SF_FORMAT_OGG | SF_FORMAT_VORBIS);
    save_sound(folder, "opus", SF_FORMAT_OGG | SF_FORMAT_OPUS);
    save_sound(folder, "mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III);
}

/* ---- runs ---- */

/* libsndfile and what it uses forget memory when a file is broken. In bearout-media the process ends, and all of it
 * with it; what our own code forgets is still told. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libsndfile\nleak:libvorbis\nleak:libogg\nleak:libopus\nleak:libFLAC\nleak:libmpg123\n";
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    if (*count == 3 && strcmp((*arguments)[1], "--seeds") == 0) {
        save_seeds((*arguments)[2]);
        exit(0);
    }
    media_warm();
    return 0;
}

static bool has_shape(const struct media_made *made)
{
    struct text bytes = buffer_text(&made->bytes);
    if (strcmp(made->mime, MIME_JPEG) == 0)
        return shape_is_jpeg(bytes, made->width, made->height);
    if (strcmp(made->mime, MIME_PNG) == 0)
        return shape_is_png(bytes, made->width, made->height);
    return shape_is_mp3(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text input = {(const char *)data, size};
    struct media_made made;
    shape_is_jpeg(input, 21, 14);
    shape_is_png(input, 21, 14);
    shape_is_mp3(input);
    exif_orientation(input);
    if (media_make(input, &bounds, &made) == MEDIA_FINE && !has_shape(&made))
        abort();
    buffer_release(&made.bytes);
    return 0;
}
