"""Sentences and rows written from the result; every number in them stands in the document."""
