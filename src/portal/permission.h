/* Who may do what. The one table stands in permission.c: a row per permission, with the roles that have it.
 * Each route names a permission; nobody has one that no row gives.                                        */
#ifndef LYKTA_PORTAL_PERMISSION_H
#define LYKTA_PORTAL_PERMISSION_H

#include "web/language.h"
#include "web/route.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a person is in the city's work. One person can have several roles. */
enum role {
    ROLE_MEMBER,         /* an organisation's person */
    ROLE_COORDINATOR,    /* samordnare */
    ROLE_TRIAGE,         /* mottagare: opens sealed reports with a key of their own */
    ROLE_LIST_KEEPER,    /* at an agency: encodes its list and uploads the encodings */
    ROLE_ANALYST,        /* links, estimates, protects, proposes a release */
    ROLE_APPROVER,       /* approves or rejects a release, never their own */
    ROLE_PROGRAMME_LEAD, /* reads cities' signed releases */
    ROLE_AUDITOR,        /* reads log, retention, releases and permissions */
    ROLE_DPO,            /* data protection officer: the same */
    ROLE_ADMINISTRATOR,  /* people, backup, settings */
    ROLES
};

/* Sets of roles have the bit 1 << role. Two more bits are no roles: readers without an account, and who has
 * shown a password, but not yet what must come with it. */
enum { ROLE_READER = ROLES, ROLE_HALF_SIGNED_IN };

#define ROLE_BIT(role) (UINT32_C(1) << (role))

enum permission {
    PERMISSION_NOBODY = ROUTE_NOBODY,
    PERMISSION_ANYONE = ROUTE_ANYONE,
    PERMISSION_SIGN_IN,       /* for who has not: the link in the menu */
    PERMISSION_SECOND_FACTOR, /* the second step of signing in */
    PERMISSION_OWN_ACCOUNT,   /* one's own name, password, sessions */
    PERMISSION_SITE_WRITE,    /* articles and pages */
    PERMISSION_NETWORK_OWN,   /* one's own organisation */
    PERMISSION_NETWORK_READ,  /* all organisations and contacts */
    PERMISSION_NETWORK_CHANGE,
    PERMISSION_SEMINAR_OWN, /* the seminars one is invited to */
    PERMISSION_SEMINAR_CHANGE,
    PERMISSION_MAIL_READ, /* letters that wait or failed */
    PERMISSION_MAIL_CHANGE,
    PERMISSION_CIRCULAR_WRITE, /* letters to many of the network: also warnings */
    PERMISSION_PLAN_READ,      /* the plan's shared parts */
    PERMISSION_PLAN_REPORT,    /* how one's own organisation's measures go */
    PERMISSION_PLAN_CHANGE,
    PERMISSION_INDICATOR_CHANGE, /* the wording of signs */
    PERMISSION_MODULE_TAKE,      /* information modules and their quiz */
    PERMISSION_OUTREACH_OWN,     /* the evenings of one's own organisation */
    PERMISSION_OBSERVATION_OWN,  /* report, and follow one's own reports */
    PERMISSION_OBSERVATION_READ, /* open sealed reports */
    PERMISSION_OBSERVATION_TRIAGE,
    PERMISSION_RECOVERY_HELP,  /* give a share that one holds; not who reads the log */
    PERMISSION_REGISTER_READ,  /* the register of what came in, without its content */
    PERMISSION_DISCLOSURE_ASK, /* note that somebody asks for a record */
    PERMISSION_OVERVIEW_READ,  /* the monthly picture, protected */
    PERMISSION_EVIDENCE_READ,  /* which signs carry information */
    PERMISSION_MAPPING_READ,   /* how far a mapping has come */
    PERMISSION_MAPPING_START,  /* a new mapping, its sources and names */
    PERMISSION_MAPPING_UPLOAD, /* encodings of one's own agency */
    PERMISSION_MAPPING_RUN,    /* link, estimate, protect, propose */
    PERMISSION_RELEASE_APPROVE,
    PERMISSION_PROGRAMME_READ, /* cities' releases side by side */
    PERMISSION_PROGRAMME_CHANGE,
    PERMISSION_RESEARCH_READ, /* researchers' applications, what was granted and what came of it */
    PERMISSION_RESEARCH_ADVISE,
    PERMISSION_RESEARCH_DECIDE,
    PERMISSION_RESEARCH_PUBLISH, /* what has come of a study, or send it back */
    PERMISSION_AUDIT_READ,
    PERMISSION_RETENTION_READ,
    PERMISSION_RETENTION_CHANGE,
    PERMISSION_PEOPLE_READ, /* accounts and roles */
    PERMISSION_PEOPLE_CHANGE,
    PERMISSION_EXTRACT_READ, /* all that is kept of one person, for who asks */
    PERMISSION_SETTINGS,
    PERMISSION_INCIDENT_READ, /* what has gone wrong, and what was done */
    PERMISSION_INCIDENT_NOTE, /* open an incident, and lead it to its end */
    PERMISSION_DOORS_CHANGE,  /* shut the city's doors */
    PERMISSIONS
};

/* For struct site: permissions[PERMISSIONS]. */
extern const struct route_permission permissions[];

/* May who has `roles`? */
bool permission_has(enum permission permission, uint32_t roles);

/* "coordinator": in the database, the log and on the command line. */
const char *role_name(enum role role);

/* "samordnare": for people. */
struct str role_words(enum role role, enum language language);

/* "samordnare, mottagare": a set of roles, in `a`. */
struct str roles_words(uint32_t roles, enum language language, struct arena *a);

/* The role with the name; false when there is none. */
bool role_from_str(struct str name, enum role *out);

/* The names of those of `roles` that give `permission`, with "+" between, for the log; in `a`. */
const char *permission_ground(enum permission permission, uint32_t roles, struct arena *a);

#endif
