"""The tests of Regiebord."""

import os

from hypothesis import settings

# the same examples every time; with TEST_ANEW=1 in the environment others each time
settings.register_profile(
    "regiebord", deadline=None, database=None, derandomize="TEST_ANEW" not in os.environ
)
settings.load_profile("regiebord")
