"""The first start without a published build: a hosted app has no shell, so the app makes one."""

import streamlit as st

from dashboard import loading


def make_first_build() -> None:
    """Publishes a build with progress shown, or says what is missing and stops the page."""
    folder = loading.data_folder()
    if not any((folder / "documents").glob("*.md")):
        st.title("No documents yet")
        st.markdown("Put documents into the folder of documents, or turn raw pages into them:")
        st.code("parley import PAGE…\nparley refresh", language="shell")
        st.stop()
    from pipeline.build import refresh
    from pipeline.problems import InputError
    from pipeline.store import StoreError

    bar = st.progress(0.0, text="Reading the documents for the first time …")

    def show(done: int, total: int) -> None:
        bar.progress(done / total, text=f"Analysing the documents: {done} of {total}")

    try:
        refresh(folder, on_progress=show)
    except InputError as error:
        st.error("The documents have mistakes; mend them and reload the page.")
        st.code("\n".join(map(str, error.problems)), language=None)
        st.stop()
    except StoreError as error:
        st.warning(f"{error} Reload the page in a moment.")
        st.stop()
    bar.empty()
