"""The list of seminars as a page of Django: the framework that Debian packages, one query on the same database, one template.

PORTAL_DATABASE is a city's lykta.db, which is only read; PORTAL_PAGE a template. Nothing is on that a page like this does not need: no sessions, no sign-in,
no middleware, templates read once and connections kept.
"""
import datetime
import os
import pathlib

import django
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.template import engines
from django.urls import path

MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="example", USE_TZ=True, TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
                   DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"file:{os.environ['PORTAL_DATABASE']}?mode=ro", "CONN_MAX_AGE": None}})
django.setup()
PAGE = engines["django"].from_string(pathlib.Path(os.environ["PORTAL_PAGE"]).read_text(encoding="utf-8"))

SEMINARS = """select s.id, s.title, s.held_on, s.from_minute, s.to_minute, s.place, s.last_day,
                     s.seats - (select count(*) from seminar_signup g where g.seminar = s.id and g.is_seated = 1)
              from seminar s where s.state = 'open' and s.held_on >= %s order by s.held_on, s.from_minute, s.id"""


def clock(minute):
    return f"{minute // 60}.{minute % 60:02}"


def seminar(row, today):
    number, title, held_on, start, end, place, last_day, left = row
    day = datetime.date.fromisoformat(held_on)
    return {"id": number, "title": title, "when": f"{day.day} {MONTHS[day.month - 1]} {day.year} kl. {clock(start)}–{clock(end)}", "place": place,
            "left": left if last_day >= today else None}


def seminars(_request):
    today = datetime.date.today().isoformat()
    with connection.cursor() as cursor:
        cursor.execute(SEMINARS, [today])
        rows = [seminar(row, today) for row in cursor.fetchall()]
    return HttpResponse(PAGE.render({"seminars": rows}))


urlpatterns = [path("seminarier", seminars)]


def application(environ, start):
    return HANDLER(environ, start)


from django.core.wsgi import get_wsgi_application  # noqa: E402  after the settings

HANDLER = get_wsgi_application()
