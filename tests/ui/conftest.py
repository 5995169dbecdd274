"""Runs pages in Streamlit's own test harness, as the tests of pages do."""

from tests.pages.conftest import app, open_page, planned

__all__ = ["app", "open_page", "planned"]
