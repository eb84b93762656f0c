"""Mail over a real SMTP server."""

from __future__ import annotations

import pytest

from extract.errors import SettingsError
from flows.mail import MailChannel
from flows.mail_address import Security, parse_mail_address
from tests.flows.alerts.messages import delivery
from tests.support.receivers import MailServer


def channel(server: MailServer, *recipients: str, credentials: str = "") -> MailChannel:
    return MailChannel(parse_mail_address(server.url(*recipients, credentials=credentials)))


def test_a_mail_arrives_as_text_and_html_with_the_answer_of_the_server(mail: MailServer) -> None:
    sent = channel(mail).send(delivery(1))
    assert (sent.delivered, sent.response) == (True, "250 taken as 4711")
    [arrived] = mail.mails
    assert arrived["Subject"] == "Nordland: Digitalplan – Änderung 1"
    assert arrived["To"] == "leitung@nord.example"
    assert arrived["From"] == "Strategiemonitor <monitor@nord.example>"
    assert arrived["Auto-Submitted"] == "auto-generated"
    text, html = arrived.get_body(("plain",)), arrived.get_body(("html",))
    assert text is not None
    assert html is not None
    assert "Ziel 1 ist neu." in text.get_content()
    assert "<p>Ziel 1 ist neu.</p>" in html.get_content()
    assert "Kennung: schluessel-01" in html.get_content(), "the reason and the key stand below the HTML too"


def test_a_repeat_is_the_same_mail_down_to_its_message_id(mail: MailServer) -> None:
    for _ in range(2):
        channel(mail).send(delivery(1))
    assert mail.ids() == ["<schluessel-01@strategiemonitor>"] * 2
    first, second = (arrived.as_bytes() for arrived in mail.mails)
    head = (b"Message-ID", b"Subject", b"Date", b"From", b"To")
    assert [line for line in first.splitlines() if line.startswith(head)] == [
        line for line in second.splitlines() if line.startswith(head)
    ]


def test_a_mail_that_the_server_refuses_says_so_in_the_servers_words(mail: MailServer) -> None:
    mail.data_answers = ["554 5.7.1 looks like spam"]
    sent = channel(mail).send(delivery(1))
    assert (sent.delivered, sent.response) == (False, "refused: 554 5.7.1 looks like spam")


def test_somebody_who_is_gone_for_good_keeps_the_mail_from_nobody_else(mail: MailServer) -> None:
    mail.refusals = {"fort@nord.example": "550 no such user"}
    sent = channel(mail, "da@nord.example", "fort@nord.example").send(delivery(1))
    assert sent.delivered
    assert sent.response == "250 taken as 4711; fort@nord.example refused (550 no such user)"
    assert mail.recipients == [("da@nord.example",)]


def test_somebody_refused_for_now_is_tried_again(mail: MailServer) -> None:
    mail.refusals = {"voll@nord.example": "452 mailbox full"}
    sent = channel(mail, "da@nord.example", "voll@nord.example").send(delivery(1))
    assert (sent.delivered, sent.response) == (False, "voll@nord.example refused (452 mailbox full)")
    assert mail.mails == []


def test_nobody_left_to_write_to_is_a_failure(mail: MailServer) -> None:
    mail.refusals = {"leitung@nord.example": "550 no such user"}
    assert not channel(mail).send(delivery(1)).delivered


def test_a_server_that_is_down_is_named_without_a_password() -> None:
    with MailServer() as gone:
        url = gone.url(credentials="monitor:geheim7@")
    sent = MailChannel(parse_mail_address(url)).send(delivery(1))
    assert not sent.delivered
    assert "127.0.0.1" in sent.response
    assert "geheim7" not in sent.response


def test_a_wrong_password_is_told_without_it() -> None:
    with MailServer(user="monitor", password="richtig1") as server:
        assert channel(server, credentials="monitor:richtig1@").send(delivery(1)).delivered
        sent = channel(server, credentials="monitor:geheim7@").send(delivery(2))
        assert not sent.delivered
        assert sent.response.startswith("refused: 535")
        assert "geheim7" not in sent.response
        assert server.ids() == ["<schluessel-01@strategiemonitor>"]


def test_words_of_a_page_cannot_add_a_header(mail: MailServer) -> None:
    channel(mail).send(delivery(1, subject="Ziel\r\nBcc: alle@nord.example\r\n\r\nText"))
    [arrived] = mail.mails
    assert arrived["Bcc"] is None
    assert arrived["Subject"] == "Ziel\ufffd Bcc: alle@nord.example\ufffd \ufffd Text"


def test_an_address_is_read_as_operators_write_it() -> None:
    address = parse_mail_address(
        "mailtos://monitor%40nord.example:ge%2Fheim@nord.example?smtp=post.nord.example"
        "&from=monitor@nord.example&to=a+neu@nord.example,b@nord.example&name=Monitor"
    )
    assert (address.host, address.port, address.security) == ("post.nord.example", 587, Security.STARTTLS)
    assert (address.user, address.password) == ("monitor@nord.example", "ge/heim")
    assert address.recipients == ("a+neu@nord.example", "b@nord.example")
    in_path = parse_mail_address("mailtos://nord.example:2465/c@nord.example?mode=ssl&from=m@nord.example")
    assert (in_path.port, in_path.security, in_path.recipients) == (2465, Security.SSL, ("c@nord.example",))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mailto://", "names no server"),
        ("mailto://nord.example?from=m@nord.example", "nobody to write to"),
        ("mailto://nord.example?to=niemand", "is no e-mail address"),
        ("mailto://nord.example?to=a@b.example&reply=x", "unknown key 'reply'"),
        ("mailto://nord.example?to=a@b.example&mode=tls", "mode='tls'"),
        ("mailto://nord.example:port?to=a@b.example", "a port that is no number"),
    ],
)
def test_an_address_that_cannot_be_used_says_why(url: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        parse_mail_address(url)
