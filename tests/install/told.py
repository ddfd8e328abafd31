"""The last section of docs/install.md: what tests/install/package.py found."""
HEADING = "## As it was tested"


def findings(figures):
    tls, pages = figures["tls"], figures["pages"]
    yield f"testssl.sh looks at {tls['checks']} things. Offered: {', '.join(tls['offered'])}. Worse than \"info\", without what a certificate of the test's own authority cannot have:"
    yield ""
    yield from [f"- {row['severity'].lower()}: `{row['what']}`, {row['says']}" for row in tls["found"]] or ["- nothing"]
    yield ""
    yield f"wapiti walks and attacks the pages that everybody reads: {pages['requests']:,} requests, {pages['failed']} answered by a fault of the server. It finds:"
    yield ""
    kinds = sorted({(row["class"], row["says"], row["level"]) for row in pages["found"]})
    yield from [f"- level {level}: {name}: {says}" for name, says, level in kinds] or ["- nothing"]


def section(result):
    rows = [f"| {row['what']} | {row['seconds']} |" for row in result["rows"]]
    return "\n".join([HEADING, "", "By `tests/install/package.py --keep`, in an empty Debian 12 with systemd (debootstrap, systemd-nspawn; the packages lay in apt's cache), "
                      f"{result['date']}. The commands are those above, as they stand.", "",
                      f"From the first of the five commands to the first page: {result['first_page_s']} s. Memory of all processes at rest: {result['memory_mb']} MB. "
                      f"Exposure by `systemd-analyze security lykta@lund`: {result['exposure']}.", "", *findings(result), "",
                      "| what holds | seconds |", "|---|---|", *rows, ""])


def with_section(page, result):
    return page.split(HEADING)[0].rstrip() + "\n\n" + section(result)
