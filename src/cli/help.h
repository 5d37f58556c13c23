/* Help, the manual page and the completions: three readings of the table of commands. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/command.h"

/* What a flag of the program itself does: `bearout --version`. */
struct program_flag {
    struct flag flag;
    int (*run)(const char *value);
};
extern const struct program_flag program_flags[]; /* ended by a NULL name */

/* What the program can answer, for help and manual. */
struct exit_meaning {
    int code;
    const char *meaning;
};
extern const struct exit_meaning exit_meanings[]; /* ended by a NULL meaning */

extern const struct command command_help;

/* Print to standard output; each gives the exit code. */
int help_program(void);
int help_command(const struct command *command);
int help_manual(void);                  /* troff, man(7) */
int help_completion(const char *shell); /* bash, zsh, fish */

/* What stands at the head of help and manual. */
extern const char help_purpose[], help_about[];

#endif
