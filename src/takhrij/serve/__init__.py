"""Requests of a browser, a program or an assistant come in; the same functions as elsewhere answer them.

The process that listens reads requests and keeps the limits; the work is done in worker processes, which a
time limit can end. No text is stored, and none is logged.
"""
