/* Results of studies: handing in, finding. */
#include "results/results.h"

#include "base/arena.h"
#include "programme/programme.h"
#include "results/results_letter.h"
#include "store/audit.h"
#include "store/db.h"

#include <inttypes.h>

static struct results row_of(const struct query *q, struct arena *a)
{
    return (struct results){.study = query_int(q, 0),
                            .title = {[LANGUAGE_SV] = query_str(q, 1, a), [LANGUAGE_EN] = query_str(q, 3, a)},
                            .words = {[LANGUAGE_SV] = query_str(q, 2, a), [LANGUAGE_EN] = query_str(q, 4, a)},
                            .is_named = query_int(q, 5) != 0,
                            .handed_at = query_int(q, 6),
                            .version = query_int(q, 7),
                            .decided_at = query_int(q, 8),
                            .decided_by = query_int(q, 9),
                            .reason = query_str(q, 10, a),
                            .published_at = query_int(q, 11),
                            .withdrawn_at = query_int(q, 12),
                            .withdrawal = query_str(q, 13, a)};
}

static enum status find_files(struct db *db, struct arena *a, struct results *x, struct err *e)
{
    static const char sql[] = "select part, name, hash, size from research_results_file where study = $1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, x->study);
    while (query_next(&q)) {
        const bool is_method = str_is(query_str(&q, 0, a), results_part_code(RESULTS_METHOD));

        x->file[is_method ? RESULTS_METHOD : RESULTS_CODE] = (struct results_file){
            .name = query_str(&q, 1, a), .hash = query_str(&q, 2, a), .size = query_int(&q, 3)};
    }
    return query_end(&q, e);
}

enum status results_find(struct db *db, int64_t study, struct arena *a, struct results *out, struct err *e)
{
    static const char sql[] =
        "select study, title_sv, words_sv, title_en, words_en, is_named, handed_at, version, decided_at, "
        "decided_by, reason, published_at, withdrawn_at, withdrawal from research_results where study = $1";
    struct query q = db_query(db, sql);

    *out = (struct results){.study = 0};
    bind_int(&q, 1, study);
    if (query_next(&q))
        *out = row_of(&q, a);
    TRY(query_end(&q, e));
    return find_files(db, a, out, e);
}

enum status results_file_find(struct db *db, int64_t study, struct str name, struct arena *a,
                              struct results_file *out, struct err *e)
{
    static const char sql[] =
        "select name, hash, size, bytes from research_results_file where study = $1 and name = $2";
    struct query q = db_query(db, sql);

    *out = (struct results_file){.size = 0};
    bind_int(&q, 1, study);
    bind_str(&q, 2, name);
    if (query_next(&q))
        *out = (struct results_file){.name = query_str(&q, 0, a),
                                     .hash = query_str(&q, 1, a),
                                     .size = query_int(&q, 2),
                                     .bytes = query_blob(&q, 3, a)};
    return query_end(&q, e);
}

static bool is_told(struct str s, size_t most_letters)
{
    return str_trim(s).n > 0 && str_is_utf8(s) && str_letters(s) <= most_letters;
}

static bool is_in(const struct results *x, enum language language)
{
    return is_told(x->title[language], RESULTS_TITLE_LETTERS) &&
           is_told(x->words[language], RESULTS_WORDS_LETTERS);
}

static enum status check(const struct results *x, const struct results *before, struct err *e)
{
    if (!is_in(x, LANGUAGE_SV))
        return err_set(e, BAD_INPUT, "results have a title and a text in Swedish");
    if (x->title[LANGUAGE_EN].n + x->words[LANGUAGE_EN].n > 0 && !is_in(x, LANGUAGE_EN))
        return err_set(e, BAD_INPUT, "results in English have a title and a text");
    for (int i = 0; i < RESULTS_PARTS; i++)
        if (x->file[i].bytes.n > RESULTS_FILE_BYTES || x->file[i].bytes.n + before->file[i].name.n == 0)
            return err_set(e, BAD_INPUT, "results come with notes on the method and with the code");
    return OK;
}

static enum status write_row(struct db *db, const struct results *x, int64_t now_at, struct err *e)
{
    static const char sql[] =
        "insert into research_results (study, title_sv, words_sv, title_en, words_en, is_named, handed_at) "
        "values ($1, $2, $3, $4, $5, $6, $7) on conflict (study) do update set title_sv = $2, words_sv = $3, "
        "title_en = $4, words_en = $5, is_named = $6, handed_at = $7, reason = '', "
        "version = research_results.version + 1";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, x->study);
    bind_str(&q, 2, x->title[LANGUAGE_SV]);
    bind_str(&q, 3, x->words[LANGUAGE_SV]);
    bind_str(&q, 4, x->title[LANGUAGE_EN]);
    bind_str(&q, 5, x->words[LANGUAGE_EN]);
    bind_int(&q, 6, x->is_named);
    bind_int(&q, 7, now_at);
    return query_run(&q, e);
}

static enum status write_file(struct db *db, int64_t study, enum results_part part,
                              const struct results_file *file, struct arena *a, struct err *e)
{
    static const char sql[] =
        "insert into research_results_file (study, part, name, hash, size, bytes) "
        "values ($1, $2, $3, $4, $5, $6) on conflict (study, part) do update set name = $3, hash = $4, "
        "size = $5, bytes = $6";
    struct query q = db_query(db, sql);

    bind_int(&q, 1, study);
    bind_str(&q, 2, str_of(results_part_code(part)));
    bind_str(&q, 3, file->name);
    bind_str(&q, 4, programme_hash(file->bytes, a));
    bind_int(&q, 5, file->size);
    bind_blob(&q, 6, file->bytes);
    return query_run(&q, e);
}

/* The study as it is inside the change: its results may have been published, or its access ended, since it
 * was found by its link. */
static enum status find_open(struct db *db, int64_t id, struct arena *a, struct study *out, struct err *e)
{
    TRY(study_find(db, id, a, out, e));
    if (out->state != STUDY_GRANTED || out->ended_at > 0 || out->agreed_at == 0)
        return err_set(e, REFUSED, "study %" PRId64 ": its link is not open", id);
    if (out->results == RESULTS_PUBLISHED)
        return err_set(e, REFUSED, "study %" PRId64 ": its results are published already", id);
    return OK;
}

static enum status hand_in(const struct city *city, struct db *db, const struct results *x, int64_t now_at,
                           struct arena *a, struct err *e)
{
    struct results before;
    struct study study;

    TRY(find_open(db, x->study, a, &study, e));
    TRY(results_find(db, x->study, a, &before, e));
    TRY(check(x, &before, e));
    TRY(write_row(db, x, now_at, e));
    for (int i = 0; i < RESULTS_PARTS; i++)
        if (x->file[i].bytes.n > 0)
            TRY(write_file(db, x->study, (enum results_part)i, &x->file[i], a, e));
    TRY(study_set_results(db, x->study, RESULTS_WAIT, e));
    TRY(results_letter_received(city, db, &study, now_at, a, e));
    return study.results == RESULTS_WAIT ? OK : results_letter_waiting(city, db, &study, now_at, a, e);
}

enum status results_hand_in(const struct city *city, struct db *db, const struct study *study,
                            const struct results *x, const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "results.hand_in", .subject = study->id};
    struct results own = *x;
    struct arena *a = arena_open();

    own.study = study->id;
    enum status s = db_change(db, e);
    if (s == OK)
        s = db_change_end(db, hand_in(city, db, &own, who->now_at, a, e), &line, e);
    arena_close(a);
    return s;
}

enum status results_unname(struct db *db, int64_t study, const struct who *who, struct err *e)
{
    static const char sql[] =
        "update research_results set is_named = 0, version = version + 1 where study = $1";
    const struct audit_line line = {.who = *who, .action = "results.unname", .subject = study};

    TRY(db_change(db, e));
    struct query q = db_query(db, sql);
    bind_int(&q, 1, study);
    return db_change_end(db, query_run(&q, e), &line, e);
}
