/* What a person reads when a page cannot be shown. */
#include "web/error.h"

struct error_view error_view_of(int http_status, enum language language, struct str number)
{
    static const struct {
        int from;
        enum text_key title, advice;
    } texts[] = {
        {504, TEXT_WEB_ERROR_FAULT_TITLE, TEXT_WEB_ERROR_FAULT_ADVICE},
        {503, TEXT_WEB_ERROR_SHUT_TITLE, TEXT_WEB_ERROR_SHUT_ADVICE},
        {500, TEXT_WEB_ERROR_FAULT_TITLE, TEXT_WEB_ERROR_FAULT_ADVICE},
        {431, TEXT_WEB_ERROR_TOO_LARGE_TITLE, TEXT_WEB_ERROR_TOO_LARGE_ADVICE},
        {429, TEXT_WEB_ERROR_TOO_MANY_TITLE, TEXT_WEB_ERROR_TOO_MANY_ADVICE},
        {422, TEXT_WEB_ERROR_REFUSED_TITLE, TEXT_WEB_ERROR_REFUSED_ADVICE},
        {413, TEXT_WEB_ERROR_TOO_LARGE_TITLE, TEXT_WEB_ERROR_TOO_LARGE_ADVICE},
        {411, TEXT_WEB_ERROR_BAD_REQUEST_TITLE, TEXT_WEB_ERROR_BAD_REQUEST_ADVICE},
        {410, TEXT_WEB_ERROR_NOT_FOUND_TITLE, TEXT_WEB_ERROR_NOT_FOUND_ADVICE},
        {409, TEXT_WEB_ERROR_SENT_TITLE, TEXT_WEB_ERROR_SENT_ADVICE},
        {405, TEXT_WEB_ERROR_METHOD_TITLE, TEXT_WEB_ERROR_METHOD_ADVICE},
        {404, TEXT_WEB_ERROR_NOT_FOUND_TITLE, TEXT_WEB_ERROR_NOT_FOUND_ADVICE},
        {403, TEXT_WEB_ERROR_FORBIDDEN_TITLE, TEXT_WEB_ERROR_FORBIDDEN_ADVICE},
        {0, TEXT_WEB_ERROR_BAD_REQUEST_TITLE, TEXT_WEB_ERROR_BAD_REQUEST_ADVICE},
    };
    size_t i = 0;

    while (http_status < texts[i].from)
        i++;
    return (struct error_view){
        .http_status = http_status,
        .language_code = language_code(language),
        .title = texts[i].title,
        .advice = texts[i].advice,
        .number = http_status >= 500 && http_status != 503 ? number : (struct str){NULL, 0},
        .start = language == LANGUAGE_SV ? S("/") : S("/en/"),
    };
}
