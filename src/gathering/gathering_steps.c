/* The steps of a gathering: who takes them when. */
#include "gathering/gathering_view.h"

#include "gathering/gathering_asking.h"
#include "gathering/gathering_keys.h"
#include "gathering/gathering_ring.h"
#include "portal/portal.h"
#include "web/request.h"

#define ALL_STATES (GATHERING_BIT(GATHERING_STATES) - 1)
#define NOT_ENDED (ALL_STATES & ~GATHERING_BIT(GATHERING_ENDED))

const struct gathering_step_row gathering_steps[STEPS] = {
    [STEP_START] = {.path = "/borja",
                    .permission = PERMISSION_MAPPING_START,
                    .title = TEXT_GATHERING_START_TITLE,
                    .about = TEXT_GATHERING_START_ABOUT,
                    .button = TEXT_GATHERING_START_BUTTON,
                    .wrong = TEXT_GATHERING_START_WRONG},
    [STEP_READER] = {.path = "/lankare",
                     .permission = PERMISSION_MAPPING_RUN,
                     .states = GATHERING_BIT(GATHERING_KEYS),
                     .title = TEXT_GATHERING_READER_TITLE,
                     .about = TEXT_GATHERING_READER_ABOUT,
                     .button = TEXT_GATHERING_KEY_BUTTON,
                     .wrong = TEXT_GATHERING_KEY_WRONG},
    [STEP_KEY] = {.path = "/nyckel",
                  .permission = PERMISSION_MAPPING_UPLOAD,
                  .states = GATHERING_BIT(GATHERING_KEYS),
                  .title = TEXT_GATHERING_KEY_TITLE,
                  .about = TEXT_GATHERING_KEY_ABOUT,
                  .button = TEXT_GATHERING_KEY_BUTTON,
                  .wrong = TEXT_GATHERING_KEY_WRONG},
    [STEP_LEAVE] = {.path = "/lamna",
                    .permission = PERMISSION_MAPPING_UPLOAD,
                    .states = GATHERING_BIT(GATHERING_KEYS),
                    .title = TEXT_GATHERING_LEAVE_TITLE,
                    .about = TEXT_GATHERING_LEAVE_ABOUT,
                    .button = TEXT_GATHERING_LEAVE_BUTTON,
                    .is_aside = true},
    [STEP_KEYS] = {.path = "/klara",
                   .permission = PERMISSION_MAPPING_START,
                   .states = GATHERING_BIT(GATHERING_KEYS),
                   .title = TEXT_GATHERING_KEYS_TITLE,
                   .about = TEXT_GATHERING_KEYS_ABOUT,
                   .button = TEXT_GATHERING_KEYS_BUTTON},
    [STEP_DIGITS] = {.path = "/siffror",
                     .permission = PERMISSION_MAPPING_UPLOAD,
                     .states = GATHERING_BIT(GATHERING_DIGITS),
                     .title = TEXT_GATHERING_DIGITS_TITLE,
                     .about = TEXT_GATHERING_DIGITS_ABOUT,
                     .button = TEXT_GATHERING_DIGITS_BUTTON},
    [STEP_SECRET] = {.path = "/hemlighet",
                     .permission = PERMISSION_MAPPING_UPLOAD,
                     .states = GATHERING_BIT(GATHERING_SECRET),
                     .title = TEXT_GATHERING_SECRET_TITLE,
                     .about = TEXT_GATHERING_SECRET_ABOUT,
                     .button = TEXT_GATHERING_SECRET_BUTTON,
                     .wrong = TEXT_GATHERING_SECRET_WRONG},
    [STEP_LIST] = {.path = "/lista",
                   .permission = PERMISSION_MAPPING_UPLOAD,
                   .states = GATHERING_BIT(GATHERING_HANDING_IN) | GATHERING_BIT(GATHERING_WHOLE),
                   .title = TEXT_GATHERING_LIST_TITLE,
                   .about = TEXT_GATHERING_LIST_ABOUT,
                   .button = TEXT_GATHERING_LIST_BUTTON,
                   .wrong = TEXT_GATHERING_LIST_WRONG},
    [STEP_RING_JOIN] = {.path = "/ring-lista",
                        .permission = PERMISSION_MAPPING_UPLOAD,
                        .states = GATHERING_BIT(GATHERING_JOINING),
                        .title = TEXT_GATHERING_RING_JOIN_TITLE,
                        .about = TEXT_GATHERING_RING_JOIN_ABOUT,
                        .button = TEXT_GATHERING_RING_JOIN_BUTTON,
                        .wrong = TEXT_GATHERING_RING_FAULT_FORMAT},
    [STEP_RING_LEAVE] = {.path = "/ring-bort",
                         .permission = PERMISSION_MAPPING_UPLOAD,
                         .states = GATHERING_BIT(GATHERING_JOINING),
                         .title = TEXT_GATHERING_RING_LEAVE_TITLE,
                         .about = TEXT_GATHERING_RING_LEAVE_ABOUT,
                         .button = TEXT_GATHERING_RING_LEAVE_BUTTON,
                         .is_aside = true},
    [STEP_RING_CLOSE] = {.path = "/ring-klara",
                         .permission = PERMISSION_MAPPING_START,
                         .states = GATHERING_BIT(GATHERING_JOINING),
                         .title = TEXT_GATHERING_RING_CLOSE_TITLE,
                         .about = TEXT_GATHERING_RING_CLOSE_ABOUT,
                         .button = TEXT_GATHERING_RING_CLOSE_BUTTON},
    [STEP_RING_PASS] = {.path = "/ring-vidare",
                        .permission = PERMISSION_MAPPING_UPLOAD,
                        .states = GATHERING_BIT(GATHERING_GOING_ROUND),
                        .title = TEXT_GATHERING_RING_PASS_TITLE,
                        .about = TEXT_GATHERING_RING_PASS_ABOUT,
                        .button = TEXT_GATHERING_RING_PASS_BUTTON,
                        .wrong = TEXT_GATHERING_RING_FAULT_FORMAT},
    [STEP_RING_OUT] = {.path = "/ring-ut",
                       .permission = PERMISSION_MAPPING_START,
                       .states = GATHERING_BIT(GATHERING_JOINING) | GATHERING_BIT(GATHERING_GOING_ROUND) |
                                 GATHERING_BIT(GATHERING_WHOLE),
                       .title = TEXT_GATHERING_RING_OUT_TITLE,
                       .about = TEXT_GATHERING_RING_OUT_ABOUT,
                       .button = TEXT_GATHERING_RING_OUT_BUTTON,
                       .is_aside = true},
    [STEP_RING_ANEW] = {.path = "/ring-om",
                        .permission = PERMISSION_MAPPING_START,
                        .states = GATHERING_BIT(GATHERING_GOING_ROUND) | GATHERING_BIT(GATHERING_WHOLE),
                        .title = TEXT_GATHERING_RING_ANEW_TITLE,
                        .about = TEXT_GATHERING_RING_ANEW_ABOUT,
                        .button = TEXT_GATHERING_RING_ANEW_BUTTON,
                        .is_aside = true},
    [STEP_SHORT] = {.path = "/korta",
                    .permission = PERMISSION_MAPPING_START,
                    .states = GATHERING_BIT(GATHERING_HANDING_IN) | GATHERING_BIT(GATHERING_GOING_ROUND) |
                              GATHERING_BIT(GATHERING_WHOLE),
                    .title = TEXT_GATHERING_SHORT_TITLE,
                    .about = TEXT_GATHERING_SHORT_ABOUT,
                    .button = TEXT_GATHERING_SHORT_BUTTON},
    [STEP_ASK] = {.path = "/fraga",
                  .permission = PERMISSION_MAPPING_RUN,
                  .states = GATHERING_BIT(GATHERING_WHOLE),
                  .title = TEXT_GATHERING_ASK_TITLE,
                  .about = TEXT_GATHERING_ASK_ABOUT,
                  .button = TEXT_GATHERING_ASK_BUTTON,
                  .wrong = TEXT_GATHERING_ASK_WRONG,
                  .is_asking = true},
    [STEP_ACCURACY] = {.path = "/traff",
                       .permission = PERMISSION_MAPPING_RUN,
                       .states = GATHERING_BIT(GATHERING_WHOLE),
                       .title = TEXT_GATHERING_ACCURACY_TITLE,
                       .about = TEXT_GATHERING_ACCURACY_ABOUT,
                       .button = TEXT_GATHERING_ACCURACY_BUTTON,
                       .wrong = TEXT_GATHERING_ACCURACY_WRONG,
                       .is_asking = true},
    [STEP_RECEIPT] = {.path = "/kvitto",
                      .permission = PERMISSION_MAPPING_UPLOAD,
                      .states = GATHERING_BIT(GATHERING_WHOLE) | GATHERING_BIT(GATHERING_ENDED),
                      .title = TEXT_GATHERING_RECEIPT_TITLE,
                      .about = TEXT_GATHERING_RECEIPT_ABOUT,
                      .button = TEXT_GATHERING_RECEIPT_BUTTON,
                      .wrong = TEXT_GATHERING_RECEIPT_WRONG},
    [STEP_ANEW] = {.path = "/om",
                   .permission = PERMISSION_MAPPING_START,
                   .states = NOT_ENDED & ~(GATHERING_BIT(GATHERING_KEYS) | GATHERING_BIT(GATHERING_JOINING)),
                   .title = TEXT_GATHERING_ANEW_TITLE,
                   .about = TEXT_GATHERING_ANEW_ABOUT,
                   .button = TEXT_GATHERING_ANEW_BUTTON,
                   .is_aside = true},
    [STEP_END] = {.path = "/avsluta",
                  .permission = PERMISSION_MAPPING_START,
                  .states = NOT_ENDED,
                  .title = TEXT_GATHERING_END_TITLE,
                  .about = TEXT_GATHERING_END_ABOUT,
                  .button = TEXT_GATHERING_END_BUTTON,
                  .is_aside = true},
};

static bool is_ready(const struct gathering *g)
{
    return g->reader.n > 0 && g->lists >= 2;
}

bool gathering_may(const struct request *r, const struct gathering *g, enum gathering_step step)
{
    const struct gathering_step_row *row = &gathering_steps[step];
    const struct gathering_list *own = gathering_list_of(g, portal_visitor(r)->person.id);

    if (!portal_may(r, row->permission) || !(row->states & GATHERING_BIT(g->state)))
        return false;
    switch (step) {
    case STEP_READER:
        return !own;
    case STEP_KEY:
        return portal_visitor(r)->person.id != g->reader_by;
    case STEP_KEYS:
        return is_ready(g);
    case STEP_SHORT:
        return gathering_waits(g);
    case STEP_ASK:
        return !own && !gathering_is_ring(g) && !gathering_waits(g);
    case STEP_ACCURACY:
        return !own && g->asking && gathering_has_answers(g->asking);
    case STEP_RECEIPT:
        return own && own->receipt_at == 0;
    case STEP_LIST:
        return own && !gathering_is_ring(g);
    case STEP_RING_CLOSE:
        return g->lists >= 2;
    case STEP_RING_PASS:
        return gathering_is_waited_for(g, own);
    case STEP_RING_OUT:
        return gathering_is_ring(g) && g->lists > (g->state == GATHERING_JOINING ? 0 : 2);
    case STEP_RING_ANEW:
        return gathering_is_ring(g);
    case STEP_ANEW:
        return !gathering_is_ring(g);
    case STEP_LEAVE:
    case STEP_RING_LEAVE:
    case STEP_DIGITS:
    case STEP_SECRET:
        return own != NULL;
    case STEP_START:
    case STEP_RING_JOIN:
    case STEP_END:
    case STEPS:
        break;
    }
    return true;
}
