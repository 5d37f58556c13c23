/* The list of commands, and the reading of what a person typed: see command.h. */
#include "cli/command.h"

#include "base/nearest.h"
#include "base/vector.h"
#include "cli/help.h"
#include "cli/interrupt.h"
#include "cli/passphrase.h"
#include "cli/terminal.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

const struct command *const commands[] = {
    &command_stand,      &command_next,  &command_check,
    &command_graph,      &command_show,  &command_find,
    &command_transcript, &command_new,   &command_add,
    &command_take,       &command_give,  &command_log,
    &command_export,     &command_sync,  &command_verify,
    &command_forget,     &command_draft, &command_publish,
    &command_desk,       &command_help,  NULL,
};

static const struct flag flag_passphrase = {
    "passphrase-fd", "N", "read the passphrase, one line, from descriptor N instead of asking for it on the terminal"};
static const struct flag flag_salvage = {"salvage", NULL, "of a damaged case, open what stands before the damage"};
static const struct flag flag_help = {"help", NULL, "say how to use the command"};

struct invocation_flag {
    const struct flag *flag;
    const char *value; /* "" where it takes none */
};

const struct command *command_named(const char *name)
{
    for (size_t i = 0; commands[i]; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

void command_flags(const struct command *command, void (*each)(void *context, const struct flag *flag), void *context)
{
    for (const struct flag *f = command->flags; f && f->name; f++)
        each(context, f);
    if (command->shared & COMMAND_SALVAGE)
        each(context, &flag_salvage);
    if (command->shared & COMMAND_PASSPHRASE)
        each(context, &flag_passphrase);
    each(context, &flag_help);
}

/* ---- what the commands use ---- */

const char *invocation_flag(const struct invocation *called, const char *name)
{
    const char *value = NULL;
    for (size_t i = 0; i < called->flag_count; i++)
        if (strcmp(called->flags[i].flag->name, name) == 0)
            value = called->flags[i].value;
    return value;
}

static void say_error(const struct buffer *line)
{
    terminal_busy(false);
    fwrite(line->at, 1, line->length, stderr);
}

/* With --salvage: what could not be read, a line each. */
static void say_left_out(const struct opened *o)
{
    struct text left_out = o->log ? log_salvaged(o->log) : TEXT("");
    if (!left_out.length)
        return;
    struct buffer lines = {0};
    buffer_format(&lines, "bearout: %s: damaged; left out:\n", o->name);
    buffer_text_add(&lines, left_out);
    say_error(&lines);
    buffer_release(&lines);
}

int invocation_open(const struct invocation *called, const char *file, enum open_want want, struct opened *out)
{
    struct error error = {0};
    enum log_mode mode = invocation_flag(called, "salvage") ? LOG_SALVAGE : LOG_READ;
    terminal_busy(true);
    int failed = ops_open(file, mode, want, &called->passphrase, &interrupted, out, &error);
    terminal_busy(false);
    if (!failed) {
        say_left_out(out);
        return EXIT_FINE;
    }
    if (error.code == ERROR_INPUT && out->faults.count)
        return command_faults(&out->faults, out->name);
    return command_fail(&error);
}

int command_fail(const struct error *error)
{
    static const int codes[] = {
        [ERROR_USAGE] = EXIT_USAGE,
        [ERROR_PASSPHRASE] = EXIT_PASSPHRASE,
        [ERROR_DAMAGED] = EXIT_DAMAGED,
        [ERROR_INTERRUPTED] = EXIT_INTERRUPTED,
    };
    struct buffer line = {0};
    buffer_string(&line, "bearout: ");
    if (*error->where) {
        text_quote(text_of(error->where), SIZE_MAX, &line);
        buffer_string(&line, ": ");
    }
    text_quote(text_of(error->what), SIZE_MAX, &line);
    if (*error->mend) {
        buffer_string(&line, "; ");
        text_quote(text_of(error->mend), SIZE_MAX, &line);
    }
    buffer_char(&line, '\n');
    say_error(&line);
    buffer_release(&line);
    size_t known = sizeof codes / sizeof *codes;
    return (size_t)error->code < known && codes[error->code] ? codes[error->code] : EXIT_PROBLEM;
}

int command_faults(const struct faults *faults, const char *name)
{
    struct buffer lines = {0};
    faults_print(faults, name, &lines);
    say_error(&lines);
    buffer_release(&lines);
    return EXIT_PROBLEM;
}

int command_print(const struct buffer *out)
{
    terminal_busy(false);
    for (size_t done = 0; done < out->length;) {
        ssize_t written = write(STDOUT_FILENO, out->at + done, out->length - done);
        if (written >= 0) {
            done += (size_t)written;
        } else if (errno == EPIPE) {
            return EXIT_PIPE;
        } else if (errno != EINTR || interrupted) {
            struct error error = {0};
            if (errno == EINTR)
                error_set(&error, ERROR_INTERRUPTED, "stopped");
            else
                error_system(&error, errno, "write to", "standard output");
            return command_fail(&error);
        }
    }
    return EXIT_FINE;
}

/* ---- reading what was typed ---- */

struct reading {
    const struct command *command;
    VECTOR(struct invocation_flag) flags;
    VECTOR(const char *) arguments;
    struct text wanted; /* the name looked for among the flags */
    const struct flag *found;
    struct nearest nearest;
};

static void match_flag(void *context, const struct flag *flag)
{
    struct reading *r = context;
    if (text_equal(text_of(flag->name), r->wanted))
        r->found = flag;
    nearest_offer(&r->nearest, text_of(flag->name));
}

static int unknown_flag(struct reading *r, const char *typed, struct error *error)
{
    error_set(error, ERROR_USAGE, "'%s' has no flag '%s'", r->command->name, typed);
    if (r->nearest.best.length)
        return error_mend(error, "did you mean '--%.*s'?", TEXT_ARG(r->nearest.best));
    return error_mend(error, "'bearout help %s' lists what it has", r->command->name);
}

static bool value_optional(const struct flag *flag)
{
    return flag->argument && flag->argument[0] == '[';
}

/* Reads the flag at `typed`, with its value; *next is what follows it, and moves on where it is that. */
static int read_flag(struct reading *r, const char *typed, char *const **next, char *const *end, struct error *error)
{
    const char *name = typed + strspn(typed, "-"), *value = strchr(typed, '=');
    r->wanted = (struct text){name, value ? (size_t)(value - name) : strlen(name)};
    r->found = NULL;
    r->nearest = (struct nearest){.word = r->wanted};
    if (strcmp(typed, "-h") == 0)
        r->found = &flag_help;
    else
        command_flags(r->command, match_flag, r);
    if (!r->found || (typed[1] != '-' && r->found != &flag_help))
        return unknown_flag(r, typed, error);
    if (value && !r->found->argument) {
        error_set(error, ERROR_USAGE, "'--%s' takes no value", r->found->name);
        return error_mend(error, "leave out '%s'", value);
    }
    if (!value && r->found->argument && !value_optional(r->found)) {
        if (*next == end) {
            error_set(error, ERROR_USAGE, "'--%s' needs a value", r->found->name);
            return error_mend(error, "write '--%s %s'", r->found->name, r->found->argument);
        }
        value = *(*next)++;
    } else {
        value = value ? value + 1 : "";
    }
    vector_push(&r->flags, (struct invocation_flag){r->found, value});
    return 0;
}

static int count_arguments(const struct reading *r, struct error *error)
{
    const struct command *c = r->command;
    if (r->arguments.count >= c->least && r->arguments.count <= c->most)
        return 0;
    if (r->arguments.count > c->most)
        error_set(error, ERROR_USAGE, "'%s' does not know what to do with '%s'", c->name, r->arguments.at[c->most]);
    else if (r->arguments.count == 0)
        error_set(error, ERROR_USAGE, "'%s' needs to be told what to work on", c->name);
    else
        error_set(error, ERROR_USAGE, "'%s' needs more than that", c->name);
    return error_mend(error, "write 'bearout %s %s'", c->name, c->arguments);
}

static int read_all(struct reading *r, char *const *arguments, size_t count, struct error *error)
{
    char *const *next = arguments, *const *end = arguments + count;
    bool flags_ended = false;
    while (next < end) {
        const char *typed = *next++;
        if (flags_ended || typed[0] != '-' || typed[1] == '\0') {
            vector_push(&r->arguments, typed);
        } else if (strcmp(typed, "--") == 0) {
            flags_ended = true;
        } else if (read_flag(r, typed, &next, end, error)) {
            return -1;
        } else if (r->flags.at[r->flags.count - 1].flag == &flag_help) {
            return 0;
        }
    }
    return count_arguments(r, error);
}

int command_run(const struct command *command, char *const *arguments, size_t count)
{
    struct reading r = {.command = command};
    struct error error = {0};
    int code;
    int failed = read_all(&r, arguments, count, &error);
    struct invocation called = {.command = command,
                                .arguments = r.arguments.at,
                                .count = r.arguments.count,
                                .flags = r.flags.at,
                                .flag_count = r.flags.count};
    if (!failed && invocation_flag(&called, "help")) {
        code = help_command(command);
    } else {
        if (!failed)
            failed = passphrase_from(invocation_flag(&called, "passphrase-fd"), &called.passphrase, &error);
        code = failed ? command_fail(&error) : command->run(&called);
        terminal_busy(false);
    }
    vector_release(&r.flags);
    vector_release(&r.arguments);
    return code;
}

int command_unknown(const char *word)
{
    struct error error = {0};
    struct nearest nearest = {.word = text_of(word)};
    for (size_t i = 0; commands[i]; i++)
        nearest_offer(&nearest, text_of(commands[i]->name));
    error_set(&error, ERROR_USAGE, "there is no command '%s'", word);
    if (nearest.best.length)
        error_mend(&error, "did you mean '%.*s'?", TEXT_ARG(nearest.best));
    else
        error_mend(&error, "'bearout --help' lists what there is");
    return command_fail(&error);
}
