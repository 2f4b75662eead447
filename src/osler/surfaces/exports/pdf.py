"""PDF printed from the page, tagged for screen readers (PDF/UA-1); nothing is fetched for it."""

from __future__ import annotations

import hashlib
import importlib
from typing import Any, Final

from osler.surfaces.exports.extra import require_extra

VARIANT: Final = "pdf/ua-1"


def write_pdf(page: str) -> bytes:
    """Return the HTML document ``page`` as PDF; the same bytes for the same page.

    Raises:
        UsageError: ``usage.extra``: weasyprint is not installed.
    """
    weasyprint: Any = require_extra("weasyprint")
    urls: Any = importlib.import_module("weasyprint.urls")

    class Nothing(urls.URLFetcher):  # type: ignore[misc] # its base is known only once it is loaded
        """Refuses every address, files included."""

        def fetch(self, url: str, headers: object = None) -> object:
            del headers
            raise urls.FatalURLFetchingError(f"an export fetches nothing: {url}")

    document = weasyprint.HTML(string=page, url_fetcher=Nothing())
    name = hashlib.sha256(page.encode()).digest()[:16]
    return bytes(document.write_pdf(pdf_variant=VARIANT, pdf_identifier=name))
