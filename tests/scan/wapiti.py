"""Debian 12's wapiti under Debian 12's Python: its pattern for what to leave out has flags at the end, which Python 3.11 refuses."""
import fnmatch
import re

from wapitiCore.main import wapiti
from wapitiCore.net import crawler

crawler.wildcard_translate = lambda pattern: re.compile(fnmatch.translate(pattern))
wapiti.wapiti_main()
