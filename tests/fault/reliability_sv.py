"""docs/sv/reliability.md: the document of reliability.py in Swedish, of the same figures. reliability_sv.py SOURCE makes it of those that are kept.

The figures of tables are taken from the English document; here are its words: each section's name, its paragraphs, the heads of its tables, and what
stands in their cells."""
import json
import pathlib
import re
import sys

import reliability

CALLS = ["vad", "det som misslyckas", "anrop", "prövade", "utfört ändå", "säger till", "förbindelsen bröts", "slutar med en mening"]


def thousands(number):
    return f"{number:,}".replace(",", " ")


def decimal(number):
    return str(number).replace(".", ",")


def mixed(rows):
    return ["kill -9 vid slumpade tidpunkter medan tre klienter berättar om vad de har sett, tre ändrar handlingsplanen och en loggar in människor, utan uppehåll. "
            "Efter varje gång finner `lykta verify` staden hel, och varje iakttagelse som bekräftades finns där med sina nycklar och sin rad i diariet. Till slut har varje "
            "formulär fått verkan en gång, alla som loggade in under de sista tio minuterna är fortfarande inloggade, slumpvis valda iakttagelser öppnas med sina koder, och den text som stod i varje iakttagelse "
            "söks efter i varje fil: databas, logg, brev."]


def kills(rows):
    return ["kill -9 vid slumpade tidpunkter medan åtta klienter anmäler gäster utan uppehåll. Det som inte besvarades skickas igen, så som en webbläsare gör. Efter "
            "varje gång finner `lykta verify` staden hel. Ett brev vars öde är okänt, därför att programmet dödades efter att ha lämnat över det men innan "
            "svaret kom, skickas aldrig igen av sig självt: samordnaren ser det som osäkert."]


def memory(rows):
    return ["Varje begäran om minne misslyckas en gång, i en egen körning eller ett eget anrop. Programmet klarar sig utan, säger till (slutkod 4, eller en sida med status "
            "500), eller slutar med meningen ”out of memory” och startas igen, så som tjänstehanteraren gör. Ingen krasch, inget tal som inte är ett tal "
            "(nan), ingen publicering som finns till hälften. En sida är sedan vad den var, och ett formulär som skickas igen har fått verkan en gång. En publicering som avbryts mitt i kan lämna en mapp som "
            "liggaren inte känner till: `lykta verify` säger vilken, och nästa försök tar bort den. De anrop som ICU gör är undantagna (ICU kan bokstavsordningen): "
            "version 72 kraschar själv eller låser sig när minnet tar slut första gången den används, när ett program startar."]


def disk(rows):
    return ["Varje anrop som ändrar en fil (write, fsync, rename, mkdir, att skapa en fil) misslyckas: med ”inget utrymme kvar” från och med då tills svaret "
            "har kommit, en gång med ett in- eller utmatningsfel, eller med ”skrivskyddat filsystem” från och med då. Servern avslutar sig själv när disken inte kan behålla loggen över det som har skrivits: "
            "det som kom efter i den skulle också gå förlorat. En publicering som misslyckades har inte lämnat något efter sig, en säkerhetskopia återställs på prov eller finns inte, "
            "ett formulär som skickas igen har fått verkan en gång, och den text som stod i varje iakttagelse finns inte i någon fil."]


def power(rows):
    control = rows[0]
    return ["Det som programmet och dess kommandon gör med filer spelas in anrop för anrop, över alla processer. Av det räknas fram vad en disk kan innehålla om "
            "strömmen bryts vid någon tidpunkt under det. Modellen av disken är hårdare än de filsystem som används: det som har inväntats med fsync finns där, byte när deras "
            "fil har inväntats, namn när deras mapp har det. Av allt annat kan vad som helst finnas eller saknas, i vilken ordning som helst: varje skrivning hel, inte alls, eller några "
            "av dess sektorer om 512 byte, med nollor eller brus där inget har skrivits; varje nytt, borttaget eller ändrat namn. Ett namn som ändras är ändrat helt. Vid varje tidpunkt "
            "finns en disk med det som har inväntats och inget annat, och andra där resten är lottad. Utanför modellen: en disk som säger att den har behållit det som den inte har, "
            "och en som skadar det som den inte skriver.",
            "Varje sådan disk granskas sedan som den stad den är. `lykta verify` finner den hel; det som bekräftades finns där, en gång; en publicering är hel eller finns inte, och kan då "
            "göras; en säkerhetskopia med sitt namn återställs på prov, och nästa tar bort det som avbrottet har lämnat kvar av den; andelar i en återställningsnyckel hör till en "
            "nyckelfil som finns. Den stad som var i drift (fyra slags klienter utan uppehåll, där hälften skickar varje formulär två gånger på en gång, medan staden publicerar och säkerhetskopieras) startas på några av dem: "
            "formulär som var på väg skickas igen och har då fått verkan en gång, iakttagelser öppnas med sina koder, den som hade loggat in är fortfarande inloggad, och ett brev som hade kommit fram skickas inte igen. "
            "`lykta init` och `lykta restore` kan lämna en mapp med ett tillfälligt namn. Testet självt prövas först: för ett program som inte inväntar disken finner det "
            f"något förlorat på {control['lost']} diskar, för ett som gör det på ingen."]


def crowd(rows):
    return ["Förbindelser öppnas och hålls öppna, och de som skickas i väg kommer igen. Under tiden ber den ena besökaren efter den andra om startsidan och "
            "skickar en iakttagelse, på egna förbindelser, utan någon server med TLS framför programmet."]


def slow(rows):
    return ["slowhttptest, som Debian paketerar det, släpps lös på programmet utan någon server med TLS framför, medan en besökare läser startsidan, kartläggningarna, seminarierna "
            "och formuläret för att berätta i tur och ordning, var och en på en egen förbindelse, högst 20 gånger i sekunden. slowhttptest ber också själv om en sida varje sekund. Båda körs på samma kärnor som programmet."]


def rush(rows):
    return ["Alla gäster har formuläret innan någon skickar det. De första i den ordning de kom får platserna, resten väntar i ordning. Alla bekräftar med "
            "länkarna i sina brev, den sista först, vilket inte ändrar något i ordningen. En lämnar återbud, och den första som väntar får platsen. En ordning "
            "syns utifrån när en gäst fick svar innan en annan skickade."]


def outage(rows):
    return ["Programmets klocka går 60 gånger så fort, så att en timme går på en minut. Dess pauser och väntetider är desamma som i alla städer. Hälften av "
            "gästerna anmäler sig när avbrottet börjar, hälften när det slutar."]


def day(rows):
    return ["En iakttagelse berättas, en gäst anmäler sig, någon misslyckas med att logga in och ber om sidor med en adress i, planen ändras, e-postservern är "
            "nere, och minnet tar slut på många ställen. Adresser, namn, lösenord, sessionen, kvittokoden och det som berättades söks sedan "
            "efter i loggen och i de räknare som övervakningen läser."]


def marks(rows):
    row = rows[0]
    return [f"Märken är ord som inte står någon annanstans. {row['reports']} iakttagelser berättas, {row['in_browser']} av dem i en webbläsare som sparar en profil, med märken i texterna, i texter som "
            "nekas, i adresser och i huvuden på anrop. En mottagare frågar var och en som berättade, anger ett skäl och får svar. Nästa morgon beslutas varje iakttagelse. Programmets klocka ställs "
            "fram mellan dagens sex delar, så att nattens säkerhetskopia och gallring görs på natten. Efter varje del söks minnet i varje process "
            "igenom, och varje fil: databasen med dess skrivlogg, loggen, temporära filer från programmen på den här maskinen, filer utan namn. Till slut avslutas alla processer "
            "som vid en krasch, vilket inte lämnar någon minnesdump där varje annat program lämnar en, och säkerhetskopian söks igenom som den ligger och öppnad med sin nyckel. "
            f"Det som söks: {row['marks']} märken och {row['keys']} koder, låslösen, lösenord och andelar, som de är, i versaler, i andra systems tecken (UTF-16), i siffror och i base64. "
            "Sökningen själv prövas på varje form först. I `./test` söks samma sak i filer av `sealing_test` och i minnet av `memory_test`."]


def server(rows):
    return ["Stadens databas finns i en PostgreSQL-server. Två processer visar staden och den ena och sedan den andra dödas, medan gäster anmäler sig. Eller så "
            "är servern borta en stund: staden svarar med en sida som säger det, och ingen startar om den."]


def parts(rows):
    whole = rows[-1]
    return ["kill -9 av varje process som en stad i drift består av, medan tre klienter anmäler gäster. Arbetsprocessen skapas på nytt, och staden fortsätter. Utan "
            f"någon av de andra slutar staden och startas om, så som tjänstehanteraren gör. {whole['acknowledged']} anmälningar bekräftades och {whole['lost']} gick förlorade; "
            f"{whole['letters_twice']} brev kom två gånger, ödet för {whole['letters_unsure']} är okänt, och det sägs. I vila, före provet, tog alla processer tillsammans "
            f"{decimal(whole['memory_mb'])} MB (var och en sitt eget minne och sin del av det som de har gemensamt)."]


def restart(rows):
    return ["Programmet stoppas och startas om medan fyra besökare kommer utan uppehåll, med varje anrop på en egen förbindelse. Antingen öppnar det sin dörr själv, eller så svarar det vid en socket "
            "som tjänstehanteraren håller öppen (`lykta@.socket`): den som kommer under tiden väntar. En förbindelse som hade tagits emot när programmet fick order att stanna, "
            "och ännu inte hade bett om något, bryts."]


def failover(rows):
    return ["Stadens databas finns i en PostgreSQL-server, och en andra server följer den första, som bekräftar en ändring när den andra har den (synkron "
            "bekräftelse). Den första försvinner mitt i det den gör medan gäster anmäler sig, den andra tar dess plats, och en ny följer den. Stadens "
            "adress anger båda, och ingen startar om den. Tiden borta räknas tills någon har anmält sig igen, och tiden för bytet ingår."]


def clock(rows):
    return ["Någon berättar vad den har sett, en gäst anmäler sig och samordnaren är inloggad. Sedan hoppar maskinens klocka medan staden visas, och de kommer igen. Varje brev kommer en gång och "
            "väntar inte på klockan. Efter ett hopp bakåt öppnas alla iakttagelser med sina koder, loggen fortsätter i den ordning saker gjordes, med klockans tider, och `lykta verify` finner "
            "staden hel. Efter ett hopp framåt är den som var inloggad det inte längre, och loggar in på nytt. Efter ett hopp bakåt får den som har använt en kod ur sin app sedan den tid som kommer "
            "igen ange en senare: ingen kod som kan ha setts godtas en gång till."]


def grown(mb):
    return f"som mest {decimal(mb)} MB mer" if mb > 0 else f"minst {decimal(-mb)} MB mindre"


def hour(rows):
    return [f"En stad med {thousands(row['size']['members'])} medlemmar, {row['size']['seminars']} seminarier och {thousands(row['size']['reports'])} iakttagelser får {row['rate']} anrop i sekunden i "
            f"{thousands(row['seconds'])} sekunder: av hundra anrop kommer 80 från läsare, 15 från en samordnare, ett från en mottagare som har iakttagelserna i sin inkorg, två är iakttagelser och två anmälningar "
            "till ett seminarium, vart och ett ett formulär som hämtas och skickas. Takten hålls hur lång tid svaren än tar, och väntan räknas från den tidpunkt då ett anrop skulle göras. "
            "Klienten körs på samma två kärnor. Vad den och maskinen klarar syns bredvid: startsidans byte från nginx, efterfrågade lika ofta. "
            "Innan dess frågar alla 32 förbindelser efter detsamma så fort de får svar, i tjugo sekunder, så att varje arbetare som kan finnas är öppen (docs/decisions/0121-bounded-page-caches.md). "
            "De som en upptagen maskin öppnar senare skulle annars räknas som tillväxt. "
            f"Alla programmets processer tillsammans höll som mest {decimal(row['memory_mb'])} MB. Av det hade de själva skrivit som mest {decimal(row['written_mb'])} MB den första fjärdedelen av tiden, och "
            f"{grown(row['growth_mb'])} efter den: det mesta under varje minut låg mellan {decimal(min(row['written_by_minute_mb']))} och {decimal(max(row['written_by_minute_mb']))} MB. Resten är deras andel av filers sidor, som är 5 MB eller 16 MB beroende på om andra program använder samma bibliotek." for row in rows]


def portal(rows):
    row = rows[0]
    return [f"Listan över seminarier ({row['seminars']} stycken, {thousands(row['bytes'])} byte) från programmet, från Django och från nginx, efter varandra i en körning på samma maskin. Django är det ramverk i Debians paket som "
            "portaler görs med, och får det minsta som en sådan sida kan vara: samma SQLite-databas, en fråga, en mall som ligger kvar i minnet, inga sessioner och inga mellanlager, "
            f"bakom gunicorn med {row['workers']} processer om fyra trådar. Dess sida är densamma byte för byte. En färdig portal gör mer för varje sida och har sina sidor i en annan form, så att det som skiljer skulle vara "
            "sidan och inte servern. nginx har sidan som en fil: det minsta som maskinen kan göra. Var och en får "
            f"{row['rate']} anrop i sekunden i {row['seconds']} sekunder, och sedan från wrk på fyra förbindelser utan uppehåll. Kvoterna är mot programmets egen rad."]


SECTIONS = {
    "mixed": ("Programmet dödas medan människor berättar, loggar in och planerar", mixed,
              ["gånger dödat", "iakttagelser", "ändringar av planen", "inloggningar", "förlorade", "dubbla", "öppnade med sina koder", "förbindelser som bröts eller nekades", "filer med texten"]),
    "kills": ("Programmet dödas medan ett seminarium blir fullt", kills,
              ["gånger dödat", "bekräftade anmälningar", "förlorade", "dubbla", "förbindelser som bröts eller nekades", "brev som kom en gång", "två gånger", "osäkra", "varav kom fram"]),
    "memory": ("Det finns inget minne", memory, CALLS),
    "disk": ("Disken är full, eller går sönder", disk, CALLS),
    "power": ("Strömmen bryts", power, ["det som strömmen bryts i", "tidpunkter", "diskar", "förlorat, dubbelt eller halvt"]),
    "crowd": ("Många håller förbindelser och säger ingenting", crowd,
              ["de många", "förbindelser", "besökare", "förlorade iakttagelser", "sida: median, ms", "sida: längst, ms", "iakttagelse: längst, ms", "minne, MB"]),
    "slow": ("Långsamma klienter", slow,
             ["långsamma klienter", "begärda förbindelser", "hållna på en gång, som mest", "lästa sidor", "obesvarade", "hälften inom, ms", "99 %, ms", "längst, ms",
              "sekunder då slowhttptest självt inte fick svar"]),
    "rush": ("Ett seminarium som blir fullt", rush,
             ["gäster på en gång", "platser", "fick plats", "väntar i ordning", "förlorade", "par vars ordning syntes", "brev", "alla besvarade inom, s"]),
    "outage": ("E-postservern är nere", outage,
               ["servern", "gäster", "nere, minuter", "brev som kom en gång", "två gånger", "förlorade", "det sista kom efter, minuter"]),
    "day": ("Vad loggen säger", day, ["rader i loggen", "varav fel", "räknare", "eftersökta", "funna"]),
    "marks": ("En dag med märkta ord, och varje ställe där de kunde ha blivit kvar", marks,
              ["det som söktes igenom", "gånger en fil eller process söktes igenom", "MB", "funna"]),
    "server": ("Databasen finns i en server", server, ["det som slutar", "bekräftade anmälningar", "förlorade", "brev vars öde är osäkert"]),
    "parts": ("En av processerna dödas", parts, ["processen", "gånger dödad", "helt igen efter högst, s", "minne i vila, MB"]),
    "restart": ("Programmet startas om", restart, ["den som håller dörren", "omstarter", "besvarade", "nekade", "brutna", "längsta väntan på ett svar, ms"]),
    "failover": ("Servern går förlorad, och dess kopia tar över", failover,
                 ["det som slutar", "bekräftade anmälningar", "förlorade", "brev vars öde är osäkert", "längst borta, s"]),
    "clock": ("Klockan hoppar", clock,
              ["klockan går", "iakttagelser", "brev som kom en gång", "fortfarande inloggad", "loggar in med en app genast", "rader i loggen efter hoppet"]),
    "hour": ("En stor stad i jämn takt", hour, ["server", "vad", "anrop", "hälften inom, ms", "99 %, ms", "99,9 %, ms"]),
    "portal": ("Samma sida från ett annat webbprogram", portal,
               ["server", "hälften inom, ms", "99 %, ms", "processortid per sida, ms", "sidor i sekunden, som mest", "hälften inom: kvot", "processortid: kvot", "sidor i sekunden: kvot"])}

# What stands in cells, with # for each figure. A name of the program's own, of another program or of a page is the same in both.
CELLS = {"memory": "minne", "a page": "en sida", "a report": "en iakttagelse", "a change of the plan": "en ändring av planen", "a sign-up": "en anmälan",
         "disk full from then on": "disken full från och med då", "disk fails once": "disken misslyckas en gång",
         "disk read-only from then on": "disken skrivskyddad från och med då", "back an hour": "tillbaka en timme", "on a year": "fram ett år", "yes": "ja", "no": "nej",
         "a served city: # reports, # changes of the plan, # sign-ups": "en stad i drift: # iakttagelser, # ändringar av planen, # anmälningar",
         "say nothing, as one whose cable was pulled out": "säger ingenting, som en vars kabel har dragits ut", "send a head a line at a time": "skickar ett huvud en rad i taget",
         "send a form a byte at a time": "skickar ett formulär en byte i taget", "ask for page after page and read none": "ber om sida efter sida och läser ingen",
         "nobody": "ingen", "heads that do not end (slowloris)": "huvuden som inte tar slut (slowloris)", "forms that come slowly (slow body)": "formulär som kommer långsamt (slow body)",
         "answers that are read slowly (slow read)": "svar som läses långsamt (slow read)", "refuses connections": "nekar förbindelser",
         "takes connections and is silent": "tar emot förbindelser och är tyst", "says # to every reader": "säger # till varje läsare", "says # after every text": "säger # efter varje text",
         "open files": "öppna filer", "city": "staden", "log": "loggen", "temporary": "temporära filer", "browser": "webbläsaren", "backup, shut": "säkerhetskopian, stängd",
         "backup, opened": "säkerhetskopian, öppnad", "one of two processes, # times": "en av två processer, # gånger", "one of two folders, # times": "en av två mappar, # gånger", "PostgreSQL, for # s": "PostgreSQL, i # s",
         "the program": "programmet", "the service manager": "tjänstehanteraren",
         "the server, whose replica takes over, # times": "servern, vars kopia tar över, # gånger", "the start page's bytes": "startsidans byte", "nginx, a file": "nginx, en fil"}
SAME = re.compile(r"-|`.*`|lykta.*|/.*|nginx|Django|[\d.]+")

HEAD = ["# Vad som händer när något går fel", "",
        "För den som avgör om programmet går att lita på. Programmet, så som det ges ut, visar en stad i en tillfällig mapp, med en verklig e-postserver, och "
        "skadas utifrån. Om något gick förlorat, blev dubbelt, inte sades i ord eller gick att läsa i en fil slutar en körning som misslyckad, och då skrivs "
        "ingenting här. `./test` kör varje prov i kortform; `./test --long` kör alla som nedan.", "",
        "Det som inte är visat: ett strömavbrott i en verklig maskin. Det som har bekräftats överlever ett sådant så länge disken behåller det som den har ombetts att behålla (fsync) innan någon "
        "får svar. Vad programmet ber den behålla, och när, visas under ”Strömmen bryts”.", ""]


def cell(text):
    known = CELLS.get(re.sub(r"\d+", "#", text))
    if known:
        figures = iter(re.findall(r"\d+", text))
        return re.sub("#", lambda _: next(figures), known)
    if not SAME.fullmatch(text):
        print(f"reliability_sv.py has no word for {text!r}", file=sys.stderr)
    return decimal(text) if re.fullmatch(r"\d+\.\d+", text) else text


def made(section):
    machine = section["machine"]
    return (f"`{section['command']}`, {section['date']}: {machine['cpu']}, {machine['cores']} kärnor, Linux {machine['kernel']}; belastning innan "
            f"{decimal(section['load'])}.")


def swedish(lines, paragraphs, heads):
    """The lines of a section with other words: its paragraphs in their order, the heads of its tables and its cells."""
    words, is_head = iter(paragraphs), True
    for line in lines:
        if line.startswith("|---"):
            yield line
        elif line.startswith("|"):
            cells = heads if is_head else [cell(text.strip()) for text in line.strip("|").split("|")]
            yield "| " + " | ".join(cells) + " |"
        else:
            yield next(words) if line else line
        is_head = not line.startswith("|")


def markdown(result):
    lines = list(HEAD)
    for name, _, show in reliability.SECTIONS:
        if name in result:
            title, say, heads = SECTIONS[name]
            rows = result[name]["rows"]
            lines += [f"## {title}", "", made(result[name]), "", *swedish(show(rows), say(rows), heads), ""]
    return "\n".join(lines)


def write(docs, result):
    (docs / "sv/reliability.md").write_text(markdown(result), encoding="utf-8")


if __name__ == "__main__":
    kept = pathlib.Path(sys.argv[1]) / "docs"
    write(kept, json.loads((kept / "measurements/faults.json").read_text(encoding="utf-8")))
