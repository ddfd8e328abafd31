/* Sessions: who is signed in, on which device, since when.
 *
 * A session is a random number of 256 bits in the browser's cookie; the database holds only its hash, so that
 * nobody who reads the database can use it. It ends by itself when it has not been used for a while and at
 * the latest after a working day; sooner for who opens sealed reports. */
#ifndef LYKTA_PORTAL_SESSION_H
#define LYKTA_PORTAL_SESSION_H

#include "base/err.h"
#include "base/str.h"
#include "portal/doors.h"
#include "portal/person.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct outside;
struct response;

enum {
    SESSION_SECRET_BYTES = 32,
    SESSION_IDLE_SECONDS = 30 * 60,
    SESSION_LONGEST_SECONDS = 10 * 3600,
    SESSION_TRIAGE_IDLE_SECONDS = 15 * 60,
    SESSION_TRIAGE_LONGEST_SECONDS = 8 * 3600,
    SESSION_HALF_SECONDS = 10 * 60, /* to give what must come with the password */
    SESSION_SEEN_STEP_SECONDS = 60  /* its last use is written no oftener than this */
};

enum session_stage {
    SESSION_HALF, /* a password was right; the second factor is still to come */
    SESSION_WHOLE
};

struct session {
    int64_t id;
    int64_t person;
    enum session_stage stage;
    struct str method; /* "password", "password+code", "passkey", "oidc" */
    struct str device; /* "Firefox, Windows": what the browser says of itself, shortened */
    int64_t made_at;
    int64_t seen_at;
};

struct sessions {
    size_t n;
    struct session *session;
};

struct session_found {
    bool is_live;
    struct session session;
    struct person person;
    struct doors doors;
};

/* The cookie's name. __Host- makes the browser refuse it without TLS, for other hosts and for other paths. */
#define SESSION_COOKIE "__Host-lykta"

/* Begins a session: fills session->id and `secret`, which goes into the cookie and nowhere else. Inside the
 * caller's change. */
enum status session_begin(struct db *db, const struct outside *outside, struct session *session,
                          unsigned char secret[SESSION_SECRET_BYTES], struct err *e) MUST_USE;

/* The session of the cookie's value at `now_at` and whose it is, with the state of the doors: every request
 * needs both, and they are one question to the database. out->is_live is false when there is no session, it
 * has ended by time, or its account is closed or has no role; session and person then say nothing. */
enum status session_find(struct db *db, struct str cookie, int64_t now_at, struct arena *a,
                         struct session_found *out, struct err *e) MUST_USE;

/* Notes that the session is in use. */
enum status session_seen(struct db *db, int64_t id, int64_t now_at, struct err *e) MUST_USE;

/* A person's live sessions, the latest used first. */
enum status sessions_of(struct db *db, const struct person *person, int64_t now_at, struct arena *a,
                        struct sessions *out, struct err *e) MUST_USE;

/* Ends one session of `person`, or all but `kept` (0: all of them). Inside the caller's change. */
enum status session_end(struct db *db, int64_t person, int64_t id, struct err *e) MUST_USE;
enum status sessions_end(struct db *db, int64_t person, int64_t kept, struct err *e) MUST_USE;

/* Forgets the sessions that have ended by time. */
enum status sessions_forget(struct db *db, int64_t now_at, struct err *e) MUST_USE;

/* The secret of a cookie's value; false when it is not one. */
bool session_secret(struct str cookie, unsigned char secret[SESSION_SECRET_BYTES]);

/* A key for one `purpose` made from the session's cookie, `n` bytes (16 to 64): nobody but the browser can
 * make it again, and only as long as the session lives. Zeros for a cookie that is none. */
void session_key(struct str cookie, const char *purpose, unsigned char *key, size_t n);

/* The key of the session's form tokens (web/form_token.h). */
void session_form_key(struct str cookie, unsigned char key[32]);

/* Sets the cookie, or takes it back. */
void session_set_cookie(struct response *out, const unsigned char secret[SESSION_SECRET_BYTES]);
void session_clear_cookie(struct response *out);

/* "Firefox, Windows" of a User-Agent header; in `a`. */
struct str session_device(struct str user_agent, struct arena *a);

#endif
