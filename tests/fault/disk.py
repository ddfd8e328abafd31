"""The disk is full, fails, or turns read-only, as a file system does that has found a fault: one call that changes it fails, or all from then on."""
from city import opened
from failing import BROKEN, DISK, FULL, READ_ONLY, Plan, library_of
from sweep import Commands, Kind, serve_and_sweep
from works import Backup, Publication

GIVES_UP = r"could not keep what|could not be undone"
KINDS = [Kind("disk full from then on", DISK, FULL, True, GIVES_UP), Kind("disk fails once", DISK, BROKEN, False, GIVES_UP),
         Kind("disk read-only from then on", DISK, READ_ONLY, True, GIVES_UP)]


def disk(lykta, most):
    with opened(lykta, 30) as (city, _):
        city.plan = Plan(city.folder.parent, library_of(lykta))
        commands = [Commands(lykta, city.plan, kind) for kind in KINDS]
        publication = Publication(city, commands[0].undisturbed)
        rows = [command.sweep(publication, most) for command in commands]
        backup = Backup(city, commands[0].undisturbed)
        rows += [command.sweep(backup, most) for command in commands]
        return rows + serve_and_sweep(city, KINDS, most)
