/* Writes the files of a folder as an array in C: `embed FOLDER OUTPUT.c DEPFILE`. Run by the build, for src/desk/web/.
 *
 * The folders themselves are dependencies too, so that a file that comes or goes is noticed. Names are paths from the
 * folder, in order, so that the same files give the same bytes. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILES = 1024, PATH = 1024 };

static char *names[FILES];
static size_t count;
static FILE *depfile;

static void give_up(const char *what, const char *name)
{
    fprintf(stderr, "embed: cannot %s %s: %s\n", what, name, strerror(errno));
    exit(1);
}

static void walk(const char *root, const char *under)
{
    char path[PATH], name[PATH];
    snprintf(path, sizeof path, "%s/%s", root, under);
    DIR *folder = opendir(path);
    if (!folder)
        give_up("open", path);
    fprintf(depfile, " %s", path);
    struct dirent *e;
    while ((e = readdir(folder))) {
        struct stat info;
        if (e->d_name[0] == '.' || strchr(e->d_name, '~'))
            continue;
        if (snprintf(name, sizeof name, "%s%s%s", under, *under ? "/" : "", e->d_name) >= PATH ||
            snprintf(path, sizeof path, "%s/%s", root, name) >= PATH || count == FILES)
            give_up("take so many files or so long a name as", name);
        if (stat(path, &info) < 0)
            give_up("read", path);
        if (S_ISDIR(info.st_mode))
            walk(root, name);
        else if (!(names[count++] = strdup(name)))
            give_up("keep", name);
    }
    closedir(folder);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* As numbers: a string literal of C has a length that compilers may limit. */
static size_t embed(FILE *out, const char *root, size_t i)
{
    char path[PATH + 1];
    snprintf(path, sizeof path, "%s/%s", root, names[i]);
    FILE *in = fopen(path, "rb");
    if (!in)
        give_up("open", path);
    fprintf(depfile, " %s", path);
    fprintf(out, "static const unsigned char file%zu[] = {", i);
    size_t length = 0;
    for (int c; (c = getc(in)) != EOF; length++)
        fprintf(out, "%s%d,", length % 24 ? "" : "\n", c);
    fprintf(out, "0};\n");
    if (ferror(in))
        give_up("read", path);
    fclose(in);
    return length;
}

int main(int argc, char **argv)
{
    static size_t lengths[FILES];
    FILE *out = argc == 4 ? fopen(argv[2], "w") : NULL;
    depfile = out ? fopen(argv[3], "w") : NULL;
    if (!depfile) {
        fprintf(stderr, "usage: embed FOLDER OUTPUT.c DEPFILE\n");
        return 1;
    }
    fprintf(depfile, "%s:", argv[2]);
    walk(argv[1], "");
    qsort(names, count, sizeof *names, by_name);
    fprintf(out, "/* Made by scripts/embed.c. */\n#include \"desk/asset.h\"\n");
    for (size_t i = 0; i < count; i++)
        lengths[i] = embed(out, argv[1], i);
    fprintf(out, "const struct asset assets[] = {\n");
    for (size_t i = 0; i < count; i++)
        fprintf(out, "    {\"/%s\", {(const char *)file%zu, %zu}},\n", names[i], i, lengths[i]);
    fprintf(out, "    {NULL, {NULL, 0}},\n};\n");
    fprintf(depfile, "\n");
    return fclose(out) || fclose(depfile);
}
