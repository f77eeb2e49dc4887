"""A website on this machine to look into a SQLite file, by Datasette (extra `explore`): described tables, documented queries.

Nothing can be changed by it. On PostgreSQL there are other ways to look: the report, exported files, any SQL client.
"""
