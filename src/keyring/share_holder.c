/* Who holds the shares of the recovery key. */
#include "keyring/share_holder.h"

#include "base/arena.h"
#include "keyring/keyring.h"
#include "store/db.h"

enum status share_holders_list(struct keyring *k, struct arena *a, struct share_holders *out, struct err *e)
{
    static const char sql[] =
        "select h.number, h.account, h.role, h.named_on, g.given_on from share_holder h "
        "left join given_share g on g.number = h.number order by h.number";
    struct query q = db_query(keyring_file(k), sql);
    int64_t shares = 0;

    *out = (struct share_holders){0};
    enum status s = keyring_shares(k, &out->needed, &shares, e);
    out->n = (size_t)shares;
    out->holder = arena_new(a, out->n + 1, struct share_holder);
    for (size_t i = 0; i < out->n; i++)
        out->holder[i].number = (int64_t)i + 1;
    while (s == OK && query_next(&q)) {
        int64_t number = query_int(&q, 0);

        if (number <= shares)
            out->holder[number - 1] = (struct share_holder){.number = number,
                                                            .account = query_int(&q, 1),
                                                            .role = query_str(&q, 2, a),
                                                            .named_on = query_date(&q, 3),
                                                            .given_on = query_date(&q, 4)};
    }
    enum status ended = query_end(&q, e);
    return s == OK ? ended : s;
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

enum status share_holder_name(struct keyring *k, int64_t number, int64_t account, struct str role,
                              const struct who *who, struct err *e)
{
    static const char sql[] =
        "insert into share_holder (number, account, role, named_on) values ($1, $2, $3, $4) "
        "on conflict (number) do update set account = $2, role = $3, named_on = $4";

    TRY(check(k, number, account, e));
    TRY(keyring_log(k, &(struct audit_line){.who = *who, .action = "recovery.holder", .subject = number}, e));
    struct query q = db_query(keyring_file(k), sql);
    bind_int(&q, 1, number);
    bind_int(&q, 2, account);
    bind_str(&q, 3, role);
    bind_date(&q, 4, date_of(who->now_at));
    return query_run(&q, e);
}
