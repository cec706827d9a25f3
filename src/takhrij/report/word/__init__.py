"""A report comes in; a Word file goes out: the one that was read, or one made of the text."""
