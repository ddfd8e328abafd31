/* What a browser says of a passkey, checked. */
#include "passkey/webauthn.h"

#include "base/arena.h"

#include <jansson.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509.h>
#include <sodium.h>

#include <string.h>

/* Authenticator data, section 6.1: a hash of the host, flags, a counter, and for a new passkey its id. */
enum {
    HOST_HASH_BYTES = 32,
    FLAGS_AT = 32,
    COUNTER_AT = 33,
    HEAD_BYTES = 37,
    CREDENTIAL_LENGTH_AT = HEAD_BYTES + 16, /* after the device's model */
    CREDENTIAL_AT = CREDENTIAL_LENGTH_AT + 2,
    FLAG_PRESENT = 0x01,
    FLAG_VERIFIED = 0x04,
    FLAG_CREDENTIAL = 0x40,
    LEAST_RSA_BITS = 2048
};

static bool member_is(const json_t *object, const char *name, struct str wanted)
{
    const json_t *member = json_object_get(object, name);

    return json_is_string(member) &&
           str_equal((struct str){json_string_value(member), json_string_length(member)}, wanted);
}

static enum status check_members(const json_t *data, const struct webauthn_site *site, struct str type,
                                 struct str challenge, struct err *e)
{
    const json_t *cross = json_object_get(data, "crossOrigin");

    if (!member_is(data, "type", type))
        return err_set(e, REFUSED, "the answer is to another question");
    if (challenge.n == 0 || !member_is(data, "challenge", challenge))
        return err_set(e, REFUSED, "the answer is to another challenge");
    if (!member_is(data, "origin", site->origin))
        return err_set(e, REFUSED, "the answer was given on another site");
    if (cross && !json_is_false(cross))
        return err_set(e, REFUSED, "the answer was given inside another site");
    return OK;
}

/* Browsers add members: what is not known is passed over. */
static enum status check_client_data(const struct webauthn_site *site, struct str type, struct str challenge,
                                     struct str bytes, struct err *e)
{
    json_t *data = bytes.n <= WEBAUTHN_MOST_BYTES
                       ? json_loadb(bytes.p ? bytes.p : "", bytes.n, JSON_REJECT_DUPLICATES, NULL)
                       : NULL;
    enum status s = json_is_object(data) ? check_members(data, site, type, challenge, e)
                                         : err_set(e, REFUSED, "the browser's answer is not understood");

    json_decref(data);
    return s;
}

static unsigned byte_at(struct str s, size_t i)
{
    return (unsigned char)s.p[i];
}

/* Is it for this host, with somebody present whom the device has verified? */
static enum status check_head(const struct webauthn_site *site, struct str data, int64_t *counter,
                              struct err *e)
{
    unsigned char hash[crypto_hash_sha256_BYTES];

    if (data.n < HEAD_BYTES || data.n > WEBAUTHN_MOST_BYTES)
        return err_set(e, REFUSED, "the device's answer is not understood");
    crypto_hash_sha256(hash, (const unsigned char *)site->host.p, site->host.n);
    if (memcmp(hash, data.p, HOST_HASH_BYTES) != 0)
        return err_set(e, REFUSED, "the passkey is for another site");
    if (!(byte_at(data, FLAGS_AT) & FLAG_PRESENT) || !(byte_at(data, FLAGS_AT) & FLAG_VERIFIED))
        return err_set(e, REFUSED, "the device has not verified who uses it");
    *counter = 0;
    for (size_t i = 0; i < 4; i++)
        *counter = *counter << 8 | byte_at(data, COUNTER_AT + i);
    return OK;
}

/* The id that was sent beside is the one the device has put its name to. */
static enum status check_credential(struct str data, struct str credential, struct err *e)
{
    if (!(byte_at(data, FLAGS_AT) & FLAG_CREDENTIAL) || data.n < CREDENTIAL_AT)
        return err_set(e, REFUSED, "the device has made no passkey");
    size_t n = (size_t)byte_at(data, CREDENTIAL_LENGTH_AT) << 8 | byte_at(data, CREDENTIAL_LENGTH_AT + 1);
    if (n == 0 || n > WEBAUTHN_CREDENTIAL_MOST_BYTES || data.n - CREDENTIAL_AT < n ||
        !str_equal((struct str){data.p + CREDENTIAL_AT, n}, credential))
        return err_set(e, REFUSED, "the passkey's id is not the device's");
    return OK;
}

/* The public key, when it is one of its algorithm; NULL else. */
static EVP_PKEY *read_key(const struct webauthn_key *key)
{
    const unsigned char *at = (const unsigned char *)key->spki.p;
    char group[32] = "";
    size_t n = 0;
    EVP_PKEY *read = key->spki.n > 0 && key->spki.n <= WEBAUTHN_MOST_BYTES
                         ? d2i_PUBKEY(NULL, &at, (long)key->spki.n)
                         : NULL;
    bool is_right = read && at == (const unsigned char *)key->spki.p + key->spki.n;

    if (is_right && key->algorithm == WEBAUTHN_ES256)
        is_right = EVP_PKEY_get_base_id(read) == EVP_PKEY_EC &&
                   EVP_PKEY_get_group_name(read, group, sizeof group, &n) == 1 &&
                   strcmp(group, SN_X9_62_prime256v1) == 0;
    else if (is_right && key->algorithm == WEBAUTHN_EDDSA)
        is_right = EVP_PKEY_get_base_id(read) == EVP_PKEY_ED25519;
    else if (is_right)
        is_right = key->algorithm == WEBAUTHN_RS256 && EVP_PKEY_get_base_id(read) == EVP_PKEY_RSA &&
                   EVP_PKEY_get_bits(read) >= LEAST_RSA_BITS;
    if (is_right)
        return read;
    EVP_PKEY_free(read);
    return NULL;
}

enum status webauthn_check_new(const struct webauthn_site *site, struct str challenge,
                               const struct webauthn_sent *sent, struct webauthn_key *key, struct err *e)
{
    TRY(check_client_data(site, S("webauthn.create"), challenge, sent->client_data, e));
    TRY(check_head(site, sent->authenticator_data, &key->counter, e));
    TRY(check_credential(sent->authenticator_data, key->credential, e));
    EVP_PKEY *read = read_key(key);
    if (!read)
        return err_set(e, REFUSED, "the passkey's kind is not one that is accepted");
    EVP_PKEY_free(read);
    return OK;
}

/* The signature is over the authenticator data and the hash of the client data, section 6.3.3. */
static bool has_signed(EVP_PKEY *key, int64_t algorithm, const struct webauthn_sent *sent)
{
    const EVP_MD *digest = algorithm == WEBAUTHN_EDDSA ? NULL : EVP_sha256();
    unsigned char hashed[WEBAUTHN_MOST_BYTES + crypto_hash_sha256_BYTES];
    size_t n = sent->authenticator_data.n;
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    if (!context)
        give_up("no memory for checking a signature");
    memcpy(hashed, sent->authenticator_data.p, n);
    crypto_hash_sha256(hashed + n, (const unsigned char *)sent->client_data.p, sent->client_data.n);
    bool is_right = sent->signature.n > 0 && EVP_DigestVerifyInit(context, NULL, digest, NULL, key) == 1 &&
                    EVP_DigestVerify(context, (const unsigned char *)sent->signature.p, sent->signature.n,
                                     hashed, n + crypto_hash_sha256_BYTES) == 1;
    EVP_MD_CTX_free(context);
    return is_right;
}

enum status webauthn_check_use(const struct webauthn_site *site, struct str challenge,
                               const struct webauthn_sent *sent, struct webauthn_key *key, struct err *e)
{
    int64_t counter = 0;

    TRY(check_client_data(site, S("webauthn.get"), challenge, sent->client_data, e));
    TRY(check_head(site, sent->authenticator_data, &counter, e));
    EVP_PKEY *read = read_key(key);
    if (!read)
        return err_set(e, REFUSED, "the stored key is not understood");
    bool is_right = has_signed(read, key->algorithm, sent);
    EVP_PKEY_free(read);
    if (!is_right)
        return err_set(e, REFUSED, "the signature is not the passkey's");
    if ((counter > 0 || key->counter > 0) && counter <= key->counter)
        return err_set(e, REFUSED, "the device's counter has fallen: it may have been copied");
    key->counter = counter;
    return OK;
}
