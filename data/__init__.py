"""The store and the municipality's own facts: tables, calendar, settings. Imports none of ours."""
