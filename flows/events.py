"""Alerts as Prefect events, so that automations can act on them.

``strategiemonitor.change`` and ``strategiemonitor.incident`` concern the resource ``strategiemonitor.page.<id>``
(``strategiemonitor.run`` where no single page is concerned).  An event's id is made from the alert's key: Prefect keeps
a repeat once.
"""

from __future__ import annotations

import uuid

from flows.channels import Sent
from transform.delivery import PendingDelivery
from transform.safe_text import on_one_line

_NAMES = {"content": "strategiemonitor.change", "incident": "strategiemonitor.incident"}


class EventsChannel:
    """Emits one event for each alert, and takes the server's word for it."""

    def send(self, delivery: PendingDelivery) -> Sent:
        """Emits the event; without a server that outlives this run there is nobody to emit it to."""
        from prefect.client.orchestration import get_client  # noqa: PLC0415  takes a second to import
        from prefect.context import FlowRunContext  # noqa: PLC0415
        from prefect.events.schemas.events import Event  # noqa: PLC0415
        from prefect.settings import PREFECT_API_URL  # noqa: PLC0415

        if not PREFECT_API_URL.value() and FlowRunContext.get() is None:
            return Sent(delivered=False, response="no Prefect server is configured; set PREFECT_API_URL")
        name, resource = event_of(delivery)
        event = Event.model_validate(
            {
                "id": event_id(delivery.key),
                "event": name,
                "occurred": delivery.created_at,
                "resource": resource,
                "payload": payload_of(delivery),
            }
        )
        try:
            with get_client(sync_client=True) as client:
                answer = client.request("POST", "/events", json=[event.model_dump(mode="json")])
        except Exception as error:  # noqa: BLE001  httpx's, Prefect's and the operating system's errors alike
            return Sent(delivered=False, response=on_one_line(f"{type(error).__name__}: {error}"))
        return Sent(delivered=answer.is_success, response=f"HTTP {answer.status_code}")


def event_of(delivery: PendingDelivery) -> tuple[str, dict[str, str]]:
    """Name and resource of an alert's event."""
    page = f"strategiemonitor.page.{delivery.page_id}" if delivery.page_id else "strategiemonitor.run"
    resource = {"prefect.resource.id": page, "prefect.resource.name": on_one_line(delivery.subject)}
    return _NAMES.get(delivery.kind, "strategiemonitor.trial"), resource


def event_id(key: str) -> uuid.UUID:
    """The same id for the same alert."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"strategiemonitor:event:{key}")


def payload_of(delivery: PendingDelivery) -> dict[str, str | list[str]]:
    """What an automation may put into its own message."""
    return {
        "key": delivery.key,
        "route": delivery.route,
        "subject": delivery.subject,
        "body": delivery.body,
        "changes": list(delivery.change_ids),
        "incidents": list(delivery.incident_ids),
    }
