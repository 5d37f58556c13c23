/* The manual page, made from the table of commands: `bearout --manual`. In man(7)'s macros, which
 * both mandoc and groff read; plain ASCII, other signs by their number. */
#include "cli/help.h"

#include <wchar.h>

/* Adds text so that troff takes no sign of it for its own: dashes stay dashes, a dot or a quote at the
 * start of a line is text, and a line's end in the text starts a paragraph. */
static void roff(struct buffer *out, const char *s)
{
    mbstate_t state = {0};
    size_t left = strlen(s);
    while (left) {
        wchar_t c;
        size_t used = mbrtowc(&c, s, left, &state);
        if (used == 0 || used > left)
            return;
        if (c == '\n' && out->at[out->length - 1] != '\n')
            buffer_string(out, "\n.PP\n");
        else if (c == '\n')
            ;
        else if (c == '-')
            buffer_string(out, "\\-");
        else if (c == '\\')
            buffer_string(out, "\\e");
        else if ((c == '.' || c == '\'') && (!out->length || out->at[out->length - 1] == '\n'))
            buffer_format(out, "\\&%c", (int)c);
        else if (c > 126)
            buffer_format(out, "\\[u%04X]", (unsigned)c);
        else
            buffer_char(out, (char)c);
        s += used;
        left -= used;
    }
}

static void line(struct buffer *out, const char *macro, const char *s)
{
    buffer_string(out, macro);
    roff(out, s);
    buffer_char(out, '\n');
}

static void flag_item(void *context, const struct flag *flag)
{
    struct buffer *out = context;
    buffer_string(out, ".TP\n\\fB\\-\\-");
    roff(out, flag->name);
    buffer_string(out, "\\fR");
    if (flag->argument) {
        buffer_string(out, flag->argument[0] == '[' ? "\\fI" : " \\fI");
        roff(out, flag->argument);
        buffer_string(out, "\\fR");
    }
    buffer_char(out, '\n');
    line(out, "", flag->purpose);
}

static void command_section(struct buffer *out, const struct command *c)
{
    buffer_format(out, ".SS bearout %s", c->name);
    if (*c->arguments)
        line(out, " ", c->arguments);
    else
        buffer_char(out, '\n');
    line(out, "", c->purpose);
    out->length--;
    buffer_string(out, ".\n");
    if (*c->detail)
        line(out, ".PP\n", c->detail);
    command_flags(c, flag_item, out);
    for (const struct example *e = c->examples; e && e->line; e++) {
        line(out, e == c->examples ? ".PP\nExamples:\n.PP\n.RS\n.EX\n" : ".EX\n", e->line);
        line(out, ".EE\n", e->purpose);
        if (e[1].line)
            buffer_string(out, ".PP\n");
        else
            buffer_string(out, ".RE\n");
    }
}

int help_manual(void)
{
    struct buffer out = {0};
    buffer_string(&out, ".TH BEAROUT 1 \"" BEAROUT_DATE "\" \"Bearout " BEAROUT_VERSION "\"\n");
    line(&out, ".SH NAME\nbearout \\- ", help_purpose);
    buffer_string(&out, ".SH SYNOPSIS\n");
    for (size_t i = 0; commands[i]; i++) {
        buffer_format(&out, "%s.B bearout %s\n", i ? ".br\n" : "", commands[i]->name);
        if (*commands[i]->arguments)
            line(&out, ".I ", commands[i]->arguments);
    }
    line(&out, ".SH DESCRIPTION\n", help_about);
    buffer_string(&out, ".SH COMMANDS\n");
    for (size_t i = 0; commands[i]; i++)
        command_section(&out, commands[i]);
    buffer_string(&out, ".SH OPTIONS\n");
    for (size_t i = 0; program_flags[i].run; i++)
        flag_item(&out, &program_flags[i].flag);
    buffer_string(&out, ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nWhere it is set, nothing is coloured.\n"
                        ".TP\n.B TERM\nWhere it is dumb or missing, nothing is coloured.\n");
    buffer_string(&out, ".SH EXIT STATUS\n");
    for (size_t i = 0; exit_meanings[i].meaning; i++) {
        buffer_format(&out, ".TP\n.B %d\n", exit_meanings[i].code);
        line(&out, "", exit_meanings[i].meaning);
    }
    buffer_string(&out,
                  ".SH SEE ALSO\nThe notation, the measures and the case file are described in the folder docs of the "
                  "source.\n");
    int code = command_print(&out);
    buffer_release(&out);
    return code;
}
