"""Opening a build, and publishing from within the app: at a first start and after corrections."""

from typing import NoReturn

import streamlit as st

from dashboard import loading
from pipeline.store import StoreError


def open_build() -> None:
    """Settles which build this run reads; makes the first; names damage and stops the page."""
    try:
        build_id = loading.pin()
    except StoreError as error:
        _stop_at_damage(error)
    if build_id is None:
        make_first_build()
        loading.pin()
    try:
        loading.tables()
    except StoreError as error:
        _stop_at_damage(error)


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
    from pipeline.engines import Here
    from pipeline.problems import InputError

    bar = st.progress(0.0, text=what)

    def show(done: int, total: int) -> None:
        bar.progress(done / total, text=f"Analysing the documents: {done} of {total}")

    try:
        # in this process: a new one would take the app's script for its own and run it
        refresh(loading.data_folder(), engine=Here(), on_progress=show)
    except InputError as error:
        st.error("The documents have mistakes; mend them and reload the page.")
        st.code("\n".join(map(str, error.problems)), language=None)
        st.stop()
    except StoreError as error:
        st.warning(f"{error} Reload the page in a moment.")
        st.stop()
    bar.empty()


def _stop_at_damage(error: StoreError) -> NoReturn:
    st.title("The published data are damaged")
    st.error("They cannot be shown as they are. What is wrong:")
    st.code(str(error), language=None, wrap_lines=True)
    st.markdown("Make them anew from the documents, or go back to the build before:")
    st.code("parley refresh --force\nparley rollback", language="shell")
    st.stop()
