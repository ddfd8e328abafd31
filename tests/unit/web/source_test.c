/* Where a request comes from, hashed. */
#include "web/source.h"

#include "../unit.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

static const unsigned char key[SOURCE_KEY_BYTES] = {1, 2, 3};

struct source {
    unsigned char bytes[SOURCE_BYTES];
};

static struct source source_with(const char *address, const char *forwarded, int64_t now_at,
                                 const unsigned char *with)
{
    struct sockaddr_storage peer = {.ss_family = strchr(address, ':') ? AF_INET6 : AF_INET};
    struct source out;

    if (peer.ss_family == AF_INET)
        assert_int_equal(inet_pton(AF_INET, address, &((struct sockaddr_in *)&peer)->sin_addr), 1);
    else
        assert_int_equal(inet_pton(AF_INET6, address, &((struct sockaddr_in6 *)&peer)->sin6_addr), 1);
    source_hash(with, (const struct sockaddr *)&peer, str_of(forwarded), now_at, out.bytes);
    return out;
}

static struct source source_of(const char *address, const char *forwarded)
{
    return source_with(address, forwarded, 0, key);
}

static bool same(struct source a, struct source b)
{
    return memcmp(a.bytes, b.bytes, SOURCE_BYTES) == 0;
}

static void addresses_differ_and_the_same_is_the_same(void **state)
{
    (void)state;
    assert_true(same(source_of("192.0.2.1", ""), source_of("192.0.2.1", "")));
    assert_false(same(source_of("192.0.2.1", ""), source_of("192.0.2.2", "")));
    assert_true(same(source_of("192.0.2.1", ""), source_of("::ffff:192.0.2.1", "")));
}

static void an_ipv6_network_is_one_source(void **state)
{
    (void)state;
    assert_true(same(source_of("2001:db8:1:2::1", ""), source_of("2001:db8:1:2:ffff::9", "")));
    assert_false(same(source_of("2001:db8:1:2::1", ""), source_of("2001:db8:1:3::1", "")));
}

static void a_front_server_on_this_machine_tells_the_address_and_nobody_else_does(void **state)
{
    struct source reader = source_of("192.0.2.1", "");

    (void)state;
    assert_true(same(source_of("127.0.0.1", "192.0.2.1"), reader));
    assert_true(same(source_of("::1", "198.51.100.9, 192.0.2.1"), reader));
    assert_false(same(source_of("192.0.2.7", "192.0.2.1"), reader));
    assert_true(same(source_of("127.0.0.1", "nonsense"), source_of("127.0.0.1", "")));
    assert_true(same(source_of("127.0.0.1", "192.0.2.1,"), source_of("127.0.0.1", "")));
}

static void each_day_and_each_key_have_hashes_of_their_own(void **state)
{
    static const unsigned char other[SOURCE_KEY_BYTES] = {9};
    struct source today = source_of("192.0.2.1", "");

    (void)state;
    assert_true(same(source_with("192.0.2.1", "", 24 * 3600 - 1, key), today));
    assert_false(same(source_with("192.0.2.1", "", 24 * 3600, key), today));
    assert_false(same(source_with("192.0.2.1", "", 0, other), today));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_differ_and_the_same_is_the_same),
        cmocka_unit_test(an_ipv6_network_is_one_source),
        cmocka_unit_test(a_front_server_on_this_machine_tells_the_address_and_nobody_else_does),
        cmocka_unit_test(each_day_and_each_key_have_hashes_of_their_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
