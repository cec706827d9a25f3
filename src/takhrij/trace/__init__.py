"""In: quotations. Out: findings, each with all passages that it matches, compared word by word and ranked."""

from takhrij.trace.compare import Records
from takhrij.trace.finding import trace
from takhrij.trace.sheet import lookup_sheet

__all__ = ["Records", "lookup_sheet", "trace"]
