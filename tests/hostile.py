"""What nobody means well by: texts and values that pages and readers have to bear."""

import os
import signal
from contextlib import contextmanager

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

TEXTS = (
    "<script>document.title='stolen'</script>",
    "<img src=x onerror=\"document.title='stolen'\">",
    '"><svg onload="document.title=\'stolen\'">',
    "[click](javascript:document.title='stolen')",
    "![picture](http://198.51.100.1/pixel.png)",
    "**bold** _soft_ `code` # heading | a | b | $x^2$ :red[red] :material/bolt: ~~gone~~ --- ->",
    "{{7*7}} ${7*7} {0} %s %(x)s {speaker.__class__}",
    "&lt;b&gt; &amp;amp; &#60;i&#62;",
    "=cmd|' /C calc'!A0",
    "\u200e\u200f שלום مرحبا e\u0301\u0302\u0303\u0304",
    "'; DROP TABLE statements; --",
    "../../../etc/passwd",
    "(a+)+$",
    "a*a*a*a*a*a*a*a*b",
    "\ufeff\u00a0\u2028\u2029 \t",
    "😀" * 20,
    "w" * 990,
)
TURNING = "\u202egnp.exe\u202c"


def examples(few: int):
    """Hypothesis settings: few examples, or as many as PARLEY_EXAMPLES says."""
    return settings(
        max_examples=int(os.environ.get("PARLEY_EXAMPLES", few)),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def texts():
    """Hostile, random and harmless texts."""
    seen = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=40)
    sensible = st.one_of(st.sampled_from(TEXTS), seen, st.just("Trade grows."))
    return mostly(sensible, st.text(max_size=40))


def mostly(sensible, other):
    """The one, and once in twelve times the other."""
    return st.integers(0, 11).flatmap(lambda n: other if n == 11 else sensible)


def values():
    """What YAML or TOML can hold, nested a little."""
    plain = st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), texts(), st.dates(), st.datetimes()
    )
    return st.recursive(
        plain,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(texts(), inner, max_size=4)
        ),
        max_leaves=8,
    )


def assert_placed(error, path):
    """Every problem names the file, a line and a remedy."""
    assert error.problems
    assert all(p.path == str(path) and p.line >= 1 and p.message for p in error.problems)


@contextmanager
def no_hang(seconds: int = 60):
    """Ends what would never end, so that a hang fails its test instead of stopping all."""

    def stop(number, frame):
        raise TimeoutError(f"still at work after {seconds} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
