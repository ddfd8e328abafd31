/* The certificate that visitors of a city's address are shown. */
#include "check/certificate.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>
#include <strings.h>

static void must(CURLcode code)
{
    if (code != CURLE_OK)
        give_up("libcurl does not take a setting: %s", curl_easy_strerror(code));
}

static void set_up(CURL *c, const char *address, const char *authorities)
{
    must(curl_easy_setopt(c, CURLOPT_URL, address));
    must(curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "https"));
    must(curl_easy_setopt(c, CURLOPT_PROXY, ""));
    must(curl_easy_setopt(c, CURLOPT_NOBODY, 1L));
    must(curl_easy_setopt(c, CURLOPT_CERTINFO, 1L));
    must(curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2));
    if (authorities) {
        must(curl_easy_setopt(c, CURLOPT_CAPATH, NULL));
        must(curl_easy_setopt(c, CURLOPT_CAINFO, authorities));
    }
    must(curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L));
    must(curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CERTIFICATE_CONNECT_SECONDS));
    must(curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)CERTIFICATE_WHOLE_SECONDS));
}

/* The first of the chain is the site's own; libcurl tells of it in lines as "Expire date:...". */
static bool read_end(CURL *c, int64_t *ends_at)
{
    static const char head[] = "Expire date:";
    struct curl_certinfo *chain = NULL;

    if (curl_easy_getinfo(c, CURLINFO_CERTINFO, &chain) != CURLE_OK || !chain || chain->num_of_certs < 1)
        return false;
    for (const struct curl_slist *line = chain->certinfo[0]; line; line = line->next)
        if (strncasecmp(line->data, head, sizeof head - 1) == 0)
            *ends_at = (int64_t)curl_getdate(line->data + sizeof head - 1, NULL);
    return *ends_at > 0;
}

static enum status end_of(const char *address, const char *authorities, int64_t *ends_at, struct err *e)
{
    enum status s = OK;

    *ends_at = 0;
    must(curl_global_init(CURL_GLOBAL_DEFAULT));
    CURL *c = curl_easy_init();
    if (!c)
        give_up("libcurl cannot start");
    set_up(c, address, authorities);
    CURLcode code = curl_easy_perform(c);
    if (code != CURLE_OK)
        s = err_set(e, SYSTEM, "%s", curl_easy_strerror(code));
    else if (!read_end(c, ends_at))
        s = err_set(e, SYSTEM, "when the certificate ends cannot be read");
    curl_easy_cleanup(c);
    curl_global_cleanup();
    return s;
}

const struct certificate_tools certificate_tools_real = {.end_of = end_of};
