"""Parsed options of a command come in; its output is written and its exit status goes out."""
