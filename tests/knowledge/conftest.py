"""How property tests run here."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)  # a machine that is busy is no fault
settings.load_profile("patient")
