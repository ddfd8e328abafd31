/* Who holds the shares of the recovery key. */
#include "keyring/share_holder.h"

#include "base/arena.h"
#include "keyring/keyring.h"
#include "store/db.h"

static enum status add_named(struct keyring *k, struct arena *a, struct share_holders *out, struct err *e)
{
    static const char sql[] = "select number, account, role, named_on from share_holder order by number";
    struct query q = db_query(keyring_city(k), sql);

    while (query_next(&q)) {
        size_t number = (size_t)query_int(&q, 0);

        if (number <= out->n)
            out->holder[number - 1] = (struct share_holder){.number = (int64_t)number,
                                                            .account = query_int(&q, 1),
                                                            .role = query_str(&q, 2, a),
                                                            .named_on = query_date(&q, 3)};
    }
    return query_end(&q, e);
}

static enum status add_given(struct keyring *k, struct share_holders *out, struct err *e)
{
    static const char sql[] = "select number, given_on from given_share";
    struct query q = db_query(keyring_file(k), sql);

    while (query_next(&q)) {
        size_t number = (size_t)query_int(&q, 0);

        if (number <= out->n)
            out->holder[number - 1].given_on = query_date(&q, 1);
    }
    return query_end(&q, e);
}

enum status share_holders_list(struct keyring *k, struct arena *a, struct share_holders *out, struct err *e)
{
    int64_t shares = 0;

    *out = (struct share_holders){0};
    TRY(keyring_shares(k, &out->needed, &shares, e));
    out->n = (size_t)shares;
    out->holder = arena_new(a, out->n + 1, struct share_holder);
    for (size_t i = 0; i < out->n; i++)
        out->holder[i].number = (int64_t)i + 1;
    TRY(add_named(k, a, out, e));
    return add_given(k, out, e);
}

const struct share_holder *share_holder_of(const struct share_holders *all, int64_t account)
{
    for (size_t i = 0; account != 0 && i < all->n; i++)
        if (all->holder[i].account == account)
            return &all->holder[i];
    return NULL;
}

static enum status check(struct keyring *k, int64_t number, int64_t account, struct err *e)
{
    struct arena *a = arena_open();
    struct share_holders all;
    enum status s = share_holders_list(k, a, &all, e);
    const struct share_holder *other = s == OK ? share_holder_of(&all, account) : NULL;

    if (s == OK && (number < 1 || number > (int64_t)all.n))
        s = err_set(e, BAD_INPUT, "there is no share number %lld", (long long)number);
    if (s == OK && other && other->number != number)
        s = err_set(e, BAD_INPUT, "this account holds share number %lld", (long long)other->number);
    arena_close(a);
    return s;
}

static enum status put(struct keyring *k, int64_t number, int64_t account, struct str role, struct date on,
                       struct err *e)
{
    static const char sql[] =
        "insert into share_holder (number, account, role, named_on) values ($1, $2, $3, $4) "
        "on conflict (number) do update set account = $2, role = $3, named_on = $4";
    struct query q = db_query(keyring_city(k), sql);

    bind_int(&q, 1, number);
    bind_int(&q, 2, account);
    bind_str(&q, 3, role);
    bind_date(&q, 4, on);
    return query_run(&q, e);
}

enum status share_holder_name(struct keyring *k, int64_t number, int64_t account, struct str role,
                              const struct who *who, struct err *e)
{
    const struct audit_line line = {.who = *who, .action = "recovery.holder", .subject = number};

    TRY(check(k, number, account, e));
    TRY(db_change(keyring_city(k), e));
    enum status s = put(k, number, account, role, date_of(who->now_at), e);
    return db_change_end(keyring_city(k), s, &line, e);
}
