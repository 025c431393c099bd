"""Pix LTI: adaptive tests of digital competence for any LMS, with grades and statements that can be audited."""

__version__ = "0.1.0"
