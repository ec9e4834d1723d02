"""The revisions of the tables, oldest first; released ones never change.

Each is a module with `revision`, `down_revision` and `upgrade(op)`. The operations come as an argument
instead of Alembic's global `alembic.op`, so that two databases can be migrated in one process. There is no
way down: going back to an older release means putting back a copy of the database.
"""
