"""What stops the build where something is not said of a table: src/manual/processing.py tried on copies of its own files. usage: processing.py SOURCE"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(sys.argv[1])
TABLES, ACTIVITIES, RISKS = "src/manual/tables.csv", "src/manual/activities.csv", "src/manual/risks.csv"
GROUNDS, RESTS = "src/manual/legal_grounds.csv", "src/manual/rests_on.csv"
PAGE, ASSESSMENT, RULE = "docs/registerforteckning.md", "docs/konsekvensbedomning.md", "src/people/people_retention.c"


def changed(folder, name, before, after):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text, f"{name} has no {before!r}"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


# What is changed, and what is then said.
CASES = [
    (("src/people/people.sql", "create table welcome", "create table greeting"), "the table greeting is not in tables.csv"),
    ((TABLES, "welcome,konton,", "welcome,,"), "welcome has no activity, or no words"),
    ((TABLES, "audit_head,-,", "audit_head,logg,"), "is not as the tables say"),
    ((TABLES, "article_address,-", "article,-"), "tables.csv has article twice"),
    ((ACTIVITIES, "ge rätt person rätt behörighet, och kunna visa vem som har gjort vad", ""), "activities.csv: konton has no ändamål"),
    ((ACTIVITIES, " people.welcome", ""), "the rule of retention people.welcome is told of by 0 activities"),
    ((RULE, "people.welcome", "people.greeting"), "names a rule that is not there: people.welcome"),
    ((GROUNDS, "förebyggande arbete,hela lagen,\"lägesbild, åtgärdsplan och samordning\",2023-07-01,", "förebyggande arbete,hela lagen,\"lägesbild, åtgärdsplan och samordning\",2023-07-01,2022-07-01"), "lag-2023-196 has no days between which it is the law"),
    ((GROUNDS, "artikel 33,anmälan av en incident till tillsynsmyndigheten,2018-05-25,", "artikel 33,anmälan av en incident till tillsynsmyndigheten,2018-05-25,2019-01-01"), "docs/registerforteckning.md is not as the tables say"),
    ((GROUNDS, "artikel 9.2 a,uttryckligt samtycke,2018-05-25,", "artikel 9.2 a,uttryckligt samtycke,2018-05-25,2019-01-01"), "rests on no ground that is the law on"),
    ((RESTS, "summor,gdpr-6-1-e", "summor,gdpr-6-1-z"), "rests_on.csv: there is no ground gdpr-6-1-z"),
    ((RESTS, "lärande,gdpr-6-1-e", "larande,gdpr-6-1-e"), "rests_on.csv: there is no activity larande"),
    ((RISKS, "konton,Någon loggar in som", "konton,Någon loggar in, som"), "a row has too many columns or too few: konton"),
    ((RISKS, "lärande,", "larande,"), "risks.csv has no risk of lärande"),
    ((RISKS, "`sealing_test`", "`ceiling_test`"), "there is no ceiling_test"),
    ((ASSESSMENT, "# Underlag", "# Grund"), "docs/konsekvensbedomning.md is not as the tables say"),
    ((PAGE, "# Registerförteckning", "# Register"), "is not as the tables say"),
]


def said(folder):
    done = subprocess.run([sys.executable, SOURCE / "src/manual/processing.py", folder, folder / "stamp"], capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def copied(folder):
    for path in [*SOURCE.glob("src/*/*.sql"), *SOURCE.glob("src/*/*.c"), *SOURCE.glob("src/manual/*.csv"), SOURCE / PAGE,
                 SOURCE / ASSESSMENT, *SOURCE.glob("tests/unit/*/*_test.c"), *SOURCE.glob("tests/e2e/*.test.mjs"), SOURCE / "tests/fault/run", SOURCE / "tests/attack/meson.build"]:
        to = folder / path.relative_to(SOURCE)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, to)


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        copied(folder)
        assert said(folder) == (0, ""), said(folder)
        for change, expected in CASES:
            kept = (folder / change[0]).read_bytes()
            changed(folder, *change)
            status, text = said(folder)
            if status != 1 or expected not in text:
                print(f"not ok: {change} says {text!r}")
                failed += 1
            (folder / change[0]).write_bytes(kept)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
