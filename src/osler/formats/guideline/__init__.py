"""Guidelines and other documents that people add: Markdown files and HTML pages.

Sections by their headings, recommendations marked as such; a front matter or the page's ``meta``
elements give the bibliographic fields. Bytes in, items out; no network, no database.
"""

from __future__ import annotations

from osler.formats.guideline.markdown import read_markdown
from osler.formats.guideline.page import read_page

__all__ = ["read_markdown", "read_page"]
