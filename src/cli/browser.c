/* The browser of this machine: see browser.h. */
#include "cli/browser.h"

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

struct browser {
    char *folder, *page;
    pid_t process;
};

/* In the memory of the session where there is such a folder. */
static int make_folder(struct browser *b)
{
    const char *own = getenv("XDG_RUNTIME_DIR");
    struct buffer name = {0};
    buffer_format(&name, "%s/bearout-XXXXXX", own && *own ? own : "/tmp");
    b->folder = name.at;
    return mkdtemp(b->folder) ? 0 : -1;
}

static int write_page(struct browser *b, const char *link)
{
    struct buffer page = {0}, name = {0};
    buffer_format(&name, "%s/desk.html", b->folder);
    b->page = name.at;
    buffer_format(&page,
                  "<!doctype html><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\">"
                  "<meta http-equiv=\"refresh\" content=\"0; url=%s\"><title>Bearout</title>\n",
                  link);
    int result = file_write(b->page, buffer_text(&page), NULL);
    buffer_release(&page);
    return result;
}

/* What it says is of no use here. */
static int start(struct browser *b)
{
    posix_spawn_file_actions_t quiet;
    char program[] = "xdg-open", *arguments[] = {program, b->page, NULL};
    posix_spawn_file_actions_init(&quiet);
    for (int fd = 0; fd < 3; fd++)
        posix_spawn_file_actions_addopen(&quiet, fd, "/dev/null", O_RDWR, 0);
    int failed = posix_spawnp(&b->process, arguments[0], &quiet, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&quiet);
    return failed ? -1 : 0;
}

struct browser *browser_open(const char *link)
{
    struct browser *b = memory_new(sizeof *b);
    if (make_folder(b) == 0 && write_page(b, link) == 0 && start(b) == 0)
        return b;
    browser_done(b);
    return NULL;
}

void browser_done(struct browser *b)
{
    if (!b)
        return;
    if (b->process > 0)
        waitpid(b->process, NULL, WNOHANG);
    if (b->page)
        unlink(b->page);
    if (b->folder)
        rmdir(b->folder);
    free(b->page);
    free(b->folder);
    free(b);
}
