"""In: the characters of a text and the index. Out: what is quoted in it, and what it says about that."""
