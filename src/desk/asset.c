/* The files of the page: see asset.h. */
#include "desk/asset.h"

static const struct {
    const char *ending, *type;
} types[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".woff2", "font/woff2"},
    {".png", "image/png"},
    {".json", "application/json"},
    {".txt", "text/plain; charset=utf-8"},
};

const struct asset *asset_find(struct text path)
{
    if (text_equal(path, TEXT("/")))
        path = TEXT("/index.html");
    for (const struct asset *a = assets; a->path; a++)
        if (text_equal(text_of(a->path), path))
            return a;
    return NULL;
}

const char *asset_type(const struct asset *a)
{
    size_t length = strlen(a->path);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        size_t ending = strlen(types[i].ending);
        if (length > ending && strcmp(a->path + length - ending, types[i].ending) == 0)
            return types[i].type;
    }
    return "application/octet-stream";
}
