"""Who reads the answer."""

from __future__ import annotations

from enum import StrEnum


class Reader(StrEnum):
    """Reader profiles; facts, figures and hedges are the same for all of them."""

    CLINICIAN = "clinician"
    PHARMACIST = "pharmacist"
    NURSE = "nurse"
    STUDENT = "student"
    PATIENT = "patient"
