"""In: quotations. Out: findings, each with all passages that it matches, compared word by word and ranked."""

from takhrij.trace.compare import records_of
from takhrij.trace.finding import trace
from takhrij.trace.sheet import lookup_sheet

__all__ = ["lookup_sheet", "records_of", "trace"]
