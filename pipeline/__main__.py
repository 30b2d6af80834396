"""python -m pipeline: the same as the command parley."""

from pipeline.cli import app

app(prog_name="parley")
