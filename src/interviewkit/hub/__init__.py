"""The hub: PostgreSQL that keeps documents and decides who reads them; its SQL and its client."""
