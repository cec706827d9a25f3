"""In: the bytes of a Word, OpenDocument, EPUB, TEI or HTML file. Out: its text, every run with its node."""
