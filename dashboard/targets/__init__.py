"""The drawings and texts of the page of targets."""
