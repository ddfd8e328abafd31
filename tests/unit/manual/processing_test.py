"""A processing that rests on nothing that is the law today stops the build. usage: processing_test.py PROJECT"""
import datetime
import pathlib
import sys
import unittest

PROJECT = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(PROJECT / "src/manual"))
sys.dont_write_bytecode = True
import processing  # noqa: E402

TODAY = datetime.date(2026, 11, 26)


def ground(name, first="2018-05-25", last=""):
    return {"id": name, "lag": "lag", "paragraf": "1 §", "vad den säger": "något", "gäller från": first, "gäller till": last}


def rest(activity, name, part=""):
    return {"behandling": activity, "grund": name, "del": part}


def faults(grounds, rests, today=TODAY, activities=("a",)):
    return list(processing.faults_of_grounds([{"id": name} for name in activities], grounds, rests, today))


class Grounds(unittest.TestCase):
    def test_one_that_holds_is_enough(self):
        self.assertEqual(faults([ground("ny"), ground("gammal", last="2020-01-01")], [rest("a", "ny"), rest("a", "gammal")]), [])

    def test_the_first_and_the_last_day_are_days_on_which_it_holds(self):
        for first, last, hold in [("2026-11-26", "", True), ("2026-11-27", "", False), ("2018-05-25", "2026-11-26", True), ("2018-05-25", "2026-11-25", False)]:
            self.assertEqual(not faults([ground("g", first, last)], [rest("a", "g")]), hold, (first, last))

    def test_a_part_needs_a_ground_of_its_own(self):
        rests = [rest("a", "ny"), rest("a", "gammal", "hälsa")]
        self.assertEqual(faults([ground("ny"), ground("gammal", last="2020-01-01")], rests),
                         ["a, hälsa: rests on no ground that is the law on 2026-11-26"])

    def test_a_part_alone_is_not_the_whole(self):
        self.assertEqual(faults([ground("g")], [rest("a", "g", "hälsa")]), ["a: rests on no ground that is the law on 2026-11-26"])

    def test_what_names_nothing_is_told(self):
        told = faults([ground("g"), ground("ledig")], [rest("a", "g"), rest("b", "g"), rest("a", "borta")])
        self.assertEqual(told, ["rests_on.csv: there is no ground borta", "rests_on.csv: there is no activity b", "legal_grounds.csv: nothing rests on ledig"])

    def test_days_that_are_none_are_told(self):
        for first, last in [("", ""), ("2018-13-01", ""), ("2018-05-25", "snart"), ("2018-05-25", "2018-05-24")]:
            self.assertEqual(faults([ground("g", first, last)], [rest("a", "g")]), ["legal_grounds.csv: g has no days between which it is the law"])

    def test_the_page_says_until_when_a_ground_holds(self):
        self.assertEqual(processing.told(ground("g", last="2027-01-31")), "lag, 1 § (något; gäller från 2018-05-25, till och med 2027-01-31)")

    def test_those_of_the_program_hold(self):
        grounds, rests, activities = (processing.rows(PROJECT / "src/manual" / f"{name}.csv") for name in ("legal_grounds", "rests_on", "activities"))
        self.assertEqual(list(processing.faults_of_grounds(activities, grounds, rests, datetime.date.today())), [])
        self.assertGreater(len(grounds), 10)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
