"""The file of routes: read strictly, every mistake told with its line and the fix."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import SettingsError, UsageError
from flows.routes import chosen, load_routes
from flows.routes_file import OUR_TYPES, parse_routes
from flows.settings import Settings
from tests.flows.alerts.messages import routes_file
from transform.change import ChangeClass, Entity
from transform.lands import LANDS
from transform.routing import DEFAULT, ChannelKind, ChannelSpec, Language, Route, Routes, When

WHOLE = """
[route.leitung]
kind = "content"
land = ["DE-SL", "DE-HE"]
page = ["sl-plan"]
entity = ["goal", "figure"]
class = ["content", "return"]
least_significance = 0.5
when = "weekly"
language = "en"
channels = ["post", "feed"]

[route.betrieb]
kind = "incident"
channels = "console"

[channel.post]
url = "mailtos://monitor:${SMTP_PASSWORD}@post.example?to=leitung@land.example"

[channel.akten]
type = "file"
"""


def test_every_key_is_read() -> None:
    assert parse_routes(WHOLE, "routes.toml") == Routes(
        routes=(
            Route(
                name="leitung",
                kind="content",
                channels=("post", "feed"),
                lands=frozenset({"DE-SL", "DE-HE"}),
                pages=frozenset({"sl-plan"}),
                entities=frozenset({"goal", "figure"}),
                classes=frozenset({"content", "return"}),
                least_significance=0.5,
                when=When.WEEKLY,
                language=Language.EN,
            ),
            Route("betrieb", "incident", ("console",)),
        ),
        channels=(
            ChannelSpec(
                "post", ChannelKind.URL, "mailtos://monitor:${SMTP_PASSWORD}@post.example?to=leitung@land.example"
            ),
            ChannelSpec("akten", ChannelKind.FILE),
            ChannelSpec("feed", ChannelKind.FEED),
            ChannelSpec("console", ChannelKind.CONSOLE),
        ),
    )


def test_all_mistakes_are_told_at_once_with_line_and_fix() -> None:
    text = """
[route.leitung]
kind = "contents"
land = ["DE-XX"]
channels = ["pots"]
wenn = "nightly"
least_significance = 7

[route.betrieb]
kind = "incident"
entity = ["goal"]
when = "daily"
channels = []

[channel.post]
url = 7

[channel.halb]
"""
    with pytest.raises(SettingsError) as caught:
        parse_routes(text, "routes.toml")
    told = caught.value.message
    for expected in (
        "routes.toml:6: route leitung: the key 'wenn' is unknown. Did you mean 'when'?",
        "routes.toml:3: route leitung: kind = 'contents' is unknown. Did you mean 'content'?",
        "routes.toml:4: route leitung: land holds 'DE-XX', which is unknown.",
        "routes.toml:5: route leitung: the channel 'pots' is not declared. Did you mean 'post'?",
        "routes.toml:7: route leitung: least_significance = 7 is none from 0 to 1.",
        "routes.toml:11: route betrieb: entity is given for incidents.",
        "routes.toml:12: route betrieb: when = 'daily' is unknown.",
        "routes.toml:13: route betrieb: no channel is named.",
        "routes.toml:16: channel post: url is no text.",
        "routes.toml:18: channel halb: it has not exactly one of url and type.",
    ):
        assert expected in told
    assert told.startswith("The routes have 10 problems:")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[route.a", "no valid TOML"),
        ("", r"no \[route.NAME\] is written"),
        ("route = 1", "route is no table"),
        ('[route."a b"]\nkind = "content"\nchannels = ["file"]', "no plain name"),
        ('[route.a]\nkind = "content"\nchannels = ["file"]\n[kanal.x]', "the key 'kanal' is unknown"),
        ('[route.a]\nkind = "content"\nchannels = ["x"]\n[channel.x]\ntype = "fax"', "type = 'fax' is unknown"),
        ('[route.a]\nkind = "content"\nchannels = ["x"]\n[channel.x]\nurl = "post.example"', "url is no address"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        parse_routes(text, "routes.toml")


def test_a_mistake_never_repeats_the_address_of_a_channel() -> None:
    text = '[route.a]\nkind = "content"\nchannels = ["x"]\n[channel.x]\nurl = "geheim7"\ntype = "file"'
    with pytest.raises(SettingsError) as caught:
        parse_routes(text, "routes.toml")
    assert "geheim7" not in str(caught.value)


def test_without_a_file_the_usual_routes_hold(settings: Settings) -> None:
    assert load_routes(settings) is DEFAULT


def test_a_file_in_another_encoding_is_told(settings: Settings) -> None:
    routes_file(settings, "")
    settings.routes.write_bytes(b'[route.a]\nkind = "\xe4"')
    with pytest.raises(SettingsError, match="cannot be read"):
        load_routes(settings)


def test_a_route_is_chosen_by_its_name() -> None:
    routes = parse_routes(WHOLE, "routes.toml")
    assert [route.name for route in chosen(routes, "betrieb")] == ["betrieb"]
    assert [route.name for route in chosen(routes, None)] == ["leitung", "betrieb"]
    with pytest.raises(UsageError, match="no route 'nix'"):
        chosen(routes, "nix")


NAMES = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,7}", fullmatch=True)


def subset(words: frozenset[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(sorted(words)), max_size=3)


ROUTES = st.builds(
    Route,
    name=NAMES,
    kind=st.just("content"),
    channels=st.lists(st.sampled_from(OUR_TYPES), min_size=1, unique=True).map(tuple),
    lands=subset(LANDS),
    pages=st.frozensets(NAMES, max_size=2),
    entities=subset(frozenset(entity.value for entity in Entity)),
    classes=subset(frozenset(known.value for known in ChangeClass)),
    least_significance=st.integers(0, 100).map(lambda share: share / 100),
    when=st.sampled_from(When),
    language=st.sampled_from(Language),
)


def written(route: Route) -> str:
    """The route as an operator would write it."""

    def words(names: frozenset[str] | tuple[str, ...]) -> str:
        return "[" + ", ".join(f'"{name}"' for name in names) + "]"

    return f"""
[route.{route.name}]
kind = "{route.kind}"
channels = {words(route.channels)}
land = {words(route.lands)}
page = {words(route.pages)}
entity = {words(route.entities)}
class = {words(route.classes)}
least_significance = {route.least_significance}
when = "{route.when}"
language = "{route.language}"
"""


@given(st.lists(ROUTES, min_size=1, max_size=3, unique_by=lambda route: route.name))
@settings(max_examples=40)
def test_every_route_that_can_be_written_is_read_as_it_was_meant(routes: list[Route]) -> None:
    assert parse_routes("".join(map(written, routes)), "routes.toml").routes == tuple(routes)
