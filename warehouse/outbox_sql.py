"""The statements of the outbox, and the views that say how a delivery stands."""

from __future__ import annotations

OUTBOX_VIEWS: dict[str, str] = {
    # What is sent: a message on its own, or a digest of several.  An attempt whose end nobody wrote down counts as
    # failed, and leaves in doubt whether it arrived.
    "sending_states": """
        with
            sendings as (
                select alert_id, channel, queued_at from store.deliveries
                union all
                select digest_id, channel, created_at from store.digests
            ),
            tries as (
                select
                    alert_id, channel, attempt, attempted_at, status, response, next_attempt_at,
                    count(*) filter (where status = 'requeued')
                        over (partition by alert_id, channel order by attempt) as round
                from store.delivery_attempts
            ),
            ranked as (
                select *, max(round) over (partition by alert_id, channel) as last_round
                from tries
            )
        select
            sendings.alert_id,
            sendings.channel,
            sendings.queued_at,
            case
                when bool_or(ranked.status = 'delivered') then 'delivered'
                when arg_max(ranked.status, ranked.attempt) = 'parked' then 'parked'
                else 'pending'
            end as status,
            coalesce(arg_max(ranked.status, ranked.attempt) = 'sending', false) as in_doubt,
            coalesce(max(ranked.attempt), 0) as recorded,
            count(ranked.attempt) filter (where ranked.status <> 'requeued') as attempts,
            count(ranked.attempt) filter (
                where ranked.status <> 'requeued' and ranked.round = ranked.last_round
            ) as failures,
            max(ranked.attempted_at) filter (where ranked.status <> 'requeued') as last_attempt_at,
            min(ranked.attempted_at) filter (where ranked.status = 'delivered') as delivered_at,
            arg_max(ranked.response, ranked.attempt) filter (where ranked.status <> 'requeued') as response,
            arg_max(ranked.next_attempt_at, ranked.attempt) as next_attempt_at
        from sendings
        left join ranked using (alert_id, channel)
        group by sendings.alert_id, sendings.channel, sendings.queued_at
    """,
    # A message in a digest stands as the digest does.
    "delivery_states": """
        select
            own.alert_id,
            own.channel,
            own.queued_at,
            coalesce(digest.status, own.status) as status,
            own.attempts + coalesce(digest.attempts, 0) as attempts,
            coalesce(digest.last_attempt_at, own.last_attempt_at) as last_attempt_at,
            coalesce(digest.delivered_at, own.delivered_at) as delivered_at,
            coalesce(digest.response, own.response) as response,
            coalesce(digest.next_attempt_at, own.next_attempt_at) as next_attempt_at,
            members.digest_id
        from store.sending_states as own
        semi join store.deliveries as deliveries
            on deliveries.alert_id = own.alert_id and deliveries.channel = own.channel
        left join store.digest_members as members
            on members.alert_id = own.alert_id and members.channel = own.channel
        left join store.sending_states as digest
            on digest.alert_id = members.digest_id and digest.channel = own.channel
    """,
}
"""Name in schema ``store`` to what it selects; part of :data:`warehouse.ledgers.STORE_VIEWS`."""

KNOWN_KEYS = "select key from store.alerts semi join incoming using (key)"

PENDING = """
with
    messages as (
        select
            alert_id, deliveries.channel, alerts.key, alerts.kind, alerts.page_id, alerts.change_ids,
            alerts.incident_ids, alerts.route, alerts.subject, alerts.body, alerts.created_at,
            coalesce(alerts.html, '') as html, coalesce(alerts.language, 'de') as language,
            coalesce(alerts.is_digest, false) as is_digest, [alerts.key] as keys, alerts.due_at
        from store.deliveries as deliveries
        join store.alerts as alerts using (alert_id)
        anti join store.digest_members as members
            on members.alert_id = deliveries.alert_id and members.channel = deliveries.channel
    ),
    digests as (
        select
            digests.digest_id, digests.channel, digests.digest_id, digests.kind, null,
            flatten(list(alerts.change_ids order by alerts.created_at, alerts.alert_id)),
            flatten(list(alerts.incident_ids order by alerts.created_at, alerts.alert_id)),
            digests.route, digests.subject, digests.body, digests.created_at, digests.html, digests.language, true,
            list(alerts.key order by alerts.created_at, alerts.alert_id), null
        from store.digests as digests
        join store.digest_members as members
            on members.digest_id = digests.digest_id and members.channel = digests.channel
        join store.alerts as alerts on alerts.alert_id = members.alert_id
        group by all
    ),
    sent as (from messages union all from digests)
select
    alert_id, channel, sent.key, sent.kind, sent.page_id, sent.change_ids, sent.incident_ids, sent.route,
    sent.subject, sent.body, epoch_us(sent.created_at), state.failures, sent.html, sent.language, sent.is_digest,
    state.in_doubt, sent.keys
from sent
join store.sending_states as state using (alert_id, channel)
where state.status = 'pending'
    and (state.next_attempt_at is null or state.next_attempt_at <= $now)
    and (sent.due_at is null or sent.due_at <= $now)
order by sent.created_at, alert_id, channel
"""

REQUEUE = """
insert into store.delivery_attempts (alert_id, channel, attempt, attempted_at, status, response, next_attempt_at)
select alert_id, channel, recorded + 1, $at, 'requeued', '', $at
from store.sending_states
anti join store.digest_members using (alert_id, channel)
where status = 'parked'
"""

STATES = """
select alert_id, channel, status, coalesce(response, '')
from store.delivery_states
semi join incoming using (alert_id)
order by alert_id, channel
"""
