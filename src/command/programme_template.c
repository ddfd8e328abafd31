/* lykta programme specification and template: what new cities start from. */
#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "command/programme_run.h"
#include "command/verb.h"
#include "mapping/specification.h"
#include "store/city.h"
#include "template/template.h"

#include <stdio.h>

enum { WORDS_MOST_BYTES = 64 * 1024 };

static struct str option_or(const struct call *call, const char *name, const char *otherwise)
{
    const char *value = call_option(call, name);

    return str_of(value ? value : otherwise);
}

static enum status read_names(const struct call *call, struct mapping_specification *x, struct err *e)
{
    const char *file = call_option(call, "--names");
    struct str bytes;

    if (!file)
        return OK;
    TRY(file_read(file, SPECIFICATION_NAMES_BYTES, call->arena, &bytes, e));
    return mapping_specification_names(x, file, bytes, call->arena, e);
}

enum status programme_verb_specification(void *context, struct err *e)
{
    struct programme_work *w = context;
    const struct call *call = w->call;
    struct mapping_specification x = {
        .people_sv = option_or(call, "--people", "möjliga offer för människohandel"),
        .people_en = option_or(call, "--people-en", "potential victims of human trafficking"),
        .source_sv = option_or(call, "--source", ""),
        .source_en = option_or(call, "--source-en", "")};

    if (call->n != 3)
        return err_set(e, USAGE,
                       "lykta programme specification: expected one file of text; see lykta help programme");
    TRY(file_read(call->arguments[2], WORDS_MOST_BYTES, call->arena, &x.words, e));
    x.words = str_trim(x.words);
    TRY(read_names(call, &x, e));
    if (mapping_specification_set(w->city->db, &x, &w->who, e) != OK)
        return err_in(e, "%s", call->arguments[2]);
    text_format(w->out, "Mappings of new cities begin from it, with %zu names of lists and categories.\n",
                x.names);
    return OK;
}

enum status programme_verb_template(void *context, struct err *e)
{
    struct programme_work *w = context;
    const char *path = NULL;
    struct template t;
    struct text out = text_open(w->call->arena);

    TRY(verb_need(w->call, "-o", &path, e));
    TRY(template_collect(w->city->db, city_settings(w->city)->name, w->who.now_at, w->call->arena, &t, e));
    template_write(&out, &t);
    TRY(file_write(path, text_str(&out), 0644, e));
    fprintf(stderr, "%zu measures, %zu texts, %zu wordings of signs, %s specification\n", t.measures, t.texts,
            t.signs, t.has_mapping ? "a" : "no");
    return OK;
}
