"""Imports discord.py once without the deprecation of `audioop`, which it imports for voice on Python 3.11."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord as discord_py

__all__ = ["discord_py"]
