"""The pages of the dashboard: each is one module that makes one Page."""
