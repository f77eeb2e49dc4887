"""Tables out of the database into files: Parquet, CSV or JSON Lines, with a description of them. Only reads the database."""
