"""The report for the council: a document for page and PDF; sheets and open data beside it."""
