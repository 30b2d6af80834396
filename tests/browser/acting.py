"""What a reader does to a control: pick, choose, write, flip, slide, turn the page."""

from watching import at_rest, one_run


def pick(label):
    """One of the options that stand side by side."""
    return lambda control: control.get_by_text(label, exact=True).click()


def choose(*labels):
    """From a list that opens, by typing."""

    def act(control):
        control.evaluate("part => part.scrollIntoView({block: 'center'})")  # room for the list
        for label in labels:
            at_rest(control.page)
            with one_run(control.page):
                control.get_by_role("combobox").fill(label)
                control.page.get_by_role("option", name=label, exact=True).click()
        control.page.keyboard.press("Tab")  # closes the list, which hides all else while open

    return act


def write(text):
    def act(control):
        control.get_by_role("searchbox").fill(text)
        control.get_by_role("searchbox").press("Enter")

    return act


def flip(control):
    control.locator("label").click()


def slide(control):
    control.get_by_role("slider").first.press("ArrowRight")


def turn(control):
    control.get_by_role("button", name="Page 2", exact=True).click()
