/* What a provider is asked with. */
#include "oidc/tools.h"

#include "base/arena.h"
#include "base/text.h"
#include "oidc/signature.h"

#include <curl/curl.h>
#include <rhonabwy.h>

static void must(CURLcode code)
{
    if (code != CURLE_OK)
        give_up("libcurl does not take a setting: %s", curl_easy_strerror(code));
}

static void begin(void)
{
    must(curl_global_init(CURL_GLOBAL_DEFAULT));
    if (r_global_init() != RHN_OK)
        give_up("librhonabwy cannot start");
}

static void end(void)
{
    r_global_close();
    curl_global_cleanup();
}

static size_t take(char *bytes, size_t size, size_t n, void *context)
{
    struct text *body = context;

    if (size * n > FETCH_MOST_BYTES - body->n)
        return 0; /* libcurl ends the transfer with an error */
    text_add(body, (struct str){bytes, size * n});
    return size * n;
}

static void set_up(CURL *c, const struct fetch *what, struct text *body, struct curl_slist *lines)
{
    must(curl_easy_setopt(c, CURLOPT_URL, what->url));
    must(curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "https"));
    must(curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L));
    must(curl_easy_setopt(c, CURLOPT_PROXY, ""));
    must(curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2));
    if (what->authorities) {
        must(curl_easy_setopt(c, CURLOPT_CAPATH, NULL));
        must(curl_easy_setopt(c, CURLOPT_CAINFO, what->authorities));
    }
    must(curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L));
    must(curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)FETCH_CONNECT_SECONDS));
    must(curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)FETCH_WHOLE_SECONDS));
    must(curl_easy_setopt(c, CURLOPT_MAXFILESIZE, (long)FETCH_MOST_BYTES));
    must(curl_easy_setopt(c, CURLOPT_HTTPHEADER, lines));
    must(curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take));
    must(curl_easy_setopt(c, CURLOPT_WRITEDATA, body));
    if (what->user) {
        must(curl_easy_setopt(c, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC));
        must(curl_easy_setopt(c, CURLOPT_USERNAME, what->user));
        must(curl_easy_setopt(c, CURLOPT_PASSWORD, what->password));
    }
    if (what->form.n > 0) {
        must(curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)what->form.n));
        must(curl_easy_setopt(c, CURLOPT_POSTFIELDS, what->form.p));
    }
}

static enum status fetch(const struct fetch *what, struct arena *a, struct fetched *out, struct err *e)
{
    struct text body = text_open(a);
    struct curl_slist *lines = curl_slist_append(NULL, "Accept: application/json");
    CURL *c = curl_easy_init();
    long http_status = 0;

    if (!c || !lines)
        give_up("libcurl cannot start");
    set_up(c, what, &body, lines);
    CURLcode code = curl_easy_perform(c);
    if (code == CURLE_OK)
        must(curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &http_status));
    curl_easy_cleanup(c);
    curl_slist_free_all(lines);
    if (code != CURLE_OK)
        return err_set(e, SYSTEM, "the provider cannot be asked: %s", curl_easy_strerror(code));
    *out = (struct fetched){.http_status = (int)http_status, .bytes = text_str(&body)};
    return OK;
}

const struct oidc_tools oidc_tools_real = {
    .begin = begin, .end = end, .fetch = fetch, .verify = signature_verify};
