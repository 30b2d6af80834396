"""When a page can be acted on: the run has ended, what it drew stands, and nothing moves."""

from contextlib import contextmanager

_CHARTS_STAND = """[...document.querySelectorAll('[data-testid=stPlotlyChart]')]
    .every(chart => chart.querySelector('.main-svg'))"""
# A list closes when the page is scrolled, and the browser tells of scrolling a frame later; what an
# expander holds moves for half a second, so that a click can begin on a button and end beside it.
_AT_REST = """n_frames => new Promise(done => {
    const parts = () => [...document.querySelectorAll(
        "[data-testid=stMain], [data-testid=stSidebarContent], details, details *, [role=dialog]"
    )].map(part => [part.scrollTop, part.clientHeight, part.scrollHeight]);
    const is_moving = () => document.getAnimations().some(each =>
        each.playState === "running" && isFinite(each.effect.getComputedTiming().endTime));
    let before, n_same = 0;
    const look = () => {
        const now = JSON.stringify(parts());
        n_same = now === before && !is_moving() ? n_same + 1 : 0;
        before = now;
        n_same < n_frames ? requestAnimationFrame(look) : done(true);
    };
    look();
})"""
_WATCH = """() => {
    const app = document.querySelector("[data-testid=stApp]");
    window.hasRun = false;
    new MutationObserver(() => {
        window.hasRun ||= app.getAttribute("data-test-script-state") === "running";
    }).observe(app, {attributes: true, attributeFilter: ["data-test-script-state"]});
}"""
_N_FRAMES = 12


def opened(page, address):
    """Goes to an address of the app and waits until its page stands."""
    page.goto(address)
    drawn(page)


def drawn(page):
    """Waits until the run has ended, every chart stands, and nothing moves."""
    page.wait_for_selector("h1, .st-key-stage, [data-testid=stAlert]", state="attached")
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_selector("[data-testid=stSkeleton]", state="detached")  # of scripts on their way
    page.wait_for_function(_CHARTS_STAND)
    at_rest(page)


def at_rest(page):
    """Waits until nothing on the page has moved, scrolled or grown for some frames."""
    page.wait_for_function(_AT_REST, arg=_N_FRAMES)


@contextmanager
def one_run(page):
    """Waits until what is done within has led to a run, and the run has ended.

    On a slow machine a run begins well after the click, when the page looks as if it stood still.
    """
    page.evaluate(_WATCH)
    yield
    page.wait_for_function("window.hasRun")
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
