"""Publishing from within the app: at a first start without a build, and after corrections."""

import streamlit as st

from dashboard import loading


def make_first_build() -> None:
    """Publishes the first build, or says which command makes documents and stops the page."""
    if not any((loading.data_folder() / "documents").glob("*.md")):
        st.title("No documents yet")
        st.markdown("Put documents into the folder of documents, or turn raw pages into them:")
        st.code("parley import PAGE…\nparley refresh", language=None)
        st.stop()
    publish("Reading the documents for the first time …")


def publish(what: str) -> None:
    """Publishes a build with progress shown; says what is wrong and stops the page if it cannot."""
    from pipeline.build import refresh
    from pipeline.problems import InputError
    from pipeline.store import StoreError

    bar = st.progress(0.0, text=what)

    def show(done: int, total: int) -> None:
        bar.progress(done / total, text=f"Analysing the documents: {done} of {total}")

    try:
        refresh(loading.data_folder(), on_progress=show)
    except InputError as error:
        st.error("The documents have mistakes; mend them and reload the page.")
        st.code("\n".join(map(str, error.problems)), language=None)
        st.stop()
    except StoreError as error:
        st.warning(f"{error} Reload the page in a moment.")
        st.stop()
    bar.empty()
