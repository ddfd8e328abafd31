/* Who may do what: the one table. */
#include "portal/permission.h"

#include "base/arena.h"
#include "base/text.h"

enum {
    MEMBER = ROLE_BIT(ROLE_MEMBER),
    COORDINATOR = ROLE_BIT(ROLE_COORDINATOR),
    TRIAGE = ROLE_BIT(ROLE_TRIAGE),
    LIST_KEEPER = ROLE_BIT(ROLE_LIST_KEEPER),
    ANALYST = ROLE_BIT(ROLE_ANALYST),
    APPROVER = ROLE_BIT(ROLE_APPROVER),
    PROGRAMME_LEAD = ROLE_BIT(ROLE_PROGRAMME_LEAD),
    AUDITOR = ROLE_BIT(ROLE_AUDITOR),
    DPO = ROLE_BIT(ROLE_DPO),
    ADMINISTRATOR = ROLE_BIT(ROLE_ADMINISTRATOR),
    EVERY_ROLE = ROLE_BIT(ROLES) - 1,
    READER = ROLE_BIT(ROLE_READER),
    HALF = ROLE_BIT(ROLE_HALF_SIGNED_IN)
};

const struct route_permission permissions[PERMISSIONS] = {
    [PERMISSION_NOBODY] = {"nobody", 0},
    [PERMISSION_ANYONE] = {"anyone", READER | HALF | EVERY_ROLE},
    [PERMISSION_SIGN_IN] = {"account.sign_in", READER | HALF},
    [PERMISSION_SECOND_FACTOR] = {"account.second_factor", HALF},
    [PERMISSION_OWN_ACCOUNT] = {"account.own", EVERY_ROLE},
    [PERMISSION_SITE_WRITE] = {"site.write", COORDINATOR},
    [PERMISSION_NETWORK_OWN] = {"network.own", MEMBER},
    [PERMISSION_NETWORK_READ] = {"network.read", COORDINATOR},
    [PERMISSION_NETWORK_CHANGE] = {"network.change", COORDINATOR},
    [PERMISSION_SEMINAR_OWN] = {"seminar.own", MEMBER},
    [PERMISSION_SEMINAR_CHANGE] = {"seminar.change", COORDINATOR},
    [PERMISSION_MAIL_READ] = {"mail.read", COORDINATOR | ADMINISTRATOR},
    [PERMISSION_MAIL_CHANGE] = {"mail.change", COORDINATOR},
    [PERMISSION_CIRCULAR_WRITE] = {"circular.write", COORDINATOR | TRIAGE},
    [PERMISSION_PLAN_READ] = {"plan.read", MEMBER | COORDINATOR | TRIAGE | AUDITOR | DPO},
    [PERMISSION_PLAN_REPORT] = {"plan.report", MEMBER | COORDINATOR},
    [PERMISSION_PLAN_CHANGE] = {"plan.change", COORDINATOR},
    [PERMISSION_INDICATOR_CHANGE] = {"indicator.change", COORDINATOR},
    [PERMISSION_MODULE_TAKE] = {"module.take", EVERY_ROLE},
    [PERMISSION_OUTREACH_OWN] = {"outreach.own", MEMBER},
    [PERMISSION_OBSERVATION_OWN] = {"observation.own", MEMBER | COORDINATOR | TRIAGE},
    [PERMISSION_OBSERVATION_READ] = {"observation.read", TRIAGE},
    [PERMISSION_OBSERVATION_TRIAGE] = {"observation.triage", TRIAGE},
    [PERMISSION_RECOVERY_HELP] = {"recovery.help", MEMBER | COORDINATOR | TRIAGE | LIST_KEEPER | ANALYST |
                                                       APPROVER | PROGRAMME_LEAD | ADMINISTRATOR},
    [PERMISSION_REGISTER_READ] = {"register.read", COORDINATOR | TRIAGE | AUDITOR | DPO},
    [PERMISSION_DISCLOSURE_ASK] = {"disclosure.ask", MEMBER | COORDINATOR | TRIAGE},
    [PERMISSION_OVERVIEW_READ] = {"overview.read", MEMBER | COORDINATOR | TRIAGE | ANALYST},
    [PERMISSION_EVIDENCE_READ] = {"evidence.read", COORDINATOR | TRIAGE | ANALYST},
    [PERMISSION_MAPPING_READ] = {"mapping.read",
                                 COORDINATOR | ANALYST | APPROVER | LIST_KEEPER | AUDITOR | DPO},
    [PERMISSION_MAPPING_START] = {"mapping.start", COORDINATOR},
    [PERMISSION_MAPPING_UPLOAD] = {"mapping.upload", LIST_KEEPER},
    [PERMISSION_MAPPING_RUN] = {"mapping.run", ANALYST},
    [PERMISSION_RELEASE_APPROVE] = {"release.approve", APPROVER},
    [PERMISSION_PROGRAMME_READ] = {"programme.read", COORDINATOR | ANALYST | PROGRAMME_LEAD | AUDITOR | DPO},
    [PERMISSION_PROGRAMME_CHANGE] = {"programme.change", PROGRAMME_LEAD},
    [PERMISSION_RESEARCH_READ] = {"research.read", COORDINATOR | PROGRAMME_LEAD | AUDITOR | DPO},
    [PERMISSION_RESEARCH_ADVISE] = {"research.advise", DPO},
    [PERMISSION_RESEARCH_DECIDE] = {"research.decide", COORDINATOR | PROGRAMME_LEAD},
    [PERMISSION_RESEARCH_PUBLISH] = {"research.publish", COORDINATOR | PROGRAMME_LEAD},
    [PERMISSION_AUDIT_READ] = {"audit.read", AUDITOR | DPO},
    [PERMISSION_RETENTION_READ] = {"retention.read", COORDINATOR | AUDITOR | DPO | ADMINISTRATOR},
    [PERMISSION_RETENTION_CHANGE] = {"retention.change", ADMINISTRATOR},
    [PERMISSION_PEOPLE_READ] = {"people.read", ADMINISTRATOR | AUDITOR | DPO},
    [PERMISSION_PEOPLE_CHANGE] = {"people.change", ADMINISTRATOR},
    [PERMISSION_EXTRACT_READ] = {"extract.read", ADMINISTRATOR | DPO},
    [PERMISSION_SETTINGS] = {"settings", ADMINISTRATOR},
    [PERMISSION_INCIDENT_READ] = {"incident.read", AUDITOR | DPO | ADMINISTRATOR},
    [PERMISSION_INCIDENT_NOTE] = {"incident.note", DPO | ADMINISTRATOR},
    [PERMISSION_DOORS_CHANGE] = {"doors.change", ADMINISTRATOR},
};

bool permission_has(enum permission permission, uint32_t roles)
{
    return route_may(permissions, PERMISSIONS, (int)permission, roles);
}

static const struct {
    const char *name;
    enum text_key words;
} names[ROLES] = {
    [ROLE_MEMBER] = {"member", TEXT_PORTAL_ROLE_MEMBER},
    [ROLE_COORDINATOR] = {"coordinator", TEXT_PORTAL_ROLE_COORDINATOR},
    [ROLE_TRIAGE] = {"triage", TEXT_PORTAL_ROLE_TRIAGE},
    [ROLE_LIST_KEEPER] = {"list-keeper", TEXT_PORTAL_ROLE_LIST_KEEPER},
    [ROLE_ANALYST] = {"analyst", TEXT_PORTAL_ROLE_ANALYST},
    [ROLE_APPROVER] = {"approver", TEXT_PORTAL_ROLE_APPROVER},
    [ROLE_PROGRAMME_LEAD] = {"programme-lead", TEXT_PORTAL_ROLE_PROGRAMME_LEAD},
    [ROLE_AUDITOR] = {"auditor", TEXT_PORTAL_ROLE_AUDITOR},
    [ROLE_DPO] = {"dpo", TEXT_PORTAL_ROLE_DPO},
    [ROLE_ADMINISTRATOR] = {"administrator", TEXT_PORTAL_ROLE_ADMINISTRATOR},
};

const char *role_name(enum role role)
{
    return names[role].name;
}

struct str role_words(enum role role, enum language language)
{
    return catalogue_text(catalogue_of(language), names[role].words);
}

struct str roles_words(uint32_t roles, enum language language, struct arena *a)
{
    struct text t = text_open(a);

    for (int i = 0; i < ROLES; i++) {
        if (!(roles & ROLE_BIT(i)))
            continue;
        if (t.n)
            text_lit(&t, ", ");
        text_add(&t, role_words((enum role)i, language));
    }
    return text_str(&t);
}

bool role_from_str(struct str name, enum role *out)
{
    for (int i = 0; i < ROLES; i++)
        if (str_is(name, names[i].name)) {
            *out = (enum role)i;
            return true;
        }
    return false;
}

const char *permission_ground(enum permission permission, uint32_t roles, struct arena *a)
{
    uint32_t giving = permissions[permission].roles & roles;
    struct text ground = text_open(a);

    for (int i = 0; i < ROLES; i++)
        if (giving & ROLE_BIT(i))
            text_format(&ground, "%s%s", ground.n ? "+" : "", names[i].name);
    return ground.n ? text_str(&ground).p : "reader";
}
