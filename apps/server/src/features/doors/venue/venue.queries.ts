import { DECISION_NUMBERS } from '@jiankangbao/domain/decision/coding'
import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import type { Queryable, Transaction } from '../../../db/pool.ts'
import { takeId } from '../../../db/take-ids.ts'
import { answeredDecision } from '../visit/judgement.ts'

export interface VenueRow {
  venue_id: number
  name: string
  kind: VenueKind
  division_code: string
  division_name: string
  address: string
  /** As it was written before it was encrypted. */
  credit_code: string | null
  credit_code_encrypted: Buffer | null
  responsible_name_encrypted: Buffer
  responsible_phone_encrypted: Buffer
  latitude: number | null
  longitude: number | null
  state: 'applied' | 'rejected' | 'active' | 'suspended' | 'closed'
  state_reason: string | null
  pending_change: Record<string, unknown> | null
  applied_by: string | null
  applied_by_person: string | null
  owner_person_id: string | null
  owner_name_masked: string | null
  applied_at: Date
}

const VENUE = `select v.*, d.name as division_name, p.name_masked as owner_name_masked from venues v
  join divisions d on d.code = v.division_code left join persons p on p.person_id = v.owner_person_id`

/** Whose venues somebody sees: those of a division, those assigned to an operator, or a citizen's own. */
export interface VenueScope {
  /** Prefix of division codes; null where only assigned or own venues count. */
  divisionPrefix: string | null
  /** Null for a citizen. */
  operatorId: string | null
  /** Null for an operator. */
  ownerId: string | null
}

const IN_SCOPE = `(case when $3::bigint is not null then v.owner_person_id = $3::bigint
  when $1::text is null
  then exists (select 1 from venue_managers m where m.operator_id = $2::bigint and m.venue_id = v.venue_id)
  else v.division_code like $1::text || '%' end)`

const valuesOf = ({ divisionPrefix, operatorId, ownerId }: VenueScope) => [
  divisionPrefix,
  operatorId,
  ownerId,
]

export const findVenue = async (
  db: Queryable,
  scope: VenueScope,
  venueId: string,
): Promise<VenueRow | undefined> => {
  const { rows } = await db.query<VenueRow>(`${VENUE} where ${IN_SCOPE} and v.venue_id = $4::int`, [
    ...valuesOf(scope),
    venueId,
  ])
  return rows[0]
}

/** The venue, held until commit: of two reviewers the second sees what the first decided. */
export const lockVenue = async (
  tx: Transaction,
  scope: VenueScope,
  venueId: string,
): Promise<VenueRow | undefined> => {
  const { rows } = await tx.query<VenueRow>(
    `${VENUE} where ${IN_SCOPE} and v.venue_id = $4::int for no key update of v`,
    [...valuesOf(scope), venueId],
  )
  return rows[0]
}

export const findVenueOfRequest = async (
  db: Queryable,
  requestId: string,
  by: { operatorId: string | null; personId: string | null },
): Promise<string | undefined> => {
  const { rows } = await db.query<{ venue_id: number }>(
    `select venue_id from venues where request_id = $1::uuid and (applied_by = $2::bigint or applied_by_person = $3::bigint)`,
    [requestId, by.operatorId, by.personId],
  )
  return rows[0] && String(rows[0].venue_id)
}

export interface VenueFilter {
  state: string | null
  kinds: string[] | null
  divisionPrefix: string | null
  search: string | null
  pendingReview: boolean
  beforeId: string | null
  limit: number
}

/** Newest first, by key. */
export const listVenues = async (
  db: Queryable,
  scope: VenueScope,
  filter: VenueFilter,
): Promise<(VenueRow & { point_count: number })[]> => {
  const { rows } = await db.query<VenueRow & { point_count: number }>(
    `select v.*, d.name as division_name,
       (select count(*)::int from venue_points pt where pt.venue_id = v.venue_id and pt.state = 'active') as point_count
     from venues v join divisions d on d.code = v.division_code
     where ${IN_SCOPE}
       and ($4::text is null or v.state = $4::text)
       and ($5::text[] is null or v.kind = any($5::text[]))
       and ($6::text is null or v.division_code like $6::text || '%')
       and ($7::text is null or position(lower($7::text) in lower(v.name)) > 0)
       and (not $8::boolean or v.state = 'applied' or v.pending_change is not null)
       and ($9::int is null or v.venue_id < $9::int)
     order by v.venue_id desc limit $10::int`,
    [
      ...valuesOf(scope),
      filter.state,
      filter.kinds,
      filter.divisionPrefix,
      filter.search,
      filter.pendingReview,
      filter.beforeId,
      filter.limit,
    ],
  )
  return rows
}

export interface NewVenue {
  name: string
  kind: VenueKind
  divisionCode: string
  address: string
  creditCodeEncrypted: Buffer | null
  creditCodeIndex: Buffer | null
  responsibleNameEncrypted: Buffer
  responsiblePhoneEncrypted: Buffer
  latitude: number | null
  longitude: number | null
  appliedBy: string | null
  /** A citizen applies for a shop of their own. */
  ownerId: string | null
  appliedAt: Date
  requestId: string
}

export const takeVenueId = (db: Queryable): Promise<string> => takeId(db, 'venues', 'venue_id')

/** Undefined where the request was made before. */
export const insertVenue = async (
  tx: Transaction,
  venueId: string,
  venue: NewVenue,
): Promise<string | undefined> => {
  const { rows } = await tx.query<{ venue_id: number }>(
    `insert into venues (name, kind, division_code, address, credit_code_encrypted, credit_code_index, responsible_name_encrypted,
       responsible_phone_encrypted, latitude, longitude, state, applied_by, applied_by_person, owner_person_id, applied_at, request_id,
       venue_id) overriding system value
     values ($1, $2, $3, $4, $5::bytea, $6::bytea, $7::bytea, $8::bytea, $9, $10, 'applied', $11::bigint, $12::bigint, $12::bigint,
       $13::timestamptz, $14::uuid, $15::int)
     on conflict (request_id) do nothing returning venue_id`,
    [
      venue.name,
      venue.kind,
      venue.divisionCode,
      venue.address,
      venue.creditCodeEncrypted,
      venue.creditCodeIndex,
      venue.responsibleNameEncrypted,
      venue.responsiblePhoneEncrypted,
      venue.latitude,
      venue.longitude,
      venue.appliedBy,
      venue.ownerId,
      venue.appliedAt,
      venue.requestId,
      venueId,
    ],
  )
  return rows[0] && String(rows[0].venue_id)
}

export const addManager = async (tx: Transaction, venueId: string, operatorId: string): Promise<void> => {
  await tx.query(
    `insert into venue_managers (venue_id, operator_id) values ($1::int, $2::bigint) on conflict do nothing`,
    [venueId, operatorId],
  )
}

export const setVenueState = async (
  tx: Transaction,
  venueId: number,
  state: VenueRow['state'],
  reason: string | null,
): Promise<void> => {
  await tx.query(`update venues set state = $2::text, state_reason = $3::text where venue_id = $1::int`, [
    venueId,
    state,
    reason,
  ])
}

export const setPendingChange = async (
  tx: Transaction,
  venueId: number,
  change: Record<string, unknown> | null,
): Promise<void> => {
  await tx.query(`update venues set pending_change = $2::jsonb where venue_id = $1::int`, [
    venueId,
    change === null ? null : JSON.stringify(change),
  ])
}

export interface VenueUpdate {
  name?: string
  kind?: VenueKind
  divisionCode?: string
  address?: string
  creditCodeEncrypted?: Buffer
  creditCodeIndex?: Buffer
  responsibleNameEncrypted?: Buffer
  responsiblePhoneEncrypted?: Buffer
  latitude?: number
  longitude?: number
}

export const updateVenue = async (tx: Transaction, venueId: number, update: VenueUpdate): Promise<void> => {
  await tx.query(
    `update venues set name = coalesce($2, name), kind = coalesce($3, kind), division_code = coalesce($4, division_code),
       address = coalesce($5, address), credit_code_encrypted = coalesce($6::bytea, credit_code_encrypted),
       credit_code_index = coalesce($7::bytea, credit_code_index),
       credit_code = case when $6::bytea is null then credit_code end,
       responsible_name_encrypted = coalesce($8::bytea, responsible_name_encrypted),
       responsible_phone_encrypted = coalesce($9::bytea, responsible_phone_encrypted),
       latitude = coalesce($10, latitude), longitude = coalesce($11, longitude), pending_change = null
     where venue_id = $1::int`,
    [
      venueId,
      update.name ?? null,
      update.kind ?? null,
      update.divisionCode ?? null,
      update.address ?? null,
      update.creditCodeEncrypted ?? null,
      update.creditCodeIndex ?? null,
      update.responsibleNameEncrypted ?? null,
      update.responsiblePhoneEncrypted ?? null,
      update.latitude ?? null,
      update.longitude ?? null,
    ],
  )
}

export interface HistoryRow {
  occurred_at: Date
  action: string
  actor_name: string | null
  actor_kind: string
  details: { reason?: string }
}

export const listVenueHistory = async (db: Queryable, venueId: string): Promise<HistoryRow[]> => {
  const { rows } = await db.query<HistoryRow>(
    `select e.occurred_at, e.action, o.display_name as actor_name, e.actor_kind, e.details from audit_entries e
     left join operators o on e.actor_kind = 'operator' and o.operator_id::text = e.actor_id
     where e.object_kind = 'venue' and e.object_id = $1::text order by e.audit_id desc limit 100`,
    [venueId],
  )
  return rows
}

// Visits that were marked as “I was not there” are not counted.
const WAS_THERE = `not exists (select from visit_withdrawals w
       where w.person_id = visits.person_id and w.visited_on = visits.visited_on and w.request_key = visits.request_key)`

/** Counts of one venue by day and of today by hour, Asia/Shanghai; nobody's visits can be told from them. */
export const countVisits = async (db: Queryable, venueId: string, now: Date) => {
  const hours = await db.query<{ hour: number; visits: number; admit: number; deny: number; review: number }>(
    `select visited_ms / 3600000 as hour, count(*)::int as visits,
       count(*) filter (where ${answeredDecision('answer')} = ${DECISION_NUMBERS.admit})::int as admit, count(*) filter (where ${answeredDecision('answer')} = ${DECISION_NUMBERS.deny})::int as deny,
       count(*) filter (where ${answeredDecision('answer')} = ${DECISION_NUMBERS.review})::int as review
     from visits join venue_points using (point_id) where venue_id = $1::int and visited_on = ($2::timestamptz at time zone 'Asia/Shanghai')::date and ${WAS_THERE} group by 1 order by 1`,
    [venueId, now],
  )
  const days = await db.query<{ visited_on: string; visits: number }>(
    `select visited_on, count(*)::int as visits from visits join venue_points using (point_id)
     where venue_id = $1::int and visited_on > ($2::timestamptz at time zone 'Asia/Shanghai')::date - 14 and ${WAS_THERE} group by 1 order by 1`,
    [venueId, now],
  )
  return { hours: hours.rows, days: days.rows }
}

/** Whosever it is. */
export const findAnyVenue = async (db: Queryable, venueId: string): Promise<VenueRow | undefined> =>
  (await db.query<VenueRow>(`${VENUE} where v.venue_id = $1::int`, [venueId])).rows[0]

/** The same, held until commit. */
export const lockAnyVenue = async (tx: Transaction, venueId: number): Promise<VenueRow | undefined> =>
  (await tx.query<VenueRow>(`${VENUE} where v.venue_id = $1::int for no key update of v`, [venueId])).rows[0]

/** Held until they are written encrypted. */
export const listClearLicences = async (tx: Transaction, limit: number) => {
  const { rows } = await tx.query<{ venue_id: number; credit_code: string }>(
    `select venue_id, credit_code from venues where credit_code is not null order by venue_id limit $1::int for no key update skip locked`,
    [limit],
  )
  return rows
}

export const setLicences = async (
  tx: Transaction,
  licences: { venueId: number; creditCodeEncrypted: Buffer; creditCodeIndex: Buffer }[],
): Promise<void> => {
  for (const each of licences)
    await tx.query(
      `update venues set credit_code_encrypted = $2::bytea, credit_code_index = $3::bytea, credit_code = null where venue_id = $1::int`,
      [each.venueId, each.creditCodeEncrypted, each.creditCodeIndex],
    )
}
