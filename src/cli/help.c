/* `bearout --help`, `bearout help COMMAND` and what the program says of itself: see help.h. */
#include "cli/help.h"

#include "cli/terminal.h"

#include <stdint.h>
#include <unistd.h>

const char help_purpose[] = "who said what, how they know it, and what each claim rests on";

const char help_about[] =
    "Bearout keeps what people told a newsroom and how each of them knows it, and works out for every claim who would "
    "all have to be wrong for it to fall. A case is written in plain text, in the notation; `bearout new` and `bearout "
    "add` keep it in one encrypted file that shows any tampering. FILE is a text in the notation, - for standard "
    "input, "
    "or a case file; CASE is a case file. Nothing is ever sent anywhere.";

const struct exit_meaning exit_meanings[] = {
    {EXIT_FINE, "all is well"},
    {EXIT_PROBLEM,
     "something is wrong with the text, the case or the file; standard error says what, where, and how to "
     "mend it"},
    {EXIT_USAGE, "the command line is not one that Bearout knows"},
    {EXIT_PASSPHRASE, "that is not the passphrase of this case"},
    {EXIT_DAMAGED, "the case is not as it was written"},
    {EXIT_INTERRUPTED, "it was stopped with Ctrl-C; nothing was left half done"},
    {EXIT_PIPE, "the reader of a pipe went away"},
    {0, NULL},
};

static int print_version(const char *value)
{
    struct buffer out = {0};
    (void)value;
    buffer_string(&out, "bearout " BEAROUT_VERSION "\n");
    int code = command_print(&out);
    buffer_release(&out);
    return code;
}

static int print_help(const char *value)
{
    (void)value;
    return help_program();
}

static int print_manual(const char *value)
{
    (void)value;
    return help_manual();
}

const struct program_flag program_flags[] = {
    {{"help", NULL, "list the commands"}, print_help},
    {{"version", NULL, "say which version this is"}, print_version},
    {{"manual", NULL, "print the manual page, for man(1)"}, print_manual},
    {{"completion", "SHELL", "print completions for bash, zsh or fish"}, help_completion},
    {{NULL, NULL, NULL}, NULL},
};

struct page {
    struct buffer out;
    struct screen screen;
};

static struct page page_new(void)
{
    struct page p = {.screen = terminal_screen(STDOUT_FILENO)};
    if (p.screen.width > 100)
        p.screen.width = 100;
    return p;
}

static int page_print(struct page *p)
{
    int code = command_print(&p->out);
    buffer_release(&p->out);
    return code;
}

static void heading(struct page *p, const char *title)
{
    buffer_char(&p->out, '\n');
    screen_paint(&p->screen, &p->out, TONE_HEAD, text_of(title));
    buffer_char(&p->out, '\n');
}

/* Sentences, paragraphs parted by an empty line. */
static void paragraphs(struct page *p, const char *s)
{
    for (;;) {
        const char *end = strstr(s, "\n\n");
        text_wrap((struct text){s, end ? (size_t)(end - s) : strlen(s)}, p->screen.width, 0, 0, &p->out);
        if (!end)
            return;
        buffer_char(&p->out, '\n');
        s = end + 2;
    }
}

/* A term at two blanks, and what it means from column 24 on. */
static void row(struct page *p, const char *term, const char *meaning)
{
    enum { COLUMN = 24 };
    struct buffer wrapped = {0};
    size_t taken = 2 + text_columns(text_of(term));
    text_wrap(text_of(meaning), p->screen.width, COLUMN, COLUMN, &wrapped);
    buffer_format(&p->out, "  %s", term);
    if (taken + 2 > COLUMN) {
        buffer_char(&p->out, '\n');
        taken = 0;
    }
    buffer_add(&p->out, wrapped.at + taken, wrapped.length - taken);
    buffer_release(&wrapped);
}

static void flag_row(void *context, const struct flag *flag)
{
    struct buffer term = {0};
    buffer_format(&term, "--%s", flag->name);
    if (flag->argument)
        buffer_format(&term, "%s%s", flag->argument[0] == '[' ? "" : " ", flag->argument);
    row(context, term.at, flag->purpose);
    buffer_release(&term);
}

int help_program(void)
{
    struct page p = page_new();
    buffer_string(&p.out, "Usage: bearout COMMAND …\n\n");
    paragraphs(&p, help_about);
    heading(&p, "Commands");
    for (size_t i = 0; commands[i]; i++)
        row(&p, commands[i]->name, commands[i]->purpose);
    heading(&p, "Flags");
    for (size_t i = 0; program_flags[i].run; i++)
        flag_row(&p, &program_flags[i].flag);
    buffer_char(&p.out, '\n');
    paragraphs(&p, "'bearout help COMMAND' says how to use one, with examples.");
    return page_print(&p);
}

int help_command(const struct command *command)
{
    struct page p = page_new();
    buffer_format(&p.out, "Usage: bearout %s%s%s\n\n", command->name, *command->arguments ? " " : "",
                  command->arguments);
    buffer_format(&p.out, "%s.\n", command->purpose);
    if (*command->detail) {
        buffer_char(&p.out, '\n');
        paragraphs(&p, command->detail);
    }
    heading(&p, "Flags");
    command_flags(command, flag_row, &p);
    if (command->examples)
        heading(&p, "Examples");
    for (const struct example *e = command->examples; e && e->line; e++) {
        buffer_format(&p.out, "  %s\n", e->line);
        text_wrap(text_of(e->purpose), p.screen.width, 6, 6, &p.out);
    }
    return page_print(&p);
}

static int run(const struct invocation *called)
{
    if (called->count == 0)
        return help_program();
    const struct command *command = command_named(called->arguments[0]);
    return command ? help_command(command) : command_unknown(called->arguments[0]);
}

static const struct example examples[] = {
    {"bearout help stand", "says what `bearout stand` does and which flags it has"},
    {NULL, NULL},
};

const struct command command_help = {
    .name = "help",
    .arguments = "[COMMAND]",
    .purpose = "Say how to use a command",
    .detail = "",
    .examples = examples,
    .most = 1,
    .run = run,
};
