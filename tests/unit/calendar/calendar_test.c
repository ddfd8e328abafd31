/* Calendars, read back with a library that is not ours. */
#include "../scratch.h"
#include "../unit.h"

#include "base/text.h"
#include "calendar/calendar.h"

#include <stdio.h>

static const struct calendar_event breakfast = {
    .uid = {"0123@lykta", 10},
    .sequence = 3,
    .title = {"Frukostseminarium; om m\xc3\xa4nniskohandel, i dag", 45},
    .place = {"Stadshuset, sal A", 17},
    .about = {"Rad ett\nRad tv\xc3\xa5", 16},
    .address = {"https://example.org/seminarier/1", 32},
    .day = {2026, 8, 19},
    .from_minute = 510,
    .to_minute = 630,
    .changed_at = 1787000000};

static const struct calendar_people people = {.organiser_name = {"N\xc3\xa4tverket \"Lund\"", 18},
                                              .organiser = {"nat@example.org", 15},
                                              .reader_name = {"Kim; Exempel", 12},
                                              .reader = {"kim@example.org", 15},
                                              .is_accepted = true};

static const char *read_back(void **state, enum calendar_method method, const struct calendar_event *events,
                             size_t n, const struct calendar_people *who)
{
    struct arena *a = ((struct scratch *)*state)->arena;
    const char *path = scratch_path(*state, "x.ics");
    struct text found = text_open(a);
    char line[1024];
    struct str ics;
    struct err e = {0};

    assert_int_equal(calendar_write(method, events, n, who, 1787000001, a, &ics, &e), OK);
    assert_int_equal(file_write(path, ics, 0644, &e), OK);
    FILE *reader = popen(arena_printf(a, "/usr/bin/python3 %s %s 2>&1", TEST_READ_ICS, path), "r");
    while (fgets(line, sizeof line, reader))
        text_add(&found, str_of(line));
    assert_int_equal(pclose(reader), 0);
    return text_str(&found).p;
}

#define assert_holds(text, part) assert_non_null(strstr((text), (part)))

static void an_event_reads_back_as_it_was(void **state)
{
    const char *found = read_back(state, CALENDAR_PUBLISH, &breakfast, 1, NULL);

    assert_holds(found, "method: PUBLISH\n");
    assert_holds(found, "zones: ['Europe/Stockholm']\n");
    assert_holds(found, "uid: 0123@lykta\nsequence: 3\n");
    assert_holds(found, "dtstart: Europe/Stockholm 2026-08-19T08:30:00 2026-08-19T06:30:00\n");
    assert_holds(found, "dtend: Europe/Stockholm 2026-08-19T10:30:00 2026-08-19T08:30:00\n");
    assert_holds(found, "summary: 'Frukostseminarium; om människohandel, i dag'\n");
    assert_holds(found, "description: 'Rad ett\\nRad två'\n");
    assert_holds(found, "status: 'CONFIRMED'\n");
    assert_null(strstr(found, "attendee"));
}

static void in_winter_the_wall_is_one_hour_from_utc(void **state)
{
    struct calendar_event event = breakfast;

    event.day = (struct date){2026, 12, 2};
    assert_holds(read_back(state, CALENDAR_PUBLISH, &event, 1, NULL),
                 "2026-12-02T08:30:00 2026-12-02T07:30:00\n");
}

static void an_invitation_names_who_asks_whom(void **state)
{
    const char *found = read_back(state, CALENDAR_REQUEST, &breakfast, 1, &people);

    assert_holds(found, "method: REQUEST\n");
    assert_holds(found, "organizer: 'mailto:nat@example.org'\n");
    assert_holds(found, "attendee: mailto:kim@example.org Kim; Exempel ACCEPTED\n");
}

static void a_cancelled_entry_keeps_its_uid(void **state)
{
    const char *found = read_back(state, CALENDAR_CANCEL, &breakfast, 1, &people);

    assert_holds(found, "method: CANCEL\n");
    assert_holds(found, "uid: 0123@lykta\n");
    assert_holds(found, "status: 'CANCELLED'\n");
}

static void a_feed_holds_every_event(void **state)
{
    struct calendar_event events[3] = {breakfast, breakfast, breakfast};

    events[1].uid = S("b@lykta");
    events[2].uid = S("c@lykta");
    const char *found = read_back(state, CALENDAR_PUBLISH, events, 3, NULL);
    assert_holds(found, "uid: b@lykta\n");
    assert_holds(found, "uid: c@lykta\n");
}

static void a_title_with_line_ends_makes_no_property_of_its_own(void **state)
{
    struct calendar_event event = breakfast;

    event.title = S("Hej\r\nATTENDEE:mailto:all@example.org");
    event.place = S("A\nEND:VEVENT");
    const char *found = read_back(state, CALENDAR_PUBLISH, &event, 1, NULL);
    assert_null(strstr(found, "attendee"));
    assert_holds(found, "location: 'A\\nEND:VEVENT'\n");
}

#define WITH_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_open, scratch_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SCRATCH(an_event_reads_back_as_it_was),
        WITH_SCRATCH(in_winter_the_wall_is_one_hour_from_utc),
        WITH_SCRATCH(an_invitation_names_who_asks_whom),
        WITH_SCRATCH(a_cancelled_entry_keeps_its_uid),
        WITH_SCRATCH(a_feed_holds_every_event),
        WITH_SCRATCH(a_title_with_line_ends_makes_no_property_of_its_own),
    };

    return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
