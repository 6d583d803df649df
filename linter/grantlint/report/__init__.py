"""From findings to text: one function a format, each from a Report to a str."""

from grantlint.report.content import Report, Summary

__all__ = ["Report", "Summary"]
