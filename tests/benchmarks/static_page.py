"""The floor of a first page: Streamlit with one Plotly chart that does nothing. See starting.py."""

import plotly.graph_objects as go
import streamlit as st

st.title("One chart")
figure = go.Figure(go.Scatter(x=list(range(20)), y=[n * n % 7 for n in range(20)]))
st.plotly_chart(figure, config={"staticPlot": True})
