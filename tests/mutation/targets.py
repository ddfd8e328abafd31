"""Which files get small faults, how many each, and which of their tests are to notice them, the likeliest first."""
from dataclasses import dataclass

from mutants import of_code, of_permissions

ALL = 0
SAMPLE = 10


@dataclass(frozen=True)
class Target:
    path: str
    tests: list
    most: int = SAMPLE
    mutate: object = of_code

    @property
    def room(self):
        return self.path.rsplit("/", 1)[0]


# A test is named as its program, tests/unit/NAME_test; "property/NAME" is tests/property/NAME_prop.
WATCHED = {
    "lib/estimate": {
        "bayes": ["estimate/bayes", "estimate/estimate"],
        "bic": ["estimate/bic", "estimate/by_bic", "property/estimate"],
        "bic_ranking": ["estimate/bic", "estimate/by_bic"],
        "bic_terms": ["estimate/bic", "estimate/by_bic"],
        "bic_walk": ["estimate/bic", "estimate/by_bic"],
        "bootstrap": ["estimate/bootstrap", "estimate/traps", "property/estimate"],
        "chao": ["estimate/chao", "estimate/estimate"],
        "chapman": ["estimate/chapman", "estimate/estimate"],
        "cone": ["estimate/cone", "estimate/exists"],
        "exists": ["estimate/exists", "estimate/loglinear", "estimate/estimate"],
        "gate": ["estimate/estimate", "estimate/traps", "estimate/method"],
        "hyper_dirichlet": ["estimate/hyper_dirichlet", "estimate/graphs"],
        "interval": ["estimate/interval", "estimate/estimate", "property/estimate"],
        "latent_class": ["estimate/latent_class", "estimate/classes"],
        "loglinear": ["estimate/loglinear", "estimate/stepwise", "estimate/estimate"],
        "profile": ["estimate/profile", "estimate/by_unequal", "estimate/by_bic"],
        "student": ["estimate/student", "pool/pool_effects"],
        "summary": ["estimate/summary", "estimate/estimate_text"],
        "zeta": ["estimate/zeta", "estimate/loglinear"],
    },
    "lib/link": {
        "assignment": ["property/assignment", "link/partition"],
        "linkage_cuts": ["link/linkage_cuts", "link/linkage"],
        "normalise": ["link/normalise", "link/encode"],
        "odds": ["link/odds", "link/linkage"],
        "partition": ["link/partition", "link/partition_draw", "property/assignment", "link/linkage"],
        "partition_best": ["link/partition", "property/assignment", "link/linkage"],
        "partition_draw": ["link/partition_draw", "link/partition", "link/linkage"],
        "partition_weight": ["link/partition", "link/linkage"],
        "personnummer": ["link/personnummer", "link/birth"],
    },
    "lib/pool": {
        "chi_squared": ["pool/pool_chi_squared", "pool/pool_effects"],
        "effects": ["pool/pool_effects", "pool/pool_funnel"],
        "funnel": ["pool/pool_funnel"],
        "sum": ["pool/pool_sum"],
    },
    "lib/protect": {
        "attack": ["protect/attack", "protect/suppress", "property/cube"],
        "bounds": ["protect/bounds", "protect/suppress", "property/audit"],
        "cube": ["protect/cube", "property/cube"],
        "elimination": ["protect/elimination", "protect/suppress"],
        "ledger": ["protect/ledger", "property/audit", "protect/threats_linked"],
        "published": ["protect/published", "protect/ledger", "protect/table_csv"],
        "refinement": ["protect/ledger", "protect/threats_county", "property/audit"],
        "rounding": ["protect/rounding", "protect/cube", "property/cube"],
        "suppress": ["protect/suppress", "protect/threats", "protect/protect"],
    },
    "lib/seal": {"shamir": ["seal/shamir", "seal/recovery", "property/shamir"]},
}
TARGETS = [Target("src/portal/permission.c", ["portal/permission", "portal/access"], ALL, of_permissions),
           Target("src/web/route.c", ["web/route", "portal/access"], ALL),
           *(Target(f"{room}/{name}.c", tests, ALL if room == "lib/seal" else SAMPLE) for room, files in WATCHED.items() for name, tests in files.items())]
