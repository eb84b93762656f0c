"""The file channel: a message is one whole file, named by its key, however often it is sent."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from flows.channels import FileChannel
from transform.delivery import PendingDelivery


def due(body: str = "Ein Ziel ist neu.", key: str = "schluessel") -> PendingDelivery:
    """A message that is due."""
    at = datetime(2026, 5, 4, 2, 10, tzinfo=UTC)
    return PendingDelivery("a1", "file", key, "content", None, (), (), "r", "Neues Ziel", body, at, 0)


def test_a_message_sent_again_is_the_same_file(tmp_path: Path) -> None:
    channel = FileChannel(tmp_path / "alerts")
    assert channel.send(due()).delivered
    first = (tmp_path / "alerts" / "schluessel.md").read_bytes()
    assert channel.send(due()).delivered
    assert channel.send(due(key="anderer")).delivered
    assert sorted(path.name for path in (tmp_path / "alerts").iterdir()) == ["anderer.md", "schluessel.md"]
    assert (tmp_path / "alerts" / "schluessel.md").read_bytes() == first
    assert "Neues Ziel" in first.decode()
    assert "Ein Ziel ist neu." in first.decode()


def test_what_a_killed_run_left_half_written_is_replaced_by_the_whole_message(tmp_path: Path) -> None:
    (tmp_path / ".schluessel.md.partial").write_text("# Neu", encoding="utf-8")
    assert FileChannel(tmp_path).send(due()).delivered
    assert [path.name for path in tmp_path.iterdir()] == ["schluessel.md"]


def test_a_folder_that_cannot_be_written_is_told_and_raises_nothing(tmp_path: Path) -> None:
    (tmp_path / "alerts").write_text("keine Mappe", encoding="utf-8")
    sent = FileChannel(tmp_path / "alerts").send(due())
    assert not sent.delivered
    assert "schluessel.md cannot be written" in sent.response
