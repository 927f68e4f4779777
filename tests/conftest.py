"""What holds for all tests: none fails because the machine is slow."""

from hypothesis import settings

settings.register_profile("untimed", settings(), deadline=None)  # all else as it is, in CI and elsewhere
settings.load_profile("untimed")
