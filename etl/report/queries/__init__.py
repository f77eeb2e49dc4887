"""What the report asks the database: each file one part of the page. The same on SQLite and PostgreSQL; reads only."""
