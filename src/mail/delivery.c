/* A letter handed to a mail server. */
#include "mail/delivery.h"

#include "base/arena.h"
#include "base/text.h"
#include "mail/header.h"
#include "mail/mail.h"
#include "mail/mail_settings.h"
#include "web/address.h"

#include <stdio.h>
#include <string.h>

#include <curl/curl.h>

enum { CONNECT_SECONDS = 20, WHOLE_SECONDS = 120 };

struct delivery {
    const struct mail_settings *settings;
    const atomic_bool *stop;
    struct arena *own;
    struct arena *letter; /* emptied for each letter */
    CURL *curl;
    char fault[CURL_ERROR_SIZE];
    char answer[DELIVERY_REASON_BYTES]; /* the line with the server's last refusal, of what is under way */
    struct str plain;                   /* of the letter under way: what is not yet handed over */
    bool has_begun;                     /* its text is being handed over */
    delivery_handing *handing;
    void *context;
};

static void set_up(struct delivery *d);
static struct curl_slist *head(struct delivery *d, const struct mail_letter *letter, int64_t now_at);
static curl_mime *body(struct delivery *d, const struct mail_letter *letter);
static enum delivery_outcome outcome_of(const struct delivery *d, CURLcode code);
static void tell(const struct delivery *d, CURLcode code, char reason[DELIVERY_REASON_BYTES]);

static void must(CURLcode code)
{
    if (code != CURLE_OK)
        give_up("libcurl does not take a setting: %s", curl_easy_strerror(code));
}

static struct delivery *open_delivery(const struct mail_settings *settings, const atomic_bool *stop)
{
    struct arena *a = arena_open();
    struct delivery *d = arena_new(a, 1, struct delivery);

    must(curl_global_init(CURL_GLOBAL_DEFAULT));
    *d = (struct delivery){
        .settings = settings, .stop = stop, .own = a, .letter = arena_open(), .curl = curl_easy_init()};
    if (!d->curl)
        give_up("libcurl cannot start");
    set_up(d);
    return d;
}

static void close_delivery(struct delivery *d)
{
    if (!d)
        return;
    curl_easy_cleanup(d->curl);
    curl_global_cleanup();
    arena_close(d->letter);
    arena_close(d->own);
}

static enum delivery_outcome send_letter(struct delivery *d, const struct mail_letter *letter, int64_t now_at,
                                         delivery_handing *handing, void *context,
                                         char reason[DELIVERY_REASON_BYTES])
{
    struct curl_slist *to = NULL;

    arena_reset(d->letter);
    d->has_begun = false;
    d->handing = handing;
    d->context = context;
    d->fault[0] = d->answer[0] = '\0';
    struct curl_slist *lines = head(d, letter, now_at);
    curl_mime *mime = body(d, letter);
    to = curl_slist_append(to, arena_printf(d->letter, "<%.*s>", STR(letter->address)));
    must(curl_easy_setopt(d->curl, CURLOPT_MAIL_RCPT, to));
    must(curl_easy_setopt(d->curl, CURLOPT_HTTPHEADER, lines));
    must(curl_easy_setopt(d->curl, CURLOPT_MIMEPOST, mime));
    CURLcode code = curl_easy_perform(d->curl);
    enum delivery_outcome outcome = outcome_of(d, code);
    tell(d, code, reason);
    must(curl_easy_setopt(d->curl, CURLOPT_MIMEPOST, NULL));
    must(curl_easy_setopt(d->curl, CURLOPT_HTTPHEADER, NULL));
    must(curl_easy_setopt(d->curl, CURLOPT_MAIL_RCPT, NULL));
    curl_mime_free(mime);
    curl_slist_free_all(lines);
    curl_slist_free_all(to);
    return outcome;
}

/* Before a letter's text has begun to go out, a delivery can be stopped without any doubt about it. */
static int may_go_on(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t e)
{
    const struct delivery *d = context;

    (void)a, (void)b, (void)c, (void)e;
    return d->stop && atomic_load(d->stop) && !d->has_begun;
}

/* What the server says, line by line: its last refusal is kept, since libcurl takes leave after it. */
static size_t hear(char *bytes, size_t size, size_t n, void *context)
{
    struct delivery *d = context;
    struct str line = str_trim((struct str){bytes, size * n});

    if (line.n == 0 || (line.p[0] != '4' && line.p[0] != '5'))
        return size * n;
    snprintf(d->answer, sizeof d->answer, "%.*s", (int)str_part(line, 0, sizeof d->answer - 1).n, line.p);
    for (char *p = d->answer; *p; p++)
        if ((unsigned char)*p < ' ' || (unsigned char)*p > 0x7e)
            *p = '?';
    return size * n;
}

static void set_up(struct delivery *d)
{
    const struct mail_settings *s = d->settings;
    CURL *c = d->curl;

    must(curl_easy_setopt(c, CURLOPT_URL, s->server));
    must(curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps"));
    must(curl_easy_setopt(c, CURLOPT_PROXY, ""));
    must(curl_easy_setopt(c, CURLOPT_USE_SSL, s->is_plain ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL));
    must(curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2));
    if (s->authorities) {
        must(curl_easy_setopt(c, CURLOPT_CAPATH, NULL));
        must(curl_easy_setopt(c, CURLOPT_CAINFO, s->authorities));
    }
    if (s->user) {
        must(curl_easy_setopt(c, CURLOPT_USERNAME, s->user));
        must(curl_easy_setopt(c, CURLOPT_PASSWORD, s->password));
    }
    must(curl_easy_setopt(c, CURLOPT_MAIL_FROM, arena_printf(d->own, "<%s>", s->sender)));
    must(curl_easy_setopt(c, CURLOPT_UPLOAD, 1L));
    must(curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L));
    must(curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS));
    must(curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)WHOLE_SECONDS));
    must(curl_easy_setopt(c, CURLOPT_ERRORBUFFER, d->fault));
    must(curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L));
    must(curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, may_go_on));
    must(curl_easy_setopt(c, CURLOPT_XFERINFODATA, d));
    must(curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, hear));
    must(curl_easy_setopt(c, CURLOPT_HEADERDATA, d));
}

static void add(struct curl_slist **lines, const char *line)
{
    struct curl_slist *longer = curl_slist_append(*lines, line);

    if (!longer)
        give_up("out of memory");
    *lines = longer;
}

static struct curl_slist *head(struct delivery *d, const struct mail_letter *letter, int64_t now_at)
{
    const struct mail_settings *s = d->settings;
    struct arena *a = d->letter;
    struct curl_slist *lines = NULL;
    const char *id =
        arena_printf(a, "<%.*s@%.*s>", STR(letter->message), STR(address_host(str_of(s->sender))));

    add(&lines, header_address("From", s->sender_name, str_of(s->sender), a));
    add(&lines, header_address("To", letter->name, letter->address, a));
    if (s->answers_to.n > 0)
        add(&lines, header_address("Reply-To", s->sender_name, s->answers_to, a));
    add(&lines, header_text("Subject", letter->subject, a));
    add(&lines, header_date("Date", now_at, a));
    add(&lines, header_plain("Message-ID", str_of(id), a));
    add(&lines, header_plain("Content-Language", language_code(letter->language), a));
    add(&lines, "Auto-Submitted: auto-generated");
    if (letter->unsubscribe.n > 0) {
        const char *address = arena_printf(a, "<%.*s>", STR(letter->unsubscribe));

        add(&lines, header_plain("List-Unsubscribe", str_of(address), a));
        add(&lines, "List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    }
    return lines;
}

/* Lines of a message end with CRLF (RFC 5322, 2.1). */
static struct str with_crlf(struct str s, struct arena *a)
{
    struct text out = text_open(a);

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\n' && (i == 0 || s.p[i - 1] != '\r'))
            text_byte(&out, '\r');
        text_byte(&out, s.p[i]);
    }
    return text_str(&out);
}

/* The plain text is the first part, so its first byte is the first of the letter's text. */
static size_t give_plain(char *buffer, size_t size, size_t n, void *context)
{
    struct delivery *d = context;
    size_t room = size * n;

    if (!d->has_begun && !d->handing(d->context))
        return CURL_READFUNC_ABORT;
    if (!d->has_begun)
        d->answer[0] = '\0';
    d->has_begun = true;
    size_t given = d->plain.n < room ? d->plain.n : room;
    if (given > 0)
        memcpy(buffer, d->plain.p, given);
    d->plain = str_part(d->plain, given, d->plain.n);
    return given;
}

static void fill(curl_mimepart *part, struct str bytes, const char *type, const char *encoder)
{
    must(curl_mime_data(part, bytes.p, bytes.n));
    must(curl_mime_type(part, type));
    must(curl_mime_encoder(part, encoder));
}

/* The same letter as plain text, as HTML and, for calendars that read letters (RFC 6047), as iCalendar. */
static curl_mime *forms(struct delivery *d, const struct mail_letter *letter)
{
    curl_mime *forms = curl_mime_init(d->curl);
    curl_mimepart *plain = curl_mime_addpart(forms);

    d->plain = with_crlf(letter->plain, d->letter);
    must(curl_mime_data_cb(plain, -1, give_plain, NULL, NULL, d));
    must(curl_mime_type(plain, "text/plain; charset=utf-8"));
    must(curl_mime_encoder(plain, "quoted-printable"));
    fill(curl_mime_addpart(forms), with_crlf(letter->html, d->letter), "text/html; charset=utf-8",
         "quoted-printable");
    if (letter->calendar.n > 0)
        fill(curl_mime_addpart(forms), letter->calendar,
             arena_printf(d->letter, "text/calendar; charset=utf-8; method=%.*s",
                          STR(letter->calendar_method)),
             "base64");
    return forms;
}

static void hold(curl_mimepart *part, curl_mime *inner, const char *type)
{
    must(curl_mime_subparts(part, inner));
    must(curl_mime_type(part, type));
}

/* A calendar also goes as a file, for readers whose program shows no calendars. */
static curl_mime *body(struct delivery *d, const struct mail_letter *letter)
{
    curl_mime *whole = curl_mime_init(d->curl);

    hold(curl_mime_addpart(whole), forms(d, letter), "multipart/alternative");
    if (letter->calendar.n > 0) {
        curl_mimepart *file = curl_mime_addpart(whole);

        fill(file, letter->calendar, "application/ics", "base64");
        must(curl_mime_filename(file, "kalender.ics"));
    }
    return whole;
}

/* libcurl's codes name the step that failed; 4xx and 5xx are the server's word (RFC 5321, 4.2.1). Only what
 * is said of this reader or this text is about the letter: a sender that is refused is a setting to mend, and
 * the letters wait for that. */
static enum delivery_outcome outcome_of(const struct delivery *d, CURLcode code)
{
    bool is_about_letter =
        d->has_begun || strncmp(d->fault, "RCPT", 4) == 0 || strncmp(d->fault, "DATA", 4) == 0;
    bool is_answered = d->answer[0] != '\0';

    if (code == CURLE_OK)
        return DELIVERY_DONE;
    if (!d->has_begun && (code == CURLE_ABORTED_BY_CALLBACK || code == CURLE_READ_ERROR))
        return DELIVERY_STOPPED;
    if (!is_about_letter)
        return DELIVERY_DOWN;
    if (!is_answered)
        return d->has_begun ? DELIVERY_UNSURE : DELIVERY_DOWN;
    return d->answer[0] == '5' ? DELIVERY_NEVER : DELIVERY_LATER;
}

static void tell(const struct delivery *d, CURLcode code, char reason[DELIVERY_REASON_BYTES])
{
    const char *why = d->fault[0] ? d->fault : curl_easy_strerror(code);

    snprintf(reason, DELIVERY_REASON_BYTES, "%.199s", code == CURLE_OK ? "" : d->answer[0] ? d->answer : why);
}

static bool greet(struct delivery *d, char reason[DELIVERY_REASON_BYTES])
{
    must(curl_easy_setopt(d->curl, CURLOPT_CONNECT_ONLY, 1L));
    CURLcode code = curl_easy_perform(d->curl);
    tell(d, code, reason);
    return code == CURLE_OK;
}

const struct carrier smtp_carrier = {
    .open = open_delivery, .close = close_delivery, .send = send_letter, .greet = greet};
