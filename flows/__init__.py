"""Running it: the Prefect flow, notification channels, settings and the command line."""
