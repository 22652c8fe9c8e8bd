"""A seeded municipality whose days are pure functions of the seed and the day."""
