"""Days as people write them: 31 May 2005."""

from datetime import date


def in_words(day: date) -> str:
    """31 May 2005; whatever has day, month and year, a pandas Timestamp too."""
    return f"{day.day} {day:%B %Y}"


def iso_in_words(text: str) -> str:
    """An ISO day in words; anything else as it is."""
    try:
        return in_words(date.fromisoformat(text))
    except ValueError:
        return text
