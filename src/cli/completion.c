/* Completions for three shells, made from the table of commands: `bearout --completion SHELL`.
 *
 * What the table holds is plain words, written by us; still, each shell's own quoting is kept to. */
#include "cli/help.h"

#include <stdint.h>
#include <string.h>

/* Adds s for inside of single quotes. */
static void quoted(struct buffer *out, const char *s)
{
    for (; *s; s++) {
        if (*s == '\'')
            buffer_string(out, "'\\''");
        else
            buffer_char(out, *s);
    }
}

static void flag_word(void *context, const struct flag *flag)
{
    buffer_format(context, " --%s", flag->name);
}

static void command_words(struct buffer *out)
{
    for (size_t i = 0; commands[i]; i++)
        buffer_format(out, "%s%s", i ? " " : "", commands[i]->name);
}

static void bash(struct buffer *out)
{
    buffer_string(out, "# bash completion for bearout; made by: bearout --completion bash\n"
                       "_bearout() {\n"
                       "    local word=${COMP_WORDS[COMP_CWORD]} command='' words='' i\n"
                       "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                       "        case ${COMP_WORDS[i]} in -*) ;; *) command=${COMP_WORDS[i]}; break ;; esac\n"
                       "    done\n"
                       "    COMPREPLY=()\n"
                       "    case $command in\n"
                       "    '') words='");
    command_words(out);
    for (size_t i = 0; program_flags[i].run; i++)
        flag_word(out, &program_flags[i].flag);
    buffer_string(out, "'\n        [[ ${COMP_WORDS[COMP_CWORD - 1]} == --completion ]] && words='bash zsh fish' ;;\n");
    buffer_string(out, "    help) words='");
    command_words(out);
    buffer_string(out, "' ;;\n");
    for (size_t i = 0; commands[i]; i++) {
        if (commands[i] == &command_help)
            continue;
        buffer_format(out, "    %s) [[ $word == -* ]] && words='", commands[i]->name);
        command_flags(commands[i], flag_word, out);
        buffer_string(out, "' ;;\n");
    }
    buffer_string(out, "    esac\n"
                       "    if [[ -n $words ]]; then\n"
                       "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
                       "    else\n"
                       "        mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
                       "    fi\n"
                       "}\n"
                       "complete -o filenames -F _bearout bearout\n");
}

/* In a spec of _arguments and _describe, colons and brackets are signs of its own. */
static void zsh_phrase(struct buffer *out, const char *s)
{
    for (; *s; s++) {
        if (strchr(":[]\\", *s))
            buffer_char(out, '\\');
        quoted(out, (char[]){*s, '\0'});
    }
}

static void zsh_flag(void *context, const struct flag *flag)
{
    struct buffer *out = context;
    bool optional = flag->argument && flag->argument[0] == '[';
    buffer_format(out, " \\\n            '--%s%s[", flag->name, !flag->argument ? "" : optional ? "=-" : "=");
    zsh_phrase(out, flag->purpose);
    buffer_string(out, "]");
    if (flag->argument) {
        buffer_string(out, optional ? "::" : ":");
        zsh_phrase(out, optional ? "VALUE" : flag->argument);
        buffer_string(out, ":");
    }
    buffer_char(out, '\'');
}

static void zsh(struct buffer *out)
{
    buffer_string(out, "#compdef bearout\n# zsh completion for bearout; made by: bearout --completion zsh\n"
                       "_bearout() {\n    local -a commands\n    commands=(\n");
    for (size_t i = 0; commands[i]; i++) {
        buffer_format(out, "        '%s:", commands[i]->name);
        zsh_phrase(out, commands[i]->purpose);
        buffer_string(out, "'\n");
    }
    buffer_string(out,
                  "    )\n    if (( CURRENT == 2 )); then\n        _describe command commands\n        _arguments -s");
    for (size_t i = 0; program_flags[i].run; i++)
        zsh_flag(out, &program_flags[i].flag);
    buffer_string(out, "\n        return\n    fi\n    local chosen=$words[2]\n    shift words\n    (( CURRENT-- ))\n"
                       "    case $chosen in\n");
    for (size_t i = 0; commands[i]; i++) {
        buffer_format(out, "    %s)\n        ", commands[i]->name);
        if (commands[i] == &command_help) {
            buffer_string(out, "_describe command commands ;;\n");
            continue;
        }
        buffer_string(out, "_arguments -s");
        command_flags(commands[i], zsh_flag, out);
        buffer_string(out, " \\\n            '*:file:_files' ;;\n");
    }
    buffer_string(out, "    esac\n}\n"
                       "if [[ $funcstack[1] == _bearout ]]; then _bearout \"$@\"; else compdef _bearout bearout; fi\n");
}

struct fish {
    struct buffer *out;
    const char *condition;
};

/* Adds s for inside of fish's single quotes. */
static void fish_quoted(struct buffer *out, const char *s)
{
    for (; *s; s++) {
        if (*s == '\'' || *s == '\\')
            buffer_char(out, '\\');
        buffer_char(out, *s);
    }
}

static void fish_flag(void *context, const struct flag *flag)
{
    struct fish *f = context;
    bool needed = flag->argument && flag->argument[0] != '[';
    buffer_format(f->out, "complete -c bearout -n '%s' -l %s%s -d '", f->condition, flag->name, needed ? " -x" : "");
    fish_quoted(f->out, flag->purpose);
    buffer_string(f->out, "'\n");
}

static void fish(struct buffer *out)
{
    struct fish f = {out, "__fish_use_subcommand"};
    buffer_string(out, "# fish completion for bearout; made by: bearout --completion fish\n");
    for (size_t i = 0; program_flags[i].run; i++)
        fish_flag(&f, &program_flags[i].flag);
    for (size_t i = 0; commands[i]; i++) {
        buffer_format(out, "complete -c bearout -f -n __fish_use_subcommand -a %s -d '", commands[i]->name);
        fish_quoted(out, commands[i]->purpose);
        buffer_string(out, "'\n");
    }
    buffer_string(out, "complete -c bearout -f -n '__fish_seen_subcommand_from help' -a '");
    command_words(out);
    buffer_string(out, "'\n");
    for (size_t i = 0; commands[i]; i++) {
        struct buffer condition = {0};
        buffer_format(&condition, "__fish_seen_subcommand_from %s", commands[i]->name);
        f.condition = condition.at;
        command_flags(commands[i], fish_flag, &f);
        buffer_release(&condition);
    }
}

int help_completion(const char *shell)
{
    static const struct {
        const char *name;
        void (*print)(struct buffer *out);
    } shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (strcmp(shells[i].name, shell) == 0) {
            struct buffer out = {0};
            shells[i].print(&out);
            int code = command_print(&out);
            buffer_release(&out);
            return code;
        }
    }
    struct error error = {0};
    error_set(&error, ERROR_USAGE, "there are no completions for '%s'", shell);
    error_mend(&error, "name one of bash, zsh and fish");
    return command_fail(&error);
}
