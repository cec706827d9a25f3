"""Passages come in; citations in a style, CSL-JSON and BibTeX go out."""
