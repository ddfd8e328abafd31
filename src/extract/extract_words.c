/* What the parts and columns of an extract are called. */
#include "extract/extract_words.h"

#include "texts.h"

struct word {
    const char *name;
    enum text_key key;
};

static const struct word part_words[] = {
    {"account", TEXT_EXTRACT_PART_ACCOUNT},
    {"roles", TEXT_EXTRACT_PART_ROLES},
    {"sessions", TEXT_EXTRACT_PART_SESSIONS},
    {"codes_device", TEXT_EXTRACT_PART_CODES_DEVICE},
    {"passkeys", TEXT_EXTRACT_PART_PASSKEYS},
    {"sign_in_of_the_municipality", TEXT_EXTRACT_PART_SIGN_IN_OF_THE_MUNICIPALITY},
    {"invitations_to_an_account", TEXT_EXTRACT_PART_INVITATIONS_TO_AN_ACCOUNT},
    {"lessons", TEXT_EXTRACT_PART_LESSONS},
    {"shares_of_the_recovery_key", TEXT_EXTRACT_PART_SHARES_OF_THE_RECOVERY_KEY},
    {"lists_kept_for_mappings", TEXT_EXTRACT_PART_LISTS_KEPT_FOR_MAPPINGS},
    {"versions_of_articles", TEXT_EXTRACT_PART_VERSIONS_OF_ARTICLES},
    {"contact_of_an_organisation", TEXT_EXTRACT_PART_CONTACT_OF_AN_ORGANISATION},
    {"applications", TEXT_EXTRACT_PART_APPLICATIONS},
    {"rows_of_lists_being_read_in", TEXT_EXTRACT_PART_ROWS_OF_LISTS_BEING_READ_IN},
    {"invitations_to_seminars", TEXT_EXTRACT_PART_INVITATIONS_TO_SEMINARS},
    {"sign_ups_for_seminars", TEXT_EXTRACT_PART_SIGN_UPS_FOR_SEMINARS},
    {"circulars", TEXT_EXTRACT_PART_CIRCULARS},
    {"letters", TEXT_EXTRACT_PART_LETTERS},
    {"address_that_is_not_written_to", TEXT_EXTRACT_PART_ADDRESS_THAT_IS_NOT_WRITTEN_TO},
    {"readers_of_drafts", TEXT_EXTRACT_PART_READERS_OF_DRAFTS},
    {"researchers_applications", TEXT_EXTRACT_PART_RESEARCHERS_APPLICATIONS},
    {"researchers_results", TEXT_EXTRACT_PART_RESEARCHERS_RESULTS},
    {"last_looks_of_a_city", TEXT_EXTRACT_PART_LAST_LOOKS_OF_A_CITY},
    {"lines_of_the_log", TEXT_EXTRACT_PART_LINES_OF_THE_LOG},
    {NULL, TEXT_EXTRACT_TITLE},
};

static const struct word column_words[] = {
    {"action", TEXT_EXTRACT_COLUMN_ACTION},
    {"answer", TEXT_EXTRACT_COLUMN_ANSWER},
    {"answered", TEXT_EXTRACT_COLUMN_ANSWERED},
    {"answered_at", TEXT_EXTRACT_COLUMN_ANSWERED_AT},
    {"applied_at", TEXT_EXTRACT_COLUMN_APPLIED_AT},
    {"arrived_at", TEXT_EXTRACT_COLUMN_ARRIVED_AT},
    {"at", TEXT_EXTRACT_COLUMN_AT},
    {"came_at", TEXT_EXTRACT_COLUMN_CAME_AT},
    {"city", TEXT_EXTRACT_COLUMN_CITY},
    {"contact", TEXT_EXTRACT_COLUMN_CONTACT},
    {"decided_at", TEXT_EXTRACT_COLUMN_DECIDED_AT},
    {"deputy", TEXT_EXTRACT_COLUMN_DEPUTY},
    {"deputy_email", TEXT_EXTRACT_COLUMN_DEPUTY_EMAIL},
    {"deputy_phone", TEXT_EXTRACT_COLUMN_DEPUTY_PHONE},
    {"device", TEXT_EXTRACT_COLUMN_DEVICE},
    {"email", TEXT_EXTRACT_COLUMN_EMAIL},
    {"ends_at", TEXT_EXTRACT_COLUMN_ENDS_AT},
    {"ethics_number", TEXT_EXTRACT_COLUMN_ETHICS_NUMBER},
    {"failed_at", TEXT_EXTRACT_COLUMN_FAILED_AT},
    {"finished_on", TEXT_EXTRACT_COLUMN_FINISHED_ON},
    {"handed_in_at", TEXT_EXTRACT_COLUMN_HANDED_IN_AT},
    {"held_on", TEXT_EXTRACT_COLUMN_HELD_ON},
    {"institution", TEXT_EXTRACT_COLUMN_INSTITUTION},
    {"invited_at", TEXT_EXTRACT_COLUMN_INVITED_AT},
    {"issuer", TEXT_EXTRACT_COLUMN_ISSUER},
    {"language", TEXT_EXTRACT_COLUMN_LANGUAGE},
    {"left_at", TEXT_EXTRACT_COLUMN_LEFT_AT},
    {"linked_at", TEXT_EXTRACT_COLUMN_LINKED_AT},
    {"made_at", TEXT_EXTRACT_COLUMN_MADE_AT},
    {"method", TEXT_EXTRACT_COLUMN_METHOD},
    {"name", TEXT_EXTRACT_COLUMN_NAME},
    {"named_on", TEXT_EXTRACT_COLUMN_NAMED_ON},
    {"needs", TEXT_EXTRACT_COLUMN_NEEDS},
    {"number", TEXT_EXTRACT_COLUMN_NUMBER},
    {"organisation", TEXT_EXTRACT_COLUMN_ORGANISATION},
    {"people", TEXT_EXTRACT_COLUMN_PEOPLE},
    {"phone", TEXT_EXTRACT_COLUMN_PHONE},
    {"purpose", TEXT_EXTRACT_COLUMN_PURPOSE},
    {"read_at", TEXT_EXTRACT_COLUMN_READ_AT},
    {"reason", TEXT_EXTRACT_COLUMN_REASON},
    {"role", TEXT_EXTRACT_COLUMN_ROLE},
    {"seen_at", TEXT_EXTRACT_COLUMN_SEEN_AT},
    {"seminar", TEXT_EXTRACT_COLUMN_SEMINAR},
    {"sent_at", TEXT_EXTRACT_COLUMN_SENT_AT},
    {"set_up_at", TEXT_EXTRACT_COLUMN_SET_UP_AT},
    {"signed_in_at", TEXT_EXTRACT_COLUMN_SIGNED_IN_AT},
    {"signer_email", TEXT_EXTRACT_COLUMN_SIGNER_EMAIL},
    {"since_at", TEXT_EXTRACT_COLUMN_SINCE_AT},
    {"state", TEXT_EXTRACT_COLUMN_STATE},
    {"state_at", TEXT_EXTRACT_COLUMN_STATE_AT},
    {"subject", TEXT_EXTRACT_COLUMN_SUBJECT},
    {"text", TEXT_EXTRACT_COLUMN_TEXT},
    {"title", TEXT_EXTRACT_COLUMN_TITLE},
    {"unsubscribed_at", TEXT_EXTRACT_COLUMN_UNSUBSCRIBED_AT},
    {"used_at", TEXT_EXTRACT_COLUMN_USED_AT},
    {"wanted", TEXT_EXTRACT_COLUMN_WANTED},
    {"words", TEXT_EXTRACT_COLUMN_WORDS},
    {"work", TEXT_EXTRACT_COLUMN_WORK},
    {NULL, TEXT_EXTRACT_TITLE},
};

static struct str find(const struct word *words, struct str name, enum language language)
{
    for (const struct word *w = words; w->name; w++)
        if (str_is(name, w->name))
            return catalogue_text(catalogue_of(language), w->key);
    return name;
}

struct str extract_part_word(struct str name, enum language language)
{
    return find(part_words, name, language);
}

struct str extract_column_word(struct str name, enum language language)
{
    return find(column_words, name, language);
}
