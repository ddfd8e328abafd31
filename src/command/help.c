/* Help, man page and completion, all from the table of commands. */
#include "command/command.h"

#include <string.h>

static void put_roff(struct text *out, const char *s);

void help_all(struct text *out)
{
    text_lit(out, "Lykta: a city's work against human trafficking, from mapping to action plan.\n\n"
                  "usage: lykta COMMAND [ARGUMENT ...]\n\n");
    for (size_t i = 0; commands[i]; i++)
        text_format(out, "  %-10s %s\n", commands[i]->name, commands[i]->summary);
    text_lit(out, "\n  help COMMAND        what it does, its options and examples\n"
                  "  help --man          the manual page          help --completion   completion for bash\n"
                  "  --version           the program's version\n\n"
                  "Exit status: 0 done; 1 the data do not allow an answer; 2 wrong usage; 3 bad input; 4 "
                  "system failure.\n");
}

void help_command(struct text *out, const struct command *c)
{
    text_format(out, "usage: lykta %s %s%s\n\n%s.\n\n%s\n", c->name, c->arguments,
                c->options && c->options[0].name ? " [OPTION ...]" : "", c->summary, c->about);
    if (c->options && c->options[0].name)
        text_lit(out, "\nOptions:\n");
    for (const struct option *o = c->options; o && o->name; o++) {
        text_format(out, "  %s%s%s\n        %s.\n", o->name, o->value ? " " : "", o->value ? o->value : "",
                    o->about);
    }
    text_format(out, "\nExamples:\n%s\n", c->examples);
}

static void man_command(struct text *out, const struct command *c)
{
    text_format(out, ".SS lykta %s ", c->name);
    put_roff(out, c->arguments);
    text_byte(out, '\n');
    put_roff(out, c->summary);
    text_lit(out, ".\n.PP\n");
    put_roff(out, c->about);
    text_byte(out, '\n');
    for (const struct option *o = c->options; o && o->name; o++) {
        text_lit(out, ".TP\n.B ");
        put_roff(out, o->name);
        if (o->value) {
            text_lit(out, " \\fI");
            put_roff(out, o->value);
            text_lit(out, "\\fR");
        }
        text_byte(out, '\n');
        put_roff(out, o->about);
        text_lit(out, ".\n");
    }
    text_lit(out, ".PP\nExamples:\n.PP\n.nf\n");
    put_roff(out, c->examples);
    text_lit(out, "\n.fi\n");
}

void help_man_page(struct text *out)
{
    text_lit(out, ".TH LYKTA 1 \"\" \"Lykta " LYKTA_VERSION
                  "\" \"User Commands\"\n.SH NAME\nlykta \\- a city's work against human "
                  "trafficking, from mapping to action plan\n.SH SYNOPSIS\n.B lykta\n.I "
                  "COMMAND\n[\\fIARGUMENT\\fR ...]\n"
                  ".SH COMMANDS\n");
    for (size_t i = 0; commands[i]; i++)
        man_command(out, commands[i]);
    text_lit(out, ".SH EXIT STATUS\n.TP\n.B 0\nDone.\n.TP\n.B 1\nThe data do not allow an answer; the reason "
                  "is printed.\n"
                  ".TP\n.B 2\nWrong usage.\n.TP\n.B 3\nBad input: the message says file, line and column, "
                  "what is wrong and "
                  "what was expected.\n.TP\n.B 4\nSystem failure, such as a full disk.\n");
}

void help_completion(struct text *out)
{
    text_lit(out,
             "# Completion for bash: source it, or put it in /usr/share/bash-completion/completions/lykta\n"
             "_lykta()\n{\n    local word=${COMP_WORDS[COMP_CWORD]}\n    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
             "        COMPREPLY=($(compgen -W 'help --version");
    for (size_t i = 0; commands[i]; i++)
        text_format(out, " %s", commands[i]->name);
    text_lit(out, "' -- \"$word\"))\n        return\n    fi\n    case $word in -*) ;; *) "
                  "COMPREPLY=($(compgen -f -- \"$word\")); "
                  "return ;; esac\n    case ${COMP_WORDS[1]} in\n");
    for (size_t i = 0; commands[i]; i++) {
        text_format(out, "    %s) COMPREPLY=($(compgen -W '", commands[i]->name);
        for (const struct option *o = commands[i]->options; o && o->name; o++)
            text_format(out, "%s ", o->name);
        text_lit(out, "' -- \"$word\")) ;;\n");
    }
    text_lit(out, "    esac\n}\ncomplete -o filenames -F _lykta lykta\n");
}

/* Escapes what roff would read as a request or a special character; an empty line becomes a paragraph. */
static void put_roff(struct text *out, const char *s)
{
    for (; *s; s++) {
        if (s[0] == '\n' && s[1] == '\n') {
            text_lit(out, "\n.PP\n");
            s++;
        } else if (*s == '\\') {
            text_lit(out, "\\e");
        } else if (*s == '-') {
            text_lit(out, "\\-");
        } else if (*s == '.' || *s == '\'') {
            text_lit(out, "\\&");
            text_byte(out, *s);
        } else {
            text_byte(out, *s);
        }
    }
}
