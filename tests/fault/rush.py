"""Many sign up for one seminar at the same moment, over HTTP, and follow the links in their letters."""
import threading
import time

from city import Guest, expect, opened, wait_for


def sign_up_at_once(port, guests):
    """{address: (sent, answered)}: every guest has the form before anyone sends it."""
    together, taken, faults = threading.Barrier(guests), {}, []

    def one(i):
        address = f"gast{i}@exempel.se"
        try:
            guest = Guest(port)
            fields = guest.sign_up_fields(address)
            together.wait(120)
            sent = time.monotonic()
            status = guest.post("/seminarier/1/anmal", fields)
            taken[address] = (sent, time.monotonic())
            expect(status == 303, f"the sign-up of {address} was answered {status}")
            guest.close()
        except Exception as fault:  # pylint: disable=broad-exception-caught
            together.abort()
            faults.append(f"{address}: {fault!r}")

    threads = [threading.Thread(target=one, args=(i,)) for i in range(guests)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expect(not faults, f"{len(faults)} guests were not answered: {faults[:3]}")
    return taken


def check_order(taken, place):
    """Who was answered before another had sent anything stands before them."""
    by_answer = sorted(taken, key=lambda a: taken[a][1])
    by_sending = sorted(taken, key=lambda a: taken[a][0])
    highest, i, pairs = 0, 0, 0
    for address in by_sending:
        while i < len(by_answer) and taken[by_answer[i]][1] < taken[address][0]:
            highest = max(highest, place[by_answer[i]])
            i += 1
        pairs += i
        expect(place[address] > highest, f"{address} sent after place {highest} had been answered, and got {place[address]}")
    return pairs


def check_seats(city, seats, guests):
    rows = city.rows("select address, place, is_seated, state from seminar_signup order by place")
    expect([r[1] for r in rows] == list(range(1, guests + 1)), f"places are not 1 to {guests}")
    expect([r[2] for r in rows] == [1] * seats + [0] * (guests - seats), "the seats are not those of the first who came")
    return rows


def one_each(letters, subject, addresses):
    """{address: text} of the letters whose subject begins so: one to each of `addresses`, none to others."""
    found = [(to, plain) for to, title, _, plain in letters if title.startswith(subject)]
    expect(sorted(to for to, _ in found) == sorted(addresses), f"'{subject}': {len(found)} letters for {len(addresses)} guests")
    return dict(found)


def confirm_all(city, letters):
    """All follow their letters, the last first, so that the order of confirming is not that of arriving."""
    def some(texts):
        guest = Guest(city.port)
        for text in texts:
            guest.follow(text, "bekrafta")
        guest.close()

    texts = list(letters.values())[::-1]
    threads = [threading.Thread(target=some, args=(texts[i::8],)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def rush(lykta, guests, seats):
    with opened(lykta, seats) as (city, post):
        post.start()
        city.start()
        taken = sign_up_at_once(city.port, guests)
        wall = max(t[1] for t in taken.values()) - min(t[0] for t in taken.values())
        rows = check_seats(city, seats, guests)
        place = {r[0]: r[1] for r in rows}
        late = sorted(taken, key=lambda a: taken[a][1])[guests // 2]
        straggler = Guest(city.port)
        straggler.sign_up(late)  # is there already: takes no second place
        straggler.close()
        pairs = check_order(taken, place)
        wait_for("a letter to each guest", lambda: post.count() >= guests)
        asked = one_each(post.letters(), "Bekräfta din anmälan", place)
        confirm_all(city, asked)
        wait_for("the answers to the confirmations", lambda: post.count() >= 2 * guests)
        rows = check_seats(city, seats, guests)
        expect({r[3] for r in rows} == {"confirmed"}, "not all have confirmed")
        welcome = one_each(post.letters(), "Du har en plats", [r[0] for r in rows[:seats]])
        one_each(post.letters(), "Du står på väntelistan", [r[0] for r in rows[seats:]])
        leaver = Guest(city.port)
        leaver.follow(welcome[rows[0][0]], "avboka")
        leaver.close()
        wait_for("the waiting list to move", lambda: post.count() >= 2 * guests + 2)
        one_each(post.letters(), "Du har fått en plats", [rows[seats][0]])
        city.verify()
        return {"guests": guests, "seats": seats, "seated": seats, "waiting_in_order": guests - seats, "lost": 0,
                "pairs_whose_order_was_seen": pairs, "letters": post.count(), "signing_up_s": round(wall, 2)}
