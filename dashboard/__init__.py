"""Everything a person looks at: the wall, the pages, the API. Computes no figure itself."""
