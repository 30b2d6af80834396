"""A visitor without a browser: Streamlit's own messages over its websocket, and nothing drawn.

What is measured is the server's time: from a click's sending to the message that the script has
finished, everything that the page consists of having been received. Messages are not kept between
runs, so the server sends all of a page each time, which a browser spares it.
"""

import json
import re
import time
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

Value = bool | int | str | Sequence[str] | Sequence[float] | None
_PATIENCE = 300  # seconds for one run
_FIELDS = {  # as what a widget's value travels
    "button": "trigger_value",
    "button_group": "string_array_value",
    "checkbox": "bool_value",
    "dataframe": "string_value",
    "multiselect": "string_array_value",
    "pagination": "int_value",
    "plotly_chart": "string_value",
    "selectbox": "string_value",
    "slider": "double_array_value",
    "text_input": "string_value",
}
_GO = re.compile(r'history\.pushState\(\{\}, "", (".*?")\);')  # written by dashboard.drilldown


class PageError(Exception):
    """A page shows an exception, or there is no such page."""


class Widget(NamedTuple):
    """A control as the page drew it; proto: its message, of a class of its own for each kind."""

    kind: str
    proto: Any

    @property
    def key(self) -> str:
        """The key that the page gave it, which Streamlit writes behind a digest into its id."""
        return self.proto.id.split("-", 2)[-1]

    @property
    def is_in_address(self) -> bool:
        return bool(getattr(self.proto, "query_param_key", ""))

    def choices(self) -> list[Value]:
        """What a reader could set it to; nothing for those that are typed in, or pressed."""
        match self.kind:
            case "button_group":
                return [[option.content] for option in self.proto.options]
            case "multiselect":
                return [[option] for option in self.proto.options]
            case "selectbox":
                return list(self.proto.options)
            case "checkbox":
                return [not self.proto.default]
            case "slider":
                low, high = self.proto.min, self.proto.max
                return [[low, (low + high) // 2], [(low + high) // 2, high]]
            case "pagination":
                return list(range(2, self.proto.num_pages + 1))
            case "plotly_chart":
                return [_selection(row) for row in _customdata(self.proto.spec)]
        return []


class Visitor:
    """One tab of a browser, open on the app until it is closed."""

    def __init__(self, address: str) -> None:
        stream = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
        self._socket = connect(stream, subprotocols=["streamlit"], max_size=None, compression=None)
        self._pages: dict[str, str] = {}  # the id of a page by its name in the address
        self._query: dict[str, list[str]] = {}
        self._elements: dict[tuple[int, ...], Element] = {}
        self.page = ""

    def close(self) -> None:
        self._socket.close()

    def open(self, address: str) -> float:
        """Goes to an address of the app, as `themes?theme=Trade`; the seconds that it took."""
        self.page, _, said = address.partition("?")
        self.page = self.page.removeprefix("./")
        self._query = parse_qs(said)
        client = ClientState(is_history_navigation=bool(self._pages))
        for widget in self.widgets().values():
            if widget.is_in_address:  # what it holds is read from there; unnamed, it is forgotten
                client.widget_states.widgets.add(id=widget.proto.id)
        return self._run(client)

    def set(self, key: str, value: Value) -> float:
        """Sets a widget, and goes where that leads; the seconds that it took.

        Raises KeyError where the page has no widget of that key.
        """
        widget = self.widgets()[key]
        client = ClientState()
        state = client.widget_states.widgets.add(id=widget.proto.id)
        field = _FIELDS[widget.kind]
        if field.endswith("array_value"):
            getattr(state, field).data.extend(value)
        elif value is not None:
            setattr(state, field, value)
        if widget.is_in_address:
            self._query[key] = _in_address(value)
        seconds = self._run(client)
        return seconds + (self.open(target) if (target := self._led_to()) else 0.0)

    def press(self, key: str) -> float:
        """Presses a button; the seconds that it took."""
        return self.set(key, True)

    def widgets(self) -> dict[str, Widget]:
        """The controls of the page by their keys."""
        found = (Widget(kind, proto) for kind in _FIELDS for proto in self.drawn(kind))
        return {widget.key: widget for widget in found if widget.proto.id}

    def drawn(self, kind: str) -> list[Any]:
        """The messages of all elements of one kind, such as metric or heading."""
        elements = self._elements.values()
        return [getattr(e, kind) for e in elements if e.WhichOneof("type") == kind]

    def _run(self, client: ClientState) -> float:
        client.query_string = urlencode(self._query, doseq=True)
        client.page_script_hash = self._pages.get(self.page, "")
        client.page_name = "" if client.page_script_hash else self.page
        request = BackMsg(rerun_script=client).SerializeToString()
        started = time.perf_counter()
        self._socket.send(request)
        while not self._is_last(ForwardMsg.FromString(self._socket.recv(timeout=_PATIENCE))):
            pass
        seconds = time.perf_counter() - started
        for error in self.drawn("exception"):
            if not error.is_warning:
                raise PageError(f"{self.address}: {error.type}: {error.message}")
        return seconds

    def _is_last(self, message: ForwardMsg) -> bool:
        """Takes a message in; whether the run has ended with it."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._elements = {}
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._elements[tuple(message.metadata.delta_path)] = message.delta.new_element
        elif kind == "navigation":
            self._pages = {p.url_pathname: p.page_script_hash for p in message.navigation.app_pages}
        elif kind == "page_info_changed":
            self._query = parse_qs(message.page_info_changed.query_string)
        elif kind == "page_not_found":
            raise PageError(f"{self.address}: no such page")
        rerun_follows = ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return kind == "script_finished" and message.script_finished != rerun_follows

    @property
    def address(self) -> str:
        """Where the visitor is, as `themes?theme=Trade`."""
        return f"{self.page}?{urlencode(self._query, doseq=True)}"

    def _led_to(self) -> str:
        """Where the page takes the browser, if it does."""
        found = (_GO.search(html.body) for html in self.drawn("html"))
        return next((json.loads(match[1]) for match in found if match), "")


def _in_address(value: Value) -> list[str]:
    if isinstance(value, bool):
        return [str(value).lower()]
    if isinstance(value, int | str):
        return [str(value)]
    return [f"{item:g}" if isinstance(item, float) else item for item in value or ()]


def _customdata(spec: str) -> list[Any]:
    """What the marks of a figure carry, by which a page knows what was clicked."""
    rows = (trace.get("customdata") for trace in json.loads(spec)["data"])
    return [row for of_trace in rows if isinstance(of_trace, list) for row in of_trace]


def _selection(customdata: Any) -> str:
    point = {"customdata": customdata}
    return json.dumps({"selection": {"points": [point], "point_indices": [0]}})
