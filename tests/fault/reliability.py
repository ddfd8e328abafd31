"""docs/reliability.md, from the figures that tests/fault/run --full has kept in docs/measurements/faults.json."""


def table(heads, rows):
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]


def columns(rows, names):
    return [[row[name] for name in names] for row in rows]


def made(section):
    m = section["machine"]
    return [f"`{section['command']}`, {section['date']}: {m['cpu']}, {m['cores']} cores, Linux {m['kernel']}; load before it "
            f"{section['load']}.", ""]


def rush(rows):
    return ["All guests have the form before anyone sends it. The first in order of arrival have the seats, the rest wait in order; all confirm by the "
            "links in their letters, the last first, which changes nothing in the order; one cancels, and the first who waits has the seat. An order is "
            "seen from outside when one guest was answered before another sent.", ""] + table(
        ["guests at once", "seats", "seated", "waiting in order", "lost", "pairs whose order was seen", "letters", "all answered in, s"],
        columns(rows, ["guests", "seats", "seated", "waiting_in_order", "lost", "pairs_whose_order_was_seen", "letters", "signing_up_s"]))


def kills(rows):
    return ["kill -9 at random moments while eight clients sign guests up without a pause; what was not answered is sent again, as a browser does. After "
            "each kill `lykta verify` finds the city whole. A letter whose fate is not known, since the program was killed between handing it over and "
            "hearing the answer, is never sent again by itself: the coordinator sees it as unsure.", ""] + table(
        ["kills", "sign-ups acknowledged", "lost", "doubled", "connections that broke or were refused", "letters that came once", "twice", "unsure",
         "of which came"],
        columns(rows, ["kills", "acknowledged", "lost", "doubled", "asked_again", "letters_once", "letters_twice", "letters_unsure", "unsure_came"]))


def mixed(rows):
    return ["kill -9 at random moments while three clients tell of what they have seen, three change the action plan and one signs people in, without a "
            "pause. After each kill `lykta verify` finds the city whole, and every report that was acknowledged is there with its keys and its line in the "
            "register. At the end each form has happened once, everyone who signed in during the last ten minutes still is, reports drawn at random open with their codes, and the "
            "text that stood in every report is searched for in every file: database, log, letters.", ""] + table(
        ["kills", "reports", "changes of the plan", "sign-ins", "lost", "doubled", "opened with their codes", "connections that broke or were refused",
         "files with the text"],
        columns(rows, ["kills", "reports", "edits", "sign_ins", "lost", "doubled", "opened_with_code", "asked_again", "leaks"]))


SWEPT = ["what", "fails", "calls", "tried", "done", "said_so"]
HEADS = ["what", "what fails", "calls", "tried", "done all the same", "says so", "connection broke", "ends with a sentence"]


def swept(rows):
    return [[row[name] for name in SWEPT] + [row.get("broken", "-"), row["ended"]] for row in rows]


def memory(rows):
    return ["Each call for memory fails once, in a run or a request of its own. The program does without, says so (exit status 4, or a page with status "
            "500), or ends with the sentence \"out of memory\" and is started again, as the service's manager does. No crash, no number that is none "
            "(nan), no publication that is half there; a page is then what it was, and a form that is sent again has happened once. A publication that ends in the middle may leave a folder that the ledger does not know: `lykta verify` names it, and "
            "the next attempt takes it away. Not failed are the calls "
            "of ICU, which knows the order of letters: version 72 itself crashes or locks up when memory runs out at its first use, as a program starts.", ""] + table(
        HEADS, swept(rows))


def disk(rows):
    return ["Each call that changes a file (write, fsync, rename, mkdir, making a file) fails: with \"no space left\" from then on until the answer "
            "has come, once with an input/output error, or with \"read-only file system\" from then on. The server ends itself when the disk cannot keep the log of what has been written: "
            "what came after in it would be lost too. A publication that failed has left nothing, a backup comes back on trial or is not there, "
            "a form that is sent again has happened once, and the text that stood in every report is in no file.", ""] + table(HEADS, swept(rows))


def power(rows):
    control, *commands, served = rows
    cells = [[f"`{row['what']}`", row["moments"], row["states"], 0] for row in commands]
    cells.append([f"{served['what']}: {served['reports']} reports, {served['edits']} changes of the plan, {served['sign_ups']} sign-ups", served["moments"],
                  served["states"], 0])
    return ["What the program and its commands do to files is recorded call by call, over all processes, and from that it is worked out what a disk may hold if the "
            "power is cut at a moment of it. The model of the disk is harder than file systems in use are: what has been waited for with fsync is there, bytes when their "
            "file was waited for, names when their folder was. Of everything else anything may be there or not, in any order: each write whole, not at all, or some "
            "of its sectors of 512 bytes, with zeros or noise where nothing was written; each new, removed or changed name. A name that is changed is changed whole. At each moment "
            "there is a disk with what was waited for and nothing else, and others for which the rest is drawn. Not modelled: a disk that says it has kept what it has not, "
            "and one that damages what it does not write.", "",
            "Each such disk is then looked at as the city it is. `lykta verify` finds it whole; what was acknowledged is there, once; a publication is whole or not there, and then "
            "can be made; a backup with its name comes back on trial, and the next one takes away what the cut has left of it; shares of a recovery key are those of a "
            "key file that is there. The city that was served (four kinds of clients without a pause, half of them sending each form twice at once, while it is published in and backed up) is started on some of them: "
            "forms that were under way are sent again and have then happened once, reports open with their codes, who had signed in still is, and a letter that had come is not sent again. "
            "`lykta init` and `lykta restore` may leave a folder under a temporary name. The test itself is tried first: of a program that does not wait for the disk it finds "
            f"something lost on {control['lost']} disks, of one that does on none.", ""] + table(
        ["what the power is cut in", "moments", "disks", "lost, doubled or half there"], cells)


def crowd(rows):
    return ["Connections are opened and held, and those that are sent away come again. Meanwhile one visitor after the other asks for the start page and "
            "sends a report, on connections of their own, without a server with TLS before the program.", ""] + table(
        ["the crowd", "connections", "visitors", "reports lost", "page: median, ms", "page: longest, ms", "report: longest, ms", "memory, MB"],
        columns(rows, ["who", "held", "visitors", "reports_lost", "page_median_ms", "page_worst_ms", "report_worst_ms", "memory_mb"]))


def slow(rows):
    return ["slowhttptest, as it is packaged by Debian, is let loose on the program without a server with TLS before it, while a visitor reads the start page, the mappings, the seminars "
            "and the form for telling in turn, each on a connection of its own, 20 times a second at most. slowhttptest also asks for a page itself each second. Both run on the same cores as the program.", ""] + table(
        ["slow clients", "connections asked for", "held at once, at most", "pages read", "not answered", "half within, ms", "99 %, ms", "longest, ms", "seconds in which slowhttptest itself was not answered"],
        columns(rows, ["who", "connections", "held", "pages", "failed", "p50_ms", "p99_ms", "longest_ms", "unanswered_s"]))


def outage(rows):
    return ["The program's clock runs 60 times as fast, so that an hour passes in a minute; its pauses and back-off are those of every city. Half of the "
            "guests sign up as it begins, half as it ends.", ""] + table(
        ["the server", "guests", "down, minutes", "letters that came once", "twice", "lost", "the last came after, minutes"],
        columns(rows, ["server", "guests", "down_min", "letters_once", "letters_twice", "lost", "last_came_after_min"]))


def day(rows):
    return ["A report is told, a guest signs up, somebody fails to sign in and asks for pages with an address in them, the plan is changed, the mail server is "
            "down, and memory runs out in many places. Addresses, names, passwords, the session, the receipt code and what was told are then searched "
            "for in the log and in the counts that monitoring reads.", ""] + table(
        ["lines in the log", "of which faults", "counts", "searched for", "found"], columns(rows, ["lines", "faults", "counts", "secrets", "told"]))


def marks(rows):
    row = rows[0]
    return [f"Marks are words that stand nowhere else. {row['reports']} reports are told, {row['in_browser']} of them in a browser that keeps a profile, with marks in their texts, in texts that are "
            "refused, in addresses and heads of requests. A recipient asks each who told, gives a reason, and is answered; the next morning every report is decided. The program's clock is put "
            "on between the six parts of the day, so that the night's backup and deletion are done in the night. After each part the memory of every process is "
            "searched, and every file: database with its write-ahead log, the log, temporary files of this machine's programs, files without a name. At the end all processes "
            "are ended as by a crash, which leaves no core file where every other program leaves one, and the backup is searched as it lies and opened with its key. "
            f"Looked for: {row['marks']} marks and {row['keys']} codes, passphrases, passwords and shares, as they are, in capitals, in the letters of other systems (UTF-16), in digits and in base64. The "
            "search itself is tried on each form first. In `./test` the same is looked for in files by `sealing_test` and in memory by `memory_test`.", ""] + table(
        ["what was searched", "times a file or process was searched", "MB", "found"],
        [[one["kind"], one["places"], one["mb"], row["found"]] for one in row["searched"]])


def server(rows):
    return ["The city's database is in a PostgreSQL server. Two processes serve it and one and then the other is killed, while guests sign up; or the server "
            "is gone for a while: the city answers with a page that says so, and nobody restarts it.", ""] + table(
        ["what ends", "sign-ups acknowledged", "lost", "letters whose fate is unsure"], columns(rows, ["what", "acknowledged", "lost", "letters_unsure"]))


def parts(rows):
    whole, each = rows[-1], rows[:-1]
    return [f"kill -9 of each process that a served city is, while three clients sign guests up. The worker is made again, and the city goes on; without "
            f"any other the city ends and is started anew, as the service's manager does. {whole['acknowledged']} sign-ups were acknowledged and {whole['lost']} lost; "
            f"{whole['letters_twice']} letters came twice, the fate of {whole['letters_unsure']} is not known and is told of. At rest, before it, all processes together "
            f"took {whole['memory_mb']} MB (each its own memory and its share of what they have together).", ""] + table(
        ["the process", "kills", "whole again after, s, at most", "memory at rest, MB"], columns(each, ["part", "kills", "whole_again_s", "memory_mb"]))


def restart(rows):
    return ["The program is stopped and started anew while four visitors come without a pause, each request on a connection of its own. Either it opens its door itself, or it answers at a socket "
            "that the service manager keeps open (`lykta@.socket`): who comes meanwhile waits. A connection that had been taken in when the program was told to stop, "
            "and had asked for nothing yet, breaks.", ""] + table(
        ["who holds the door", "restarts", "answered", "refused", "broke", "longest wait for an answer, ms"],
        columns(rows, ["who", "restarts", "answered", "refused", "broke", "longest_ms"]))


def failover(rows):
    return ["The city's database is in a PostgreSQL server, and a second server follows the first, which acknowledges a change when the other has it (synchronous "
            "commit). The first is gone in the middle of what it does while guests sign up, the other takes its place, and a new one follows it. The city's "
            "address names both, and nobody restarts it. The time away is until somebody has signed up again, with the time that the change of place takes.", ""] + table(
        ["what ends", "sign-ups acknowledged", "lost", "letters whose fate is unsure", "longest away, s"],
        columns(rows, ["what", "acknowledged", "lost", "letters_unsure", "longest_away_s"]))


def clock(rows):
    return ["Somebody tells of what they have seen, a guest signs up and the coordinator is signed in; then the machine's clock jumps while the city is served, and they come again. "
            "Every letter comes once and without waiting for the clock, after a jump back all reports open with their codes, the audit log goes on in the order in which things were done, with the "
            "clock's times, and `lykta verify` finds the city whole. After a jump forward who was signed in is not, and signs in anew. After one back who has used a code of their "
            "app since the time that comes again is asked for a later one: no code that may have been seen is taken again.", ""] + table(
        ["the clock goes", "reports", "letters that came once", "still signed in", "signs in with an app at once", "lines in the audit log after it"],
        [[row["jump"], row["reports"], row["letters"], "yes" if row["still_signed_in"] else "no", "yes" if row["signs_in"] else "no", row["audit_lines"]] for row in rows])


def grown(mb):
    return f"{mb} MB more at most" if mb > 0 else f"at least {-mb} MB less"


def hour(rows):
    lines = []
    for row in rows:
        size = row["size"]
        lines += [f"A city with {size['members']:,} members, {size['seminars']} seminars and {size['reports']:,} reports is asked {row['rate']} times a second for "
                  f"{row['seconds']:,} seconds: of a hundred requests 80 are of readers, 15 of a coordinator, one of a recipient whose inbox holds the reports, two are reports and two sign-ups "
                  "for a seminar, each a form that is fetched and sent. The rate is kept whatever the answers take, and waits are counted from the moment a request was due. "
                  "The client runs on the same two cores; what it and the machine can do is seen beside: the start page's bytes from nginx, asked for as often. "
                  "Before it all 32 connections ask for the same as fast as they are answered, for twenty seconds, so that every worker there may be is open (docs/decisions/0121-bounded-page-caches.md); "
                  "those that a busy machine opens later would else be told as growth. "
                  f"All processes of the program together held {row['memory_mb']} MB at most. Of that they had written {row['written_mb']} MB themselves at most in the first quarter of the time, and "
                  f"{grown(row['growth_mb'])} after it: the most of each minute lay between {min(row['written_by_minute_mb'])} and {max(row['written_by_minute_mb'])} MB; the rest is their share of the pages of files, which is 5 MB or 16 MB by whether other programs use the same libraries.", ""]
        lines += table(["server", "what", "asked", "half within, ms", "99 %, ms", "99.9 %, ms"],
                       columns(row["waits"], ["who", "what", "asked", "p50_ms", "p99_ms", "p999_ms"]))
    return lines


def portal(rows):
    row = rows[0]
    own = row["servers"][0]
    cells = [[one["who"], one["p50_ms"], one["p99_ms"], one["processor_ms"], one["at_most_s"],
              *(f"{one[name] / own[name]:.2f}" for name in ("p50_ms", "processor_ms", "at_most_s"))] for one in row["servers"]]
    return [f"The list of seminars ({row['seminars']} of them, {row['bytes']:,} bytes) from the program, from Django and from nginx, one after the other in one run on the same machine. Django is what Debian packages that "
            "portals are made with, and it is given the least that such a page can be: the same SQLite database, one query, one template kept in memory, no sessions and no middleware, "
            f"behind gunicorn with {row['workers']} processes of four threads; its page is the same byte for byte. A packaged portal does more for each page and keeps its pages in another form, so that what differs would be the "
            "page and not the server. nginx has the bytes as a file: the least that the machine can do. Each is asked "
            f"{row['rate']} times a second for {row['seconds']} seconds, and then by wrk on four connections without a pause. Ratios are to the program's own row.", ""] + table(
        ["server", "half within, ms", "99 %, ms", "processor time a page, ms", "pages a second at most", "half within: ratio", "processor time: ratio", "pages a second: ratio"], cells)


SECTIONS = [("mixed", "The program is killed while people tell, sign in and plan", mixed), ("kills", "The program is killed while a seminar fills up", kills),
            ("memory", "There is no memory", memory), ("disk", "The disk is full, or fails", disk),
            ("power", "The power is cut", power),
            ("crowd", "Many hold connections and say nothing", crowd), ("slow", "Slow clients", slow), ("rush", "A seminar that fills up", rush),
            ("outage", "The mail server is down", outage), ("day", "What the log tells", day), ("marks", "A day with marked words, and every place they could have stayed", marks),
            ("server", "The database is in a server", server), ("parts", "One of its processes is killed", parts),
            ("restart", "The program is started anew", restart),
            ("failover", "The server is lost, and its replica takes over", failover),
            ("clock", "The clock jumps", clock),
            ("hour", "A large city at a constant rate", hour),
            ("portal", "The same page from another web application", portal)]

HEAD = ["# What happens when things go wrong", "",
        "For whoever decides whether to rely on the program. The program as it is released serves a city in a temporary folder, with a real mail server, and "
        "is done harm to from outside. Whatever was lost, doubled, told in no words or readable in a file ends a run as failed, and nothing is "
        "written here then. `./test` runs each in short; `./test --long` runs all as below.", "",
        "What is not shown: a power cut of a real machine. What is acknowledged outlives one as far as the disk keeps what it has been asked to keep (fsync) before anybody "
        "is answered; what the program asks it to keep, and when, is shown under \"The power is cut\".", ""]


def markdown(result):
    lines = list(HEAD)
    for name, title, show in SECTIONS:
        if name in result:
            lines += [f"## {title}", ""] + made(result[name]) + show(result[name]["rows"]) + [""]
    return "\n".join(lines)
