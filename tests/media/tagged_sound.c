/* Writes a second of a tone with every tag that libsndfile can write, all of them the same mark:
 * `tagged_sound flac|vorbis|opus FILE MARK`. For plants_test.py. */
#include <math.h>
#include <sndfile.h>
#include <string.h>

static int format_of(const char *kind)
{
    if (strcmp(kind, "flac") == 0)
        return SF_FORMAT_FLAC | SF_FORMAT_PCM_16;
    return SF_FORMAT_OGG | (strcmp(kind, "opus") == 0 ? SF_FORMAT_OPUS : SF_FORMAT_VORBIS);
}

int main(int count, char **arguments)
{
    enum { RATE = 48000 };
    if (count != 4)
        return 2;
    SF_INFO info = {.samplerate = RATE, .channels = 1, .format = format_of(arguments[1])};
    SNDFILE *file = sf_open(arguments[2], SFM_WRITE, &info);
    if (!file)
        return 1;
    for (int tag = SF_STR_FIRST; tag <= SF_STR_LAST; tag++)
        sf_set_string(file, tag, arguments[3]);
    for (int i = 0; i < RATE; i++) {
        float sample = 0.3f * sinf((float)i * 0.06f);
        sf_writef_float(file, &sample, 1);
    }
    return sf_close(file) ? 1 : 0;
}
