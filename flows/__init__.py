"""Running it: the Prefect flow, notification channels, settings and the command line.

Importing this package puts Prefect's defaults in place, since Prefect reads its environment when it is imported.
"""

from flows.environment import prepare as _prepare

_prepare()
