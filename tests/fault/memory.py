"""There is no memory: one call for it fails."""
from city import opened
from failing import MEMORY, NO_MEMORY, Plan, library_of
from sweep import Commands, Kind, serve_and_sweep
from works import Estimate, Publication

KIND = Kind("memory", MEMORY, NO_MEMORY, False, r"^lykta: out of |could not be undone")


def memory(lykta, most):
    with opened(lykta, 30) as (city, _):
        city.plan = Plan(city.folder.parent, library_of(lykta))
        commands = Commands(lykta, city.plan, KIND)
        rows = [commands.sweep(work, most) for work in (Estimate(city), Publication(city, commands.undisturbed))]
        return rows + serve_and_sweep(city, [KIND], most)
