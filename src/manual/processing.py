#!/usr/bin/env python3
"""The register of processing (GDPR 30) and the ground of an impact assessment (GDPR 35), of what each table is said to hold: processing.py SOURCE [OUT]

Every table of src/**/*.sql has a row in tables.csv, which names an activity of activities.csv or "-": nothing about persons. Every activity has a purpose,
persons, data, readers, and a risk of risks.csv with what is done about it and the test that shows it; and every rule of retention (.class of
src/**/*.c) is told of by one activity. It rests (rests_on.csv) on grounds of legal_grounds.csv, and on one at least that is the law today, for all of it and
for each part that is named; today is the day of SOURCE_DATE_EPOCH where that is set, as for a release that is built again. What is missing stops the build,
and so does a page of docs/ that is not as it follows from these. Without OUT the pages are written.
"""
import csv
import datetime
import os
import pathlib
import re
import sys

HEAD = """# Registerförteckning

För dataskyddsombudet, och för kommunens egen förteckning enligt artikel 30 i dataskyddsförordningen. Den är gjord av programmets egna uppgifter om
varje tabell i databasen: en tabell som saknar uppgifter stoppar bygget. *English: the register of processing activities, made from what is said of every table.*

Personuppgiftsansvarig är kommunen; namn och kontakt står på stadens sida om personuppgifter. De rättsliga grunderna är programmets förslag: kommunens jurist
eller dataskyddsombud avgör. Programmet för inga uppgifter till länder utanför EU och EES; var servern och e-postservern står bestämmer kommunen. Skydd: [security.md](security.md). Tider och hur gallringen går till: [retention.md](retention.md); stadens egna tider står
på `/gallring`. Vilka grunder som gällde en viss dag står på `/hjalp/om-programmet/rattslig-grund`: en behandling utan en grund som gäller stoppar bygget.
"""
RISKS_HEAD = """# Underlag till konsekvensbedömning

För dataskyddsombudet och den som beslutar i kommunen (artikel 35 i dataskyddsförordningen). Här står vad som kan gå illa för den som uppgifterna gäller, vad programmet gör åt
det, och vilket test som visar det. *English: the ground of a data protection impact assessment: what can go wrong for those whom the data are about, what the program does, which test shows it.*

Varje behandling i [registerförteckningen](registerforteckning.md) har minst en risk: den som saknar stoppar bygget. Programmet kan inte bedöma det som bara kommunen vet: hur
sannolikt något är där, vilka som arbetar med det, var servern står. Kommunen för in det, hör dataskyddsombudet och beslutar innan staden öppnas. Är risken fortfarande hög begär kommunen
förhandssamråd med Integritetsskyddsmyndigheten (artikel 36). Vad som inte skyddas står i [security.md](security.md) och [protection.md](protection.md).
"""
NO_RULE = "ingen regel: finns kvar så länge staden behöver det, och tas bort för hand"


def rows(path):
    with open(path, encoding="utf-8", newline="") as lines:
        found = list(csv.DictReader(lines))
    short = [list(row.values())[0] for row in found if None in row or None in row.values()]
    if short:
        raise SystemExit(f"{path.name}: a row has too many columns or too few: {', '.join(short)}")
    return found


def found_in(source, pattern, expression):
    return {name for path in sorted((source / "src").rglob(pattern)) for name in re.findall(expression, path.read_text(encoding="utf-8"), re.I | re.M)}


def is_test(source, name):
    where = {".mjs": "tests/e2e", "_test": "tests/unit/*"}
    folder = next((folder for end, folder in where.items() if name.endswith(end)), None)
    return bool(list(source.glob(f"{folder}/{name}" + ("" if name.endswith(".mjs") else ".c")))) if folder else (source / name.split()[0]).exists()


def faults_of_risks(source, activities, risks):
    ids, told = [row["id"] for row in activities], {row["behandling"] for row in risks}
    yield from (f"risks.csv has no risk of {name}" for name in ids if name not in told)
    yield from (f"risks.csv has a risk of what is no activity: {name}" for name in sorted(told - set(ids)))
    for row in risks:
        yield from (f"risks.csv: {row['risk']}: no {name}" for name, value in row.items() if not value)
        yield from (f"risks.csv: there is no {name}" for name in re.findall(r"`([^`]+)`", row["visas av"]) if not is_test(source, name))


def faults(source, activities, tables):
    made = found_in(source, "*.sql", r"^create table (\w+)")
    told = [row["tabell"] for row in tables]
    yield from (f"the table {name} is not in tables.csv" for name in sorted(made - set(told)))
    yield from (f"tables.csv has a table that is not there: {name}" for name in sorted(set(told) - made))
    yield from (f"tables.csv has {name} twice" for name in sorted({name for name in told if told.count(name) > 1}))
    ids = {row["id"] for row in activities}
    for row in tables:
        if row["behandling"] not in ids | {"-"} or not row["vad som står i den"]:
            yield f"tables.csv: {row['tabell']} has no activity, or no words"
    for row in activities:
        yield from (f"activities.csv: {row['id']} has no {name}" for name, value in row.items() if name != "gallring" and not value)
        if row["id"] not in {table["behandling"] for table in tables}:
            yield f"activities.csv: {row['id']} has no table"
    rules = found_in(source, "*.c", r'\.class = "([a-z_.]+)"')
    named = [name for row in activities for name in row["gallring"].split()]
    yield from (f"the rule of retention {name} is told of by {named.count(name)} activities" for name in sorted(rules) if named.count(name) != 1)
    yield from (f"activities.csv names a rule that is not there: {name}" for name in sorted(set(named) - rules))


def day_of(text):
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def holds(ground, today):
    return day_of(ground["gäller från"]) <= today and (not ground["gäller till"] or today <= day_of(ground["gäller till"]))


def faults_of_grounds(activities, grounds, rests, today):
    by_id = {row["id"]: row for row in grounds}
    yield from (f"legal_grounds.csv has {name} twice" for name in by_id if [row["id"] for row in grounds].count(name) > 1)
    for row in grounds:
        first, last = day_of(row["gäller från"]), day_of(row["gäller till"])
        if not first or bool(row["gäller till"]) != bool(last) or (last and last < first):
            yield f"legal_grounds.csv: {row['id']} has no days between which it is the law"
            return
        yield from (f"legal_grounds.csv: {row['id']}: no {name}" for name, value in row.items() if name != "gäller till" and not value)
    ids = [row["id"] for row in activities]
    yield from (f"rests_on.csv: there is no ground {row['grund']}" for row in rests if row["grund"] not in by_id)
    yield from (f"rests_on.csv: there is no activity {row['behandling']}" for row in rests if row["behandling"] not in ids)
    yield from (f"legal_grounds.csv: nothing rests on {name}" for name in by_id if name not in {row["grund"] for row in rests})
    for name in ids:
        of = [row for row in rests if row["behandling"] == name and row["grund"] in by_id]
        for part in sorted({row["del"] for row in of} | {""}):
            if not any(row["del"] == part and holds(by_id[row["grund"]], today) for row in of):
                yield f"{name}{', ' + part if part else ''}: rests on no ground that is the law on {today}"


def told(ground):
    until = f", till och med {ground['gäller till']}" if ground["gäller till"] else ""
    return f"{ground['lag']}, {ground['paragraf']} ({ground['vad den säger']}; gäller från {ground['gäller från']}{until})"


def page(activities, tables, grounds, rests):
    lines, by_id = [HEAD], {row["id"]: row for row in grounds}
    for row in activities:
        rested = "; ".join((rest["del"] + ": " if rest["del"] else "") + told(by_id[rest["grund"]]) for rest in rests if rest["behandling"] == row["id"])
        kept = ", ".join(f"`{name}`" for name in row["gallring"].split()) or NO_RULE
        lines += [f"## {row['behandling']}", "", f"- **Ändamål:** {row['ändamål']}", f"- **Rättslig grund:** {rested}",
                  f"- **Vilka det gäller:** {row['vilka det gäller']}", f"- **Uppgifter:** {row['slag av uppgifter']}",
                  f"- **Får se:** {row['vem som får se dem']}", f"- **Gallring:** {kept}", "", "| tabell | vad som står i den |", "|---|---|"]
        lines += [f"| `{table['tabell']}` | {table['vad som står i den']} |" for table in tables if table["behandling"] == row["id"]] + [""]
    lines += ["## Tabeller utan personuppgifter", "", "| tabell | vad som står i den |", "|---|---|"]
    return "\n".join(lines + [f"| `{table['tabell']}` | {table['vad som står i den']} |" for table in tables if table["behandling"] == "-"] + [""])


def page_of_risks(activities, risks):
    lines = [RISKS_HEAD]
    for row in activities:
        lines += [f"## {row['behandling']}", "", "| vad som kan gå illa | vad programmet gör | visas av |", "|---|---|---|"]
        lines += [f"| {risk['risk']} | {risk['åtgärd']} | {risk['visas av']} |" for risk in risks if risk["behandling"] == row["id"]] + [""]
    return "\n".join(lines)


def is_kept(path, text):
    return path.exists() and path.read_text(encoding="utf-8") == text


def main():
    source = pathlib.Path(sys.argv[1])
    activities, tables, risks, grounds, rests = (rows(source / "src/manual" / f"{name}.csv")
                                                 for name in ("activities", "tables", "risks", "legal_grounds", "rests_on"))
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    today = datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc).date() if epoch else datetime.date.today()
    wrong = [*faults(source, activities, tables), *faults_of_risks(source, activities, risks), *faults_of_grounds(activities, grounds, rests, today)]
    pages = {} if wrong else {source / "docs/registerforteckning.md": page(activities, tables, grounds, rests),
                              source / "docs/konsekvensbedomning.md": page_of_risks(activities, risks)}
    for path, text in pages.items():
        if len(sys.argv) == 2:
            path.write_text(text, encoding="utf-8")
        elif not is_kept(path, text):
            wrong.append(f"docs/{path.name} is not as the tables say: run {sys.argv[0]} {source}")
    for fault in wrong:
        print(fault, file=sys.stderr)
    if not wrong and len(sys.argv) > 2:
        pathlib.Path(sys.argv[2]).write_text("", encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
