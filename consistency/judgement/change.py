"""How one value differs from another: in which direction, by how much, and whether such a measure moves so fast."""

from __future__ import annotations

from consistency.judgement import intervals
from consistency.judgement.intervals import Interval
from consistency.judgement.pair import Pair
from consistency.judgement.profiles import Profile
from consistency.judgement.times import distance
from consistency.judgement.values import Compared

DAYS_A_YEAR = 365.25


def difference(pair: Pair, compared: Compared) -> str:
    """none | small | large: small within the profile's size of a revision."""
    if compared.relation in {"subset", "replaced"}:
        return "large" if compared.conflict else "none"
    if compared.relation in {"number-differs", "negation-differs"}:
        return "large"
    if compared.relation != "disjoint":
        return "none"
    if compared.a is None or compared.b is None or compared.a.dates:
        return "large"
    share = intervals.relative(compared.a, compared.b)
    return "small" if share is not None and share <= pair.profile.revision else "large"


def direction(pair: Pair, compared: Compared) -> str:
    """up | down | level | none, from the earlier to the later claim; none where the two are not ordered in time."""
    if compared.relation in {"equal", "rounding", "converted"}:
        return "level"
    if compared.relation != "disjoint" or compared.a is None or compared.b is None or compared.a.dates:
        return "none"
    if not _ordered(pair):
        return "none"
    sign = intervals.sign(compared.a, compared.b)
    return "up" if sign > 0 else "down" if sign < 0 else "none"


def _ordered(pair: Pair) -> bool:
    a, b = pair.periods if pair.profile.kind == "flow" else pair.held
    if a is not None and b is not None and (a.first, a.last) != (b.first, b.last):
        return True
    days = [pair.around.published(c) for c in (pair.a, pair.b)]
    return None not in days and days[0] != days[1]


def rate(pair: Pair, compared: Compared, going: str) -> str:
    """plausible | implausible | unknown: whether the profile allows the change in the time there was."""
    profile = pair.profile
    if profile.kind == "clock":
        return _clock(pair, compared)
    if compared.relation != "disjoint" or compared.a is None or compared.b is None or profile.kind == "flow":
        return "unknown"
    if going in {"up", "down"} and going not in profile.directions:
        return "implausible"
    days = distance(*pair.held)
    if days is None or going == "none":
        return "unknown"
    return _within(compared.a, compared.b, days, profile)


def _within(a: Interval, b: Interval, days: int, profile: Profile) -> str:
    """Whether so many days are enough for the step, at the profile's fastest."""
    step = intervals.apart(a, b)
    sizes = [abs(m) for m in (intervals.middle(a), intervals.middle(b)) if m is not None]
    if step is None or not sizes:
        return "unknown"
    if step <= profile.free_step:
        return "plausible"
    years = max(days, 1) / DAYS_A_YEAR
    if profile.max_step_per_year is not None:
        return "plausible" if step <= profile.max_step_per_year * years else "implausible"
    if profile.max_rate_per_year is None or min(sizes) == 0:
        return "unknown"
    return "plausible" if step / min(sizes) <= profile.max_rate_per_year * years else "implausible"


def _clock(pair: Pair, compared: Compared) -> str:
    """Whether some day of birth fits both ages."""
    a, b = pair.held
    if compared.a is None or compared.b is None or a is None or b is None:
        return "unknown"
    if compared.relation == "equal" and (frozen(pair) or "published" in {a.basis, b.basis}):
        return "plausible"  # the age someone had on the day that is told of, told again later
    first, second = _birth(compared.a, a.first, a.last), _birth(compared.b, b.first, b.last)
    return "plausible" if first[0] < second[1] and second[0] < first[1] else "implausible"


def _birth(age: Interval, first: int, last: int) -> tuple[float, float]:
    """After which and until which day someone of that age (in years) was born."""
    low = age.low if age.low is not None else 0.0
    high = age.high if age.high is not None else low + 130
    return first - (high + 1) * DAYS_A_YEAR, last - low * DAYS_A_YEAR


def frozen(pair: Pair) -> bool:
    """Whether the age is that of someone who has died, which no longer grows."""
    dead = pair.around.words.dead
    return any(c.measure.relation in dead or dead & set(c.measure.terms) for c in (pair.a, pair.b))


def part(pair: Pair, compared: Compared, role: str, scopes: str, periods: str, gap: str) -> str:
    """fits | exceeds | none: a part against its whole at one time; none where neither is a part of the other."""
    if pair.around.words.some & {*pair.a.scope, *pair.b.scope} and role == "same":
        return "none"  # some out of a number that neither passage need tell
    sides = {role, scopes} & {"narrower", "wider"}
    if len(sides) != 1 or {role, scopes} - {"narrower", "wider", "same"}:
        return "none"
    if compared.a is None or compared.b is None or compared.a.dates or pair.a.kind not in {"count", "money", "measure"}:
        return "none"
    small, large = (compared.a, compared.b) if sides == {"narrower"} else (compared.b, compared.a)
    if compared.relation != "disjoint" or intervals.sign(large, small) != 1:
        return "fits"
    timely = (
        periods == "same" if pair.profile.kind == "flow" else gap == "negligible" or pair.profile.kind == "constant"
    )
    return "exceeds" if timely else "none"
