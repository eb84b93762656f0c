"""Secrets of channels: named in the file, never shown anywhere."""

from __future__ import annotations

import logging
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import SettingsError
from flows.channel_secrets import HIDDEN, hide, resolved
from flows.channel_setup import channels_of
from flows.delivering import deliver_pending
from flows.settings import Settings
from tests.flows.alerts.messages import NOW, alert, channel_file, delivery
from tests.support.receivers import MailServer, Webhook
from warehouse.database import Warehouse


def block(name: str) -> str:
    return {"haken": "json://nord.example/geheim7"}.get(name, "")


@pytest.mark.parametrize(
    ("template", "url"),
    [
        ("json://nord.example/haken", "json://nord.example/haken"),
        ("mailtos://m:${PASSWORT}@nord.example", "mailtos://m:ge%2Fh%40im@nord.example"),
        ("${ADRESSE}", "slack://a/b/c"),
        ("prefect://haken", "json://nord.example/geheim7"),
        ("${prefect://haken}", "json://nord.example/geheim7"),
        (
            "json://nord.example/?+Token=${prefect://haken}",
            "json://nord.example/?+Token=json%3A%2F%2Fnord.example%2Fgeheim7",
        ),
    ],
)
def test_a_secret_is_filled_in_from_where_it_is_kept(template: str, url: str) -> None:
    environment = {"PASSWORT": "ge/h@im", "ADRESSE": "slack://a/b/c"}
    assert resolved(template, environment, block)[0] == url


@pytest.mark.parametrize("template", ["json://${FEHLT}@nord.example", "${FEHLT}", "prefect://fehlt"])
def test_a_secret_that_is_missing_is_named(template: str) -> None:
    with pytest.raises(SettingsError, match=r"(FEHLT|fehlt) is not set"):
        resolved(template, {}, block)


@given(st.text(st.characters(codec="utf-8", exclude_characters="*\x00"), min_size=4, max_size=12))
@settings(max_examples=60)
def test_no_spelling_of_a_secret_is_ever_shown(secret: str) -> None:
    url, hidden = resolved("json://monitor:${GEHEIM}@nord.example/haken", {"GEHEIM": secret}, block)
    said = hide(f"POST {url}: login {secret} refused ({quote(secret, safe='')})", hidden)
    assert secret not in said.replace(HIDDEN, "").replace("POST : login  refused ()", "")
    assert quote(secret, safe="") not in said.replace(HIDDEN, "").replace("POST : login  refused ()", "")


def test_a_channel_without_its_secret_keeps_its_messages_and_says_why(
    warehouse: Warehouse, settings: Settings, mail: MailServer
) -> None:
    channel_file(settings, haken="json://${FEHLT}@nord.example", post=mail.url())
    warehouse.add_alerts([alert(1, "haken", "post")], NOW)
    report = deliver_pending(warehouse, channels_of(settings, {}), NOW)
    assert (report.delivered, report.waiting) == (1, 1)
    [(response,)] = warehouse.connection.execute(
        "select response from main.deliveries where channel = 'haken'"
    ).fetchall()
    assert response == "channel haken: The environment variable FEHLT is not set."


def test_the_secret_of_a_webhook_is_in_no_table_and_no_log(
    warehouse: Warehouse, settings: Settings, hook: Webhook, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """The receiver gets it, nobody else: every file of the installation is searched, and every log line."""
    channel_file(settings, haken="${HAKEN}")
    secret = "kennwort-ohne-ziffern"
    hook.answers = [403]
    warehouse.add_alerts([alert(1, "haken")], NOW)
    with caplog.at_level(logging.DEBUG):
        deliver_pending(warehouse, channels_of(settings, {"HAKEN": hook.url(f"/{secret}")}), NOW)
    warehouse.close()
    assert hook.calls[0].path.startswith(f"/{secret}")
    assert secret not in caplog.text
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or secret.encode() not in path.read_bytes(), path


def test_a_bad_address_from_the_environment_is_told_without_it(settings: Settings) -> None:
    channel_file(settings, haken="${HAKEN}")
    sent = channels_of(settings, {"HAKEN": "quatsch://geheim7@nord.example"})["haken"].send(delivery(1))
    assert not sent.delivered
    assert "geheim7" not in sent.response
