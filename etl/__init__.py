"""news-etl: extract articles from saved news pages and load them into relational tables."""

__version__ = "0.1.0"
