/* bearout: finds the command and runs it. */
#include "base/memory.h"
#include "base/nearest.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/interrupt.h"
#include "cli/terminal.h"
#include "seal/secret.h"

#include <locale.h>
#include <unistd.h>

static void out_of_memory(void)
{
    terminal_say(STDERR_FILENO, "bearout: there is not enough memory for this; use a machine with more\n");
    _exit(EXIT_PROBLEM);
}

__attribute__((format(printf, 1, 0))) static int usage(const char *what, const char *about, const char *mend)
{
    struct error error = {0};
    error_set(&error, ERROR_USAGE, what, about);
    error_mend(&error, "%s", mend);
    return command_fail(&error);
}

/* A flag before any command: one of the program's own. */
static int run_program_flag(char **typed, size_t count)
{
    const char *name = typed[0] + 2, *value = strchr(typed[0], '=');
    struct text wanted = {name, value ? (size_t)(value - name) : strlen(name)};
    struct nearest nearest = {.word = wanted};
    for (const struct program_flag *f = program_flags; f->run; f++) {
        nearest_offer(&nearest, text_of(f->flag.name));
        if (!text_equal(wanted, text_of(f->flag.name)))
            continue;
        if (!f->flag.argument)
            return value || count > 1 ? usage("'--%s' stands alone", f->flag.name, "leave out the rest") : f->run("");
        if (!value && count < 2)
            return usage("'--%s' needs a value", f->flag.name, "name one of bash, zsh and fish");
        return f->run(value ? value + 1 : typed[1]);
    }
    struct buffer mend = {0};
    buffer_string(&mend, "flags come behind the command; 'bearout --help' lists what there is");
    if (nearest.best.length) {
        buffer_clear(&mend);
        buffer_format(&mend, "did you mean '--%.*s'?", TEXT_ARG(nearest.best));
    }
    int code = usage("there is no flag '%s'", typed[0], mend.at);
    buffer_release(&mend);
    return code;
}

int main(int count, char **typed)
{
    struct error error = {0};
    memory_on_exhaustion(out_of_memory);
    setlocale(LC_CTYPE, "C.UTF-8");
    interrupt_start();
    if (seal_start(&error))
        return command_fail(&error);
    if (count < 2)
        return usage("there is no command%s", "", "'bearout --help' lists what there is");
    if (strcmp(typed[1], "-h") == 0)
        return help_program();
    if (typed[1][0] == '-' && typed[1][1] == '-')
        return run_program_flag(typed + 1, (size_t)count - 1);
    const struct command *command = command_named(typed[1]);
    return command ? command_run(command, typed + 2, (size_t)count - 2) : command_unknown(typed[1]);
}
