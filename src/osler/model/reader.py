"""Who reads the answer."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Reader(StrEnum):
    """Reader profiles; facts, figures and hedges are the same for all of them."""

    CLINICIAN = "clinician"
    PHARMACIST = "pharmacist"
    NURSE = "nurse"
    STUDENT = "student"
    PATIENT = "patient"


COMPUTE: Final = frozenset({Reader.CLINICIAN, Reader.PHARMACIST})
"""Readers who are offered the simulation of a dose; nobody else is shown one."""
