/* A town with something of every class that a rule deletes. */
#include "house.h"

#include "store/db.h"

/* M is the marker with what tells the rows apart; EACH gives the i of as many rows as the table house says.
 */
#define M "'spårlöst ' || i || hex(zeroblob(60))"
#define EACH                                                                                                 \
    "with recursive t(i) as (select 1 union all select i + 1 from t where i < (select n from house)) "

static const char *const rows[] = {
    "insert into seminar (id, uid, state, title, about, speakers, place, access, held_on, from_minute, to_minute, "
    "seats, last_day, made_at, changed_at) values (1, 'u', 'open', 'Frukost', '', '', 'Sal A', '', "
    "'2026-11-24', 510, 630, 100, '2026-11-20', 1, 1)",
    EACH "insert into seminar_invitation (seminar, actor, organisation_name, name, address, language, nonce, "
         "answer, invited_at) select 1, 'hotel', " M ", " M ", " M ", 'sv', 'n', "
         "case when i % 2 then 'none' else 'yes' end, 1 from t",
    EACH "insert into seminar_signup (seminar, actor, organisation_name, name, address, language, needs, "
         "wants_letters, state, is_seated, place, nonce, arrived_at, lettered_at) select 1, 'hotel', " M
         ", " M ", " M ", 'sv', " M ", 0, 'confirmed', 1, i, 'n', 1, 1 from t",
    EACH "insert into seminar_evaluation (seminar, useful, acts, words) select 1, 4, 1, " M " from t",

    "insert into organisation (id, name, folded, actor, state, since_at) values "
    "(1, 'Medlem', 'medlem', 'hotel', 'member', 1), (2, 'Listad', 'listad', 'hotel', 'listed', 1)",
    EACH "insert into contact (organisation, place, name, folded, email, since_at, seen_at, left_at) "
         "select 1, 'more', " M ", " M ", " M ", 1, 1, 1795521600 from t",
    EACH "insert into contact (organisation, place, name, folded, email, since_at, seen_at) "
         "select 2, 'more', " M ", " M ", " M ", 1, 1795521600 from t",
    "insert into agreement_text (number, title_sv, body_sv, title_en, body_en, changes_sv, changes_en, "
    "valid_months, published_at, published_by) values (1, 't', 'b', 't', 'b', '', '', 24, 1, 'x')",
    EACH "insert into agreement (organisation, text, signed_by, signed_at, valid_until_at, ended_at) "
         "select 1, 1, " M ", 1, 1, 1795521600 from t",
    EACH "insert into attestation (organisation, attested_by, at) select 1, " M ", 1795521600 from t",
    EACH "insert into application (name, actor, contact_name, contact_role, contact_email, contact_phone, "
         "deputy_name, deputy_email, deputy_phone, wish, is_shown, wants_letters, language, agreement_text, "
         "signer_email, confirm_hash, applied_at, confirmed_at, state) select 'A', 'hotel', " M ", '', " M
         ", '', '', '', '', '', 0, 0, 'sv', 1, '', randomblob(32), 1795521600, "
         "case when i % 2 then 1795521600 end, 'new' from t",
    EACH "insert into participation (organisation, kind, title, at) select 1, 'meeting', " M
         ", 1795521600 from t",
    "insert into import (id, name, read_at, read_by, note, state) values (1, 'lista.csv', 1795521600, 'x', '', 'read')",
    EACH
    "insert into import_row (import, line, organisation, folded, number, actor, name, role, email, phone, "
    "fault, column_n, outcome) select 1, i, " M ", " M ", '', 'hotel', " M ", '', " M ", '', 0, 0, 'contact' "
    "from t",

    EACH "insert into plan_import (name, read_at, read_by, bytes) select " M ", 1795521600, 'x', cast(" M
         " as blob) from t",

    EACH "insert into mail_letter (message, address, name, language, subject, plain, html, calendar, "
         "calendar_method, unsubscribe, state, tries, queued_at, next_at, state_at, reason) select " M ", " M
         ", " M ", 'sv', " M ", " M ", '', '', '', '', case i % 3 when 0 then 'sent' when 1 then 'failed' "
         "else 'unsure' end, 1, 1, 1, 1795521600, '' from t",
    "insert into circular (id, subject, words, language, actors, version, made_at, sent_at) "
    "values (1, 'x', 'x', 'sv', 1, 1, 1, 1795521600)",
    EACH "insert into circular_reader (circular, address, nonce, letter) select 1, " M ", 'x', 0 from t",
    EACH "insert into mail_address (address, failed_at, reason) select " M
         ", 1795521600, 'unknown user' from t",

    "insert into person (id, email, name, language, state, made_at, signed_in_at, version) "
    "values (1, 'kim@example.org', 'Kim Exempel', 'sv', 'active', 1, 1, 1)",
    "insert into person (id, email, name, language, state, made_at, signed_in_at, version) "
    "values (2, 'alex@example.org', 'Alex Exempel', 'sv', 'closed', 1, 1795521600, 1)",
    "insert into share_holder (number, account, role, named_on) values (1, 2, 'spårlöst registrator', '2026-11-24')",
    "insert into sum_box (id, hash, name, round, opened_at, opened_by, join_until, figures_until, reveal_until) "
    "values (1, printf('%064d', 1), 'x', zeroblob(1), 1, 'x', 1, 2, 1795521600)",
    EACH "insert into sum_letter (box, kind, place, came_at, bytes) select 1, 1, i, 1, cast(" M
         " as blob) from t",
    "insert into programme_look (id, hash, opened_at, opened_by, until_at) "
    "values (1, printf('%064d', 1), 1, 'x', 1795521600)",
    EACH "insert into programme_look_city (look, municipality, city, email, hash) "
         "select 1, i, 'x', " M ", randomblob(32) from t",
    EACH
    "insert into research_study (title, institution, name, email, language, purpose, wanted, wanted_until, "
    "ethics_number, ethics_until, confirm_hash, applied_at, confirmed_at, state, decided_at, ends_at) "
    "select 'Studie', 'L', " M ", " M ", 'sv', case i % 3 when 2 then 'x' else " M " end, 'x', '2026-12-01', "
    "'x', '2026-12-01', randomblob(32), 1795521600, case i % 3 when 0 then 0 else 1795521600 end, "
    "case i % 3 when 0 then 'new' when 1 then 'refused' else 'granted' end, "
    "case i % 3 when 0 then 0 else 1795521600 end, case i % 3 when 2 then 1795521600 else 0 end from t",
    "update research_study set results = 'waits' where state = 'granted'",
    EACH "insert into research_results (study, title_sv, words_sv, title_en, words_en, is_named, handed_at) "
         "select s.id, " M ", " M ", " M ", " M ", 0, 1 from t join research_study s on s.id = i "
         "where s.results = 'waits'",
    "insert into research_study (id, title, institution, name, email, language, purpose, wanted, wanted_until, "
    "ethics_number, ethics_until, confirm_hash, applied_at, confirmed_at, state, ends_at, results) "
    "values (1000, 'x', 'x', 'x', 'x', 'sv', 'x', 'x', 'x', 'x', 'x', zeroblob(32), 1, 1, 'granted', 1795521600, "
    "'withdrawn')",
    EACH "insert into research_results (study, title_sv, words_sv, title_en, words_en, is_named, handed_at, "
         "withdrawn_at, withdrawal) select 1000, " M ", " M
         ", '', '', 0, 1, 1795521600, 'x' from t where i = 1",
    EACH "insert into research_results_file (study, part, name, hash, size, bytes) "
         "select study, 'method', 'metod.txt', printf('%064d', 1), 1, cast(" M " as blob) "
         "from research_results join t on i = 1",
    EACH "insert into session (hash, person, stage, method, device, made_at, seen_at) "
         "select randomblob(32), 1, 'whole', 'password', " M ", 1795521600, 1795521600 from t",
    "insert into welcome (person, hash, reason, made_at, ends_at) values (1, zeroblob(32), 'invitation', 1, 1795521600)",
    "insert into mapping_round (id, state, first_year, last_year, title_sv, title_en, people_sv, people_en, "
    "source_sv, source_en, is_example, specification, corrects, reason) "
    "values (1, 'made', 2025, 2025, 'x', 'x', 'x', 'x', 'x', 'x', 1, 'x', '', '')",
    EACH "insert into mapping_draft_reader (round, name, email, language, hash, made_by, made_at, ends_at) "
         "select 1, " M ", " M ", 'sv', randomblob(32), 1, 1, 1795521600 from t",
    "insert into gathering (round, project, name, terms, ends_on, ended_at) "
    "values (1, 'x', 'x', zeroblob(1), '2026-11-24', 1795521600)",
    "insert into gathering_list (id, round, keeper, name, open_key) values (1, 1, 1, 'spårlöst', zeroblob(0))",
    "insert into gathering_field (list, name, missing) values (1, 'spårlöst', 1)",
    "insert into incident (id, noticed_at, opened_at, what, natures, kinds, is_going_on, persons, records, "
    "closed_at, learned) values (1, 1, 1, 'spårlöst', 1, 'konton', 0, 1, 1, 1795521600, 'spårlöst')",
    EACH "insert into incident_step (incident, at, who, kind, words) select 1, 1, 'x', 5, " M " from t",
    EACH "insert into form_sent (once, at, address) select randomblob(16), 1795521600, " M " from t",
};

static const char reports[] =
    "update observation set state = 'closed', closed_on = '2026-11-24' where id <> 4;"
    "insert into referral (observation, receiver, ground, referred_on) values (2, 'police', 'X', '2026-11-24');"
    "update observation set held_reason = 'Begärd av domstol' where id = 3;"
    "insert into disclosure (year, number, asker, ground, their_reference, asked_on, is_urgent, outcome, "
    "decided_on) values (2026, 1, 'police', 'X', 'spårlöst K 1-26', '2026-11-24', 0, 'whole', '2026-11-24')";

void house_fill(struct town *t, int64_t n)
{
    static const char how_many[] = "insert into house (n) values ($1)";
    struct err e = {0};

    t->who.now_at = HOUSE_NOON;
    assert_int_equal(db_script(t->city->db, "create table house (n integer)", &e), OK);
    struct query q = db_query(t->city->db, how_many);
    bind_int(&q, 1, n);
    assert_int_equal(query_run(&q, &e), OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (db_script(t->city->db, rows[i], &e) != OK)
            fail_msg("row %zu: %s", i, e.what);
    assert_int_equal(db_script(t->city->db, "drop table house", &e), OK);
    for (unsigned char i = HOUSE_CLOSED; i <= HOUSE_NEVER_CLOSED; i++)
        arrive(t, S(HOUSE_MARKER), i, HOUSE_NOON);
    if (db_script(t->city->db, reports, &e) != OK)
        fail_msg("%s", e.what);
}

int64_t house_count(struct town *t, const char *sql)
{
    struct query q = db_query(t->city->db, sql);
    struct err e = {0};
    int64_t n = query_next(&q) ? query_int(&q, 0) : -1;

    assert_int_equal(query_end(&q, &e), OK);
    return n;
}
