/* The commands: one entry each, in the file of the command; all else is made from these entries.
 *
 * Parsing of arguments, `--help`, the manual page and the completions for three shells all read
 * `struct command`, so none of them can differ from what the program does. A command's function
 * reads its arguments, calls one of ops/, and prints what that gives: it decides nothing.
 *
 * To add a command: write NAME.c with a `const struct command command_NAME`, declare it at the end
 * of this file, and put it into the list in command.c. tests/cli then asks for a case of it. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "base/buffer.h"
#include "base/error.h"
#include "ops/open.h"

#include <stdbool.h>
#include <stddef.h>

enum exit_code {
    EXIT_FINE = 0,
    EXIT_PROBLEM = 1,       /* something is wrong with the text, the case or the file, or was refused */
    EXIT_USAGE = 2,         /* the command line is not one that Bearout knows */
    EXIT_PASSPHRASE = 3,    /* not the passphrase of this case */
    EXIT_DAMAGED = 4,       /* the case is not as it was written */
    EXIT_INTERRUPTED = 130, /* the person pressed Ctrl-C */
    EXIT_PIPE = 141,        /* the reader of a pipe went away */
};

/* A flag of a command: `--name`, `--name ARGUMENT` or `--name=ARGUMENT`. */
struct flag {
    const char *name;     /* without the dashes; NULL ends a list */
    const char *argument; /* what is shown for its value, "VOICE[,VOICE…]"; NULL: it takes none; "[=HASH]": the
                             value may be left out, and must stick to the name with = */
    const char *purpose;  /* a phrase without a capital or a full stop */
};

struct example {
    const char *line; /* as typed, from `bearout` on; NULL ends a list */
    const char *purpose;
};

/* Flags that several commands have, said once. */
enum {
    COMMAND_PASSPHRASE = 1, /* --passphrase-fd N */
    COMMAND_SALVAGE = 2,    /* --salvage */
};

struct invocation;

struct command {
    const char *name;
    const char *arguments; /* as in the usage line, "FILE [CLAIM…]"; "" for none */
    const char *purpose;   /* one line: an imperative phrase without a full stop */
    const char *detail;    /* sentences, paragraphs parted by an empty line; may be "" */
    const struct flag *flags;
    unsigned shared; /* COMMAND_… */
    const struct example *examples;
    size_t least, most; /* how many arguments; most SIZE_MAX: any number */
    int (*run)(const struct invocation *called);
};

/* What a person typed, taken apart. Everything is borrowed from the argument vector. */
struct invocation {
    const struct command *command;
    const char *const *arguments; /* without the flags; a `-` is one */
    size_t count;
    const struct invocation_flag *flags;
    size_t flag_count;
    struct passphrase_source passphrase; /* for ops_open() and log_…: the terminal, or --passphrase-fd */
};

/* ---- for the functions of the commands ---- */

/* The value of a flag: NULL where it was not given, "" where it has none, else what was given last. */
const char *invocation_flag(const struct invocation *called, const char *name);

/* Opens `file` (a text, - or a case; with --salvage as that says) and reports what is wrong with it
 * on standard error. EXIT_FINE, or what the command has to return. opened_close() in every case. */
int invocation_open(const struct invocation *called, const char *file, enum open_want want, struct opened *out);

/* Reports an error on standard error as `bearout: WHERE: WHAT; MEND`, and gives the exit code for it. */
int command_fail(const struct error *error);

/* Likewise for the faults of the text `name`: a line each. */
int command_faults(const struct faults *faults, const char *name);

/* Writes to standard output all that a command has to say. EXIT_FINE, or the exit code where it
 * cannot be written; quiet where the reader of a pipe has gone. Call once, at the end. */
int command_print(const struct buffer *out);

/* ---- for main() and what is made from the table ---- */

/* All commands in the order of help, ended by NULL. */
extern const struct command *const commands[];

/* The command of that name, or NULL. */
const struct command *command_named(const char *name);

/* Calls `each` for every flag of a command, its own first, then those it shares with others. */
void command_flags(const struct command *command, void (*each)(void *context, const struct flag *flag), void *context);

/* Reads the arguments behind the command's name and runs it. Returns the exit code. */
int command_run(const struct command *command, char *const *arguments, size_t count);

/* The answer to a word that is no command. */
int command_unknown(const char *word);

/* ---- the commands ---- */
extern const struct command command_stand, command_next, command_check, command_graph, command_show;
extern const struct command command_new, command_add, command_export, command_log, command_verify, command_forget,
    command_sync, command_draft, command_publish, command_desk;
extern const struct command command_find, command_transcript, command_take, command_give;

#endif
