"""Scanners that are not ours, against the city as its readers reach it: testssl.sh for TLS, wapiti for the pages."""
import json

SITE = "https://lund.example"
CA = "/root/ca.pem"
# As in tests/scan: without calling others.
MODULES = "backup,blindsql,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,sql,xss"
# What a certificate of an authority of the test's own cannot have, and what is told of the machine that scans.
OF_THE_TEST = {"OCSP_stapling", "cert_revocation", "DNS_CAArecord", "cert_ocspURL", "cert_crlDistributionPoints", "cert_certificatePolicies_EV",
               "certificate_transparency", "scanTime", "engine_problem", "cert_caIssuers"}
LEAST_CHECKS = 50
HARMLESS = {"OK", "INFO"}


def tls(machine):
    """What testssl.sh finds worse than "info", the protocols and the kinds of cipher that are offered."""
    machine.run("rm -f tls.json")
    machine.run(f"testssl --quiet --color 0 --warnings batch --ip 127.0.0.1 --add-ca {CA} --jsonfile /root/tls.json {SITE}", limit=900)
    rows = json.loads(machine.read("root/tls.json"))
    if len(rows) < LEAST_CHECKS or any(row["severity"] == "FATAL" for row in rows):
        raise RuntimeError(f"testssl.sh did not look: {rows[-3:]}")
    return {"checks": len(rows),
            "offered": [row["id"] for row in rows if row["finding"].startswith("offered") and row["id"].startswith(("SSL", "TLS", "cipherlist", "FS"))],
            "found": [{"what": row["id"], "severity": row["severity"], "says": row["finding"]} for row in rows
                      if row["severity"] not in HARMLESS and row["id"] not in OF_THE_TEST]}


def pages(machine, seconds):
    """What wapiti finds in the pages that everybody reads, through nginx."""
    machine.run(f"/usr/bin/python3 /root/wapiti.py -u {SITE}/ --scope folder -m {MODULES} -f json -o /root/pages.json --store-session /root/wapiti "
                f"--store-config /root/wapiti-config --flush-session --max-scan-time {seconds} --max-attack-time {seconds // 3} "
                f"--verify-ssl 0 --no-bugreport -v 0 -H 'Origin: {SITE}' -x '{SITE}/lamna*' -x '{SITE}/en/lamna*'", limit=40 * seconds)
    told = json.loads(machine.read("root/pages.json"))
    asked = machine.run("journalctl -u lykta@lund -o cat | grep -c event=request").stdout.strip()
    failed = machine.run("journalctl -u lykta@lund -o cat | grep -c 'event=request.* status=5'").stdout.strip()
    return {"requests": int(asked or 0), "failed": int(failed or 0),
            "found": [{"class": name, "level": one["level"], "method": one["method"], "path": one["path"], "says": one["info"]}
                      for kind in ("vulnerabilities", "anomalies") for name, ones in told[kind].items() for one in ones]}
