/* Where a request comes from, hashed. */
#include "web/source.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sodium.h>
#include <string.h>
#include <sys/socket.h>

enum { DAY_SECONDS = 24 * 3600, NETWORK_BYTES = 8, V4_BYTES = 4 };

/* An address as the bytes that tell networks apart; n = 0: not known. */
struct network {
    unsigned char bytes[NETWORK_BYTES];
    size_t n;
};

static struct network network_v4(const void *address)
{
    struct network out = {.n = V4_BYTES};

    memcpy(out.bytes, address, V4_BYTES);
    return out;
}

static struct network network_v6(const struct in6_addr *address)
{
    struct network out = {.n = NETWORK_BYTES};

    if (IN6_IS_ADDR_V4MAPPED(address))
        return network_v4(address->s6_addr + 12);
    memcpy(out.bytes, address->s6_addr, NETWORK_BYTES);
    return out;
}

static struct network network_of(const struct sockaddr *peer)
{
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;

    if (peer && peer->sa_family == AF_INET) {
        memcpy(&v4, peer, sizeof v4);
        return network_v4(&v4.sin_addr);
    }
    if (peer && peer->sa_family == AF_INET6) {
        memcpy(&v6, peer, sizeof v6);
        return network_v6(&v6.sin6_addr);
    }
    return (struct network){.n = 0};
}

static bool is_this_machine(const struct sockaddr *peer)
{
    struct sockaddr_in6 v6;
    struct network n = network_of(peer);

    if (n.n == V4_BYTES)
        return n.bytes[0] == 127;
    if (!peer || peer->sa_family != AF_INET6)
        return false;
    memcpy(&v6, peer, sizeof v6);
    return IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr);
}

/* The last address in the header; n = 0 when it is none. */
static struct network forwarded_network(struct str forwarded)
{
    char text[INET6_ADDRSTRLEN];
    struct in_addr v4;
    struct in6_addr v6;
    struct str last = forwarded;
    struct str rest;

    while (str_cut(last, ',', &(struct str){0}, &rest))
        last = rest;
    last = str_trim(last);
    if (last.n == 0 || last.n >= sizeof text)
        return (struct network){.n = 0};
    memcpy(text, last.p, last.n);
    text[last.n] = '\0';
    if (inet_pton(AF_INET, text, &v4) == 1)
        return network_v4(&v4);
    if (inet_pton(AF_INET6, text, &v6) == 1)
        return network_v6(&v6);
    return (struct network){.n = 0};
}

void source_hash(const unsigned char key[SOURCE_KEY_BYTES], const struct sockaddr *peer, struct str forwarded,
                 int64_t now_at, unsigned char out[SOURCE_BYTES])
{
    struct network network = {.n = 0};
    int64_t day = now_at / DAY_SECONDS;
    unsigned char hashed[sizeof day + NETWORK_BYTES];

    if (is_this_machine(peer))
        network = forwarded_network(forwarded);
    if (network.n == 0)
        network = network_of(peer);
    memcpy(hashed, &day, sizeof day);
    memcpy(hashed + sizeof day, network.bytes, network.n);
    crypto_generichash(out, SOURCE_BYTES, hashed, sizeof day + network.n, key, SOURCE_KEY_BYTES);
}
