/* Events as calendar programs read them. */
#include "calendar/calendar.h"

#include "base/arena.h"

#include <time.h>

#include <libical/ical.h>

/* The zone as RFC 5545, 3.6.5, wants it beside every use of its name. */
static const char stockholm[] = "BEGIN:VTIMEZONE\r\n"
                                "TZID:Europe/Stockholm\r\n"
                                "BEGIN:DAYLIGHT\r\n"
                                "TZNAME:CEST\r\n"
                                "TZOFFSETFROM:+0100\r\n"
                                "TZOFFSETTO:+0200\r\n"
                                "DTSTART:19960331T020000\r\n"
                                "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
                                "END:DAYLIGHT\r\n"
                                "BEGIN:STANDARD\r\n"
                                "TZNAME:CET\r\n"
                                "TZOFFSETFROM:+0200\r\n"
                                "TZOFFSETTO:+0100\r\n"
                                "DTSTART:19961027T030000\r\n"
                                "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
                                "END:STANDARD\r\n"
                                "END:VTIMEZONE\r\n";

static icalcomponent *event_of(enum calendar_method method, const struct calendar_event *v,
                               const struct calendar_people *people, int64_t now_at, struct arena *a);

struct str calendar_method_name(enum calendar_method method)
{
    switch (method) {
    case CALENDAR_REQUEST:
        return S("REQUEST");
    case CALENDAR_CANCEL:
        return S("CANCEL");
    case CALENDAR_PUBLISH:
        break;
    }
    return S("PUBLISH");
}

static icalproperty_method method_of(enum calendar_method method)
{
    switch (method) {
    case CALENDAR_REQUEST:
        return ICAL_METHOD_REQUEST;
    case CALENDAR_CANCEL:
        return ICAL_METHOD_CANCEL;
    case CALENDAR_PUBLISH:
        break;
    }
    return ICAL_METHOD_PUBLISH;
}

enum status calendar_write(enum calendar_method method, const struct calendar_event *events, size_t n,
                           const struct calendar_people *people, int64_t now_at, struct arena *a,
                           struct str *out, struct err *e)
{
    icalcomponent *calendar = icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"),
                                                  icalproperty_new_prodid("-//Lykta//Lykta//SV"),
                                                  icalproperty_new_method(method_of(method)), NULL);

    icalcomponent_add_component(calendar, icalparser_parse_string(stockholm));
    for (size_t i = 0; i < n; i++)
        icalcomponent_add_component(calendar, event_of(method, &events[i], people, now_at, a));
    char *written = icalcomponent_as_ical_string_r(calendar);
    if (written)
        *out = str_copy(str_of(written), a);
    icalcomponent_free(calendar);
    if (!written)
        return err_set(e, SYSTEM, "a calendar could not be written: out of memory");
    icalmemory_free_buffer(written);
    return OK;
}

/* A text without control characters but line ends, which iCalendar writes as \n. */
static const char *text(struct str s, struct arena *a)
{
    char *copy = arena_cstr(a, s.p, s.n);

    for (char *p = copy; *p; p++)
        if (((unsigned char)*p < ' ' && *p != '\n') || *p == 0x7f)
            *p = ' ';
    return copy;
}

/* Text for a parameter: quotes cannot stand in one (RFC 5545, 3.2). */
static const char *parameter(struct str s, struct arena *a)
{
    char *copy = arena_cstr(a, s.p, s.n);

    for (char *p = copy; *p; p++)
        if ((unsigned char)*p < ' ' || *p == '"' || *p == 0x7f)
            *p = ' ';
    return copy;
}

static icaltimetype wall_time(struct date day, int minute)
{
    icaltimetype t = icaltime_null_time();

    t.year = day.year;
    t.month = day.month;
    t.day = day.day;
    t.hour = minute / 60;
    t.minute = minute % 60;
    return t;
}

static icalproperty *in_stockholm(icalproperty *p)
{
    icalproperty_set_parameter(p, icalparameter_new_tzid("Europe/Stockholm"));
    return p;
}

static icaltimetype utc(int64_t at)
{
    return icaltime_from_timet_with_zone((time_t)at, 0, icaltimezone_get_utc_timezone());
}

static void add_people(icalcomponent *event, const struct calendar_people *people, struct arena *a)
{
    icalproperty *organiser =
        icalproperty_new_organizer(arena_printf(a, "mailto:%.*s", STR(people->organiser)));
    icalproperty *reader = icalproperty_new_attendee(arena_printf(a, "mailto:%.*s", STR(people->reader)));

    if (people->organiser_name.n > 0)
        icalproperty_set_parameter(organiser, icalparameter_new_cn(parameter(people->organiser_name, a)));
    if (people->reader_name.n > 0)
        icalproperty_set_parameter(reader, icalparameter_new_cn(parameter(people->reader_name, a)));
    icalproperty_set_parameter(reader, icalparameter_new_role(ICAL_ROLE_REQPARTICIPANT));
    icalproperty_set_parameter(
        reader,
        icalparameter_new_partstat(people->is_accepted ? ICAL_PARTSTAT_ACCEPTED : ICAL_PARTSTAT_NEEDSACTION));
    icalproperty_set_parameter(reader,
                               icalparameter_new_rsvp(ICAL_RSVP_FALSE)); /* answers go by the letter's link */
    icalcomponent_add_property(event, organiser);
    icalcomponent_add_property(event, reader);
}

static icalcomponent *event_of(enum calendar_method method, const struct calendar_event *v,
                               const struct calendar_people *people, int64_t now_at, struct arena *a)
{
    bool is_off = v->is_cancelled || method == CALENDAR_CANCEL;
    icalcomponent *event = icalcomponent_vanew(
        ICAL_VEVENT_COMPONENT, icalproperty_new_uid(text(v->uid, a)),
        icalproperty_new_sequence((int)v->sequence), icalproperty_new_dtstamp(utc(now_at)),
        icalproperty_new_lastmodified(utc(v->changed_at)),
        in_stockholm(icalproperty_new_dtstart(wall_time(v->day, v->from_minute))),
        in_stockholm(icalproperty_new_dtend(wall_time(v->day, v->to_minute))),
        icalproperty_new_summary(text(v->title, a)), icalproperty_new_location(text(v->place, a)),
        icalproperty_new_status(is_off ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED), NULL);

    if (v->about.n > 0)
        icalcomponent_add_property(event, icalproperty_new_description(text(v->about, a)));
    if (v->address.n > 0)
        icalcomponent_add_property(event, icalproperty_new_url(text(v->address, a)));
    if (people)
        add_people(event, people, a);
    return event;
}
