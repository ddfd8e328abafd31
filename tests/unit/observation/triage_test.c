/* Triage: opened with a key, every step with its reason; the reporter reads and answers; disposal. */
#include "arrivals.h"

#include "keyring/relock.h"
#include "observation/case_file.h"
#include "observation/evidence.h"
#include "observation/hold.h"
#include "observation/observation_retention.h"
#include "observation/register.h"
#include "observation/triage.h"
#include "store/db.h"

static enum status decide(struct town *t, const struct opener *opener, const struct triage_step *step,
                          struct err *e)
{
    t->who.now_at = NOON_AT + 86400;
    return triage_decide(t->keyring, opener, 1, step, &t->who, e);
}

static struct case_file open_as_recipient(struct town *t, const struct opener *opener)
{
    struct case_file file;
    struct err e = {0};

    if (triage_open(t->keyring, opener, 1, &t->who, t->arena, &file, &e) != OK)
        fail_msg("%s", e.what);
    return file;
}

static struct case_file open_with_code(struct town *t, const struct receipt *receipt)
{
    struct case_file file;
    bool is_there = false;
    struct err e = {0};

    assert_int_equal(followup_open(t->keyring, &receipt->code, t->arena, &is_there, &file, &e), OK);
    assert_true(is_there);
    return file;
}

static void the_list_tells_numbers_days_and_states_and_nothing_else(void **state)
{
    struct town *t = *state;
    struct observations all;
    struct err e = {0};

    arrive(t, S("x"), 1, NOON_AT);
    assert_int_equal(triage_list(t->city->db, 0, 10, t->arena, &all, &e), OK);
    assert_int_equal(all.n, 1);
    assert_int_equal(all.observation[0].number, 1);
    assert_int_equal(all.observation[0].state, STATE_NEW);
    assert_true(date_equal(all.observation[0].due_on, (struct date){2026, 11, 23})); /* the Monday after */
}

static void the_list_is_read_in_parts(void **state)
{
    struct town *t = *state;
    struct observations part;
    struct err e = {0};

    for (unsigned char i = 1; i <= 5; i++)
        arrive(t, S("x"), i, NOON_AT);
    assert_int_equal(triage_list(t->city->db, 3, 10, t->arena, &part, &e), OK);
    assert_int_equal(part.n, 2);
    assert_int_equal(part.observation[0].number, 4);
    assert_int_equal(part.open, 5);
    assert_int_equal(part.waiting, 5);
    assert_int_equal(triage_list(t->city->db, 5, 10, t->arena, &part, &e), OK);
    assert_int_equal(part.n, 0);
    assert_int_equal(part.open, 5);
}

static void opening_is_in_the_log_before_it_happens(void **state)
{
    struct town *t = *state;
    static const char sql[] = "select count(*) from audit where action = 'observation.open' and subject = 1";
    struct opener opener = town_recipient(t);
    struct err e = {0};

    arrive(t, S("Madrasser"), 1, NOON_AT);
    struct case_file file = open_as_recipient(t, &opener);
    assert_str(file.report.text, "Madrasser");
    assert_str(file.report.sign[0], "HO07");
    struct query q = db_query(t->city->db, sql);
    assert_true(query_next(&q));
    assert_int_equal(query_int(&q, 0), 1);
    assert_int_equal(query_end(&q, &e), OK);
}

static void another_citys_or_nobodys_key_opens_nothing(void **state)
{
    struct town *t = *state;
    static const struct seal_key stranger = {{1, 2, 3}};
    const struct opener opener = {.recipient = 77, .secret = &stranger};
    struct case_file file;
    struct err e = {0};

    arrive(t, S("x"), 1, NOON_AT);
    assert_int_equal(triage_open(t->keyring, &opener, 1, &t->who, t->arena, &file, &e), REFUSED);
}

static void a_question_and_its_answer_go_both_ways(void **state)
{
    struct town *t = *state;
    struct opener opener = town_recipient(t);
    struct receipt receipt = arrive(t, S("x"), 1, NOON_AT);
    const struct triage_step ask = {
        .decision = DECISION_ASK, .reason = S("oklart"), .message = S("Hände det en gång till?")};
    bool is_there = false;
    struct err e = {0};

    assert_int_equal(decide(t, &opener, &ask, &e), OK);
    struct case_file file = open_with_code(t, &receipt);
    assert_int_equal(file.observation.state, STATE_WAITING);
    assert_int_equal(file.n_messages, 1);
    assert_true(file.message[0].is_from_city);
    assert_str(file.message[0].text, "Hände det en gång till?");
    assert_int_equal(file.n_reasons, 0); /* reasons are not the reporter's to read */
    assert_int_equal(followup_write(t->keyring, &receipt.code, S("Ja, i går."), NOON_AT, &is_there, &e), OK);
    assert_true(is_there);
    file = open_as_recipient(t, &opener);
    assert_int_equal(file.n_messages, 2);
    assert_str(file.message[1].text, "Ja, i går.");
    assert_true(file.observation.has_new_message);
    assert_int_equal(file.observation.state, STATE_ASSESSED);
    assert_str(file.reason[0], "oklart");
    assert_false(town_holds(t, "Ja, i g"));
}

static void an_unknown_code_and_a_text_that_points_at_a_person_change_nothing(void **state)
{
    struct town *t = *state;
    static const struct receipt_code unknown = {"00000000049927398716"};
    struct receipt receipt = arrive(t, S("x"), 1, NOON_AT);
    bool is_there = true;
    struct err e = {0};

    assert_int_equal(followup_write(t->keyring, &unknown, S("hej"), NOON_AT, &is_there, &e), OK);
    assert_false(is_there);
    assert_int_equal(
        followup_write(t->keyring, &receipt.code, S("Ring 070-174 06 05"), NOON_AT, &is_there, &e),
        BAD_INPUT);
    assert_int_equal(open_with_code(t, &receipt).n_messages, 0);
}

static void a_step_without_what_it_needs_is_not_taken(void **state)
{
    struct town *t = *state;
    struct opener opener = town_recipient(t);
    const struct triage_step bad[] = {
        {.decision = DECISION_CLOSE},
        {.decision = DECISION_ASK, .reason = S("x")},
        {.decision = DECISION_REFER, .reason = S("x"), .ground = S("ALLVARLIGT")},
        {.decision = DECISION_REFER, .reason = S("x"), .receiver = S("police"), .ground = S("NEJ")},
        {.decision = DECISION_COUNT, .reason = S("x")},
    };
    struct err e = {0};

    arrive(t, S("x"), 1, NOON_AT);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(decide(t, &opener, &bad[i], &e), BAD_INPUT);
    assert_int_equal(open_as_recipient(t, &opener).n_reasons, 0);
}

static void a_situation_is_counted_once_and_holds_no_way_back(void **state)
{
    struct town *t = *state;
    struct opener opener = town_recipient(t);
    const struct triage_step count = {
        .decision = DECISION_COUNT, .reason = S("flera tecken"), .form = S("sexual")};
    int64_t told[SITUATION_FORMS][AREAS] = {{0}};
    struct err e = {0};

    arrive(t, S("x"), 1, NOON_AT);
    assert_int_equal(decide(t, &opener, &count, &e), OK);
    assert_int_equal(decide(t, &opener, &count, &e), REFUSED);
    assert_int_equal(evidence_told(t->city->db, S("2026-11"), told, &e), OK);
    assert_int_equal(told[0][AREA_NORTH], 1);
    assert_int_equal(told[1][AREA_NORTH] + told[0][AREA_SOUTH], 0);
}

static void a_closed_report_takes_no_more_steps(void **state)
{
    struct town *t = *state;
    struct opener opener = town_recipient(t);
    const struct triage_step close = {.decision = DECISION_CLOSE, .reason = S("vanlig förklaring")};
    struct err e = {0};

    arrive(t, S("x"), 1, NOON_AT);
    assert_int_equal(decide(t, &opener, &close, &e), OK);
    assert_int_equal(decide(t, &opener, &close, &e), REFUSED);
}

static void a_reporter_can_take_it_back_for_three_days(void **state)
{
    struct town *t = *state;
    struct receipt first = arrive(t, S("x"), 1, NOON_AT);
    struct receipt late = arrive(t, S("y"), 2, NOON_AT);
    bool is_there = false;
    struct err e = {0};

    assert_int_equal(followup_withdraw(t->keyring, &first.code, NOON_AT + 3 * 86400, &is_there, &e), OK);
    assert_true(open_with_code(t, &first).observation.is_withdrawn);
    assert_int_equal(followup_withdraw(t->keyring, &late.code, NOON_AT + 4 * 86400, &is_there, &e), REFUSED);
}

/* One asks, another confirms. */
static void let_go(struct town *t, int64_t id)
{
    const struct who other = {.name = "another", .now_at = NOON_AT};
    struct err e = {0};

    assert_int_equal(hold_ask_release(t->city->db, id, &t->who, &e), OK);
    assert_int_equal(hold_release(t->city->db, id, &other, &e), OK);
}

/* How many reports go on the day. */
static int64_t dispose_on(struct town *t, struct date day)
{
    static const struct retention_rule *const tables[] = {observation_retention, NULL};
    const struct retention_rules rules = {.tables = tables, .keyring = t->keyring};
    const struct who who = {.name = "test", .now_at = date_days(day) * 86400 + 3600};
    struct retention_classes done = {0};
    struct err e = {0};

    if (retention_run(t->city->db, &rules, &who, t->arena, &done, &e) != OK)
        fail_msg("%s", e.what);
    return done.class[0].n + done.class[1].n;
}

static void what_is_disposed_of_leaves_its_number_alone(void **state)
{
    struct town *t = *state;
    struct opener opener = town_recipient(t);
    struct receipt receipt = arrive(t, S("x"), 1, NOON_AT);
    const struct triage_step close = {.decision = DECISION_CLOSE, .reason = S("vanlig förklaring")};
    struct register_entries entries;
    bool is_there = true;
    struct case_file file;
    struct err e = {0};

    assert_int_equal(decide(t, &opener, &close, &e), OK);
    assert_int_equal(dispose_on(t, (struct date){2027, 5, 20}), 0);
    assert_int_equal(hold_place(t->city->db, 1, S("begärd"), &t->who, &e), OK);
    assert_int_equal(dispose_on(t, (struct date){2027, 5, 21}), 0);
    let_go(t, 1);
    assert_int_equal(dispose_on(t, (struct date){2027, 5, 21}), 1);
    assert_int_equal(followup_open(t->keyring, &receipt.code, t->arena, &is_there, &file, &e), OK);
    assert_false(is_there);
    assert_int_equal(register_read(t->city->db, 2026, t->arena, &entries, &e), OK);
    assert_int_equal(entries.n, 1);
    assert_str(entries.entry[0].decision, "closed");
    assert_int_equal(entries.entry[0].observation, 0);
    assert_true(date_equal(entries.entry[0].disposed_on, (struct date){2027, 5, 21}));
}

static void what_was_referred_is_kept_for_two_years(void **state)
{
    struct town *t = *state;
    struct opener opener = town_recipient(t);
    const struct triage_step refer = {.decision = DECISION_REFER,
                                      .reason = S("skuld och lås"),
                                      .receiver = S("police"),
                                      .ground = S("ALLVARLIGT")};
    struct err e = {0};

    arrive(t, S("x"), 1, NOON_AT);
    assert_int_equal(decide(t, &opener, &refer, &e), OK);
    assert_int_equal(dispose_on(t, (struct date){2028, 11, 20}), 0);
    assert_int_equal(dispose_on(t, (struct date){2028, 11, 21}), 1);
}

static void a_message_after_closing_moves_the_day(void **state)
{
    struct town *t = *state;
    struct opener opener = town_recipient(t);
    struct receipt receipt = arrive(t, S("x"), 1, NOON_AT);
    const struct triage_step close = {.decision = DECISION_CLOSE, .reason = S("vanlig förklaring")};
    bool is_there = false;
    struct err e = {0};

    assert_int_equal(decide(t, &opener, &close, &e), OK);
    assert_int_equal(
        followup_write(t->keyring, &receipt.code, S("En sak till"), NOON_AT + 11 * 86400, &is_there, &e), OK);
    assert_int_equal(dispose_on(t, (struct date){2027, 5, 31}), 0);
    assert_int_equal(dispose_on(t, (struct date){2027, 6, 1}), 1);
}

static void everything_is_there_after_relocking(void **state)
{
    struct town *t = *state;
    struct opener opener = town_recipient(t);
    struct receipt receipt = arrive(t, S("x"), 1, NOON_AT);
    const struct triage_step ask = {.decision = DECISION_ASK, .reason = S("oklart"), .message = S("Var?")};
    size_t n = 0;
    struct err e = {0};

    assert_int_equal(decide(t, &opener, &ask, &e), OK);
    assert_int_equal(relock_all(t->keyring, &opener, &t->who, &n, &e), OK);
    assert_str(open_as_recipient(t, &opener).reason[0], "oklart");
    assert_str(open_with_code(t, &receipt).message[0].text, "Var?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(the_list_tells_numbers_days_and_states_and_nothing_else),
        IN_TOWN(the_list_is_read_in_parts),
        IN_TOWN(opening_is_in_the_log_before_it_happens),
        IN_TOWN(another_citys_or_nobodys_key_opens_nothing),
        IN_TOWN(a_question_and_its_answer_go_both_ways),
        IN_TOWN(an_unknown_code_and_a_text_that_points_at_a_person_change_nothing),
        IN_TOWN(a_step_without_what_it_needs_is_not_taken),
        IN_TOWN(a_situation_is_counted_once_and_holds_no_way_back),
        IN_TOWN(a_closed_report_takes_no_more_steps),
        IN_TOWN(a_reporter_can_take_it_back_for_three_days),
        IN_TOWN(what_is_disposed_of_leaves_its_number_alone),
        IN_TOWN(what_was_referred_is_kept_for_two_years),
        IN_TOWN(a_message_after_closing_moves_the_day),
        IN_TOWN(everything_is_there_after_relocking),
    };

    return cmocka_run_group_tests_name("triage", tests, NULL, NULL);
}
