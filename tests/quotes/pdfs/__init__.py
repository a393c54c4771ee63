"""Anthologies with known truth, typeset as PDF in many layouts."""
