/* Writes a WebP of 64 by 48 pixels to standard output: `plain_webp lossy|lossless`. For plants_test.py. */
#include <stdio.h>
#include <string.h>
#include <webp/encode.h>

int main(int count, char **arguments)
{
    enum { W = 64, H = 48 };
    unsigned char pixels[W * H * 3];
    uint8_t *webp = NULL;
    for (size_t i = 0; i < sizeof pixels; i++)
        pixels[i] = (unsigned char)(i / 3 % W * 3 + i % 3 * 20);
    size_t length = count == 2 && strcmp(arguments[1], "lossy") == 0
                        ? WebPEncodeRGB(pixels, W, H, W * 3, 80, &webp)
                        : WebPEncodeLosslessRGB(pixels, W, H, W * 3, &webp);
    int result = length && fwrite(webp, 1, length, stdout) == length ? 0 : 1;
    WebPFree(webp);
    return result;
}
