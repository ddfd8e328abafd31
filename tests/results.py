"""Adds up what meson's test logs say: one line per failed test, and the closing count of all cases."""
import json
import sys

passed = failed = skipped = 0
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as log:
        for line in log:
            test = json.loads(line)
            cases = [word for word in test.get("stdout", "").splitlines() if word.lstrip().startswith(("ok ", "not ok "))]
            bad = sum(case.lstrip().startswith("not ok") for case in cases)
            if test["result"] == "SKIP":
                skipped += 1
            elif test["result"] == "OK":
                passed += max(1, len(cases))
            else:
                failed += max(1, bad)
                passed += len(cases) - bad
                print(f"failed: {test['name']} ({test['result']})")
                print(test.get("stdout", "")[-4000:])
                print(test.get("stderr", "")[-4000:])
print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
sys.exit(1 if failed or not passed else 0)
