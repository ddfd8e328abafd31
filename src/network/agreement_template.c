/* A text of the agreement to begin with. */
#include "network/agreement_template.h"

extern const char network_agreement_sv[]; /* agreement_sv.md */
extern const char network_agreement_en[]; /* agreement_en.md */

enum { TEMPLATE_MONTHS = 24 };

struct agreement_text agreement_template(void)
{
    return (struct agreement_text){
        .title = {S("Överenskommelse om nätverket"), S("Agreement of the network")},
        .body = {str_of(network_agreement_sv), str_of(network_agreement_en)},
        .changes = {S(""), S("")},
        .valid_months = TEMPLATE_MONTHS};
}
