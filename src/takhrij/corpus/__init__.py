"""In: many files. Out: their findings as Parquet, checked in parallel; questions answered, a page drawn."""
