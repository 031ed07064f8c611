import { randomInt } from 'node:crypto'
import { addDays, shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { standardTracingRules } from '@jiankangbao/domain/tracing/rules'
import { inTransaction, type Queryable } from '../../apps/server/src/db/pool.ts'
import { markDirty } from '../../apps/server/src/features/colours/status/status.service.ts'
import { findCase } from '../../apps/server/src/features/tracing/case/case.queries.ts'
import {
  insertSelection,
  writeFindings,
} from '../../apps/server/src/features/tracing/decision/decision.queries.ts'
import { findPeople } from '../../apps/server/src/features/tracing/people/find-people.ts'
import type { Stage } from '../stage.ts'
import { openPhone } from './open-phone.ts'

export interface TraceFigures {
  /** Visits in the database, over fifteen days, and what one of them takes with its indexes. */
  visits: number
  bytesPerVisit: number
  /** A case of fourteen days with forty stays. */
  overlap: { stays: number; persons: number; scans: number; seconds: number[]; ceilingSeconds: number[] }
  /** One stay with everybody of a sweep, looked through without special handling. */
  sweep: { persons: number; seconds: number }
  /** From the commit of an approval to the message on the last of the phones that were open. */
  phones: { persons: number; open: number; told: number; secondsToLast: number; secondsToAll: number }
  plan: string
}

const DAYS = 14
const STAYS = 40
const PERSONS = 20_000
const SWEEP = 82_000
const OPEN_PHONES = 200
const RUNS = 5
const PATIENCE_MS = 120_000

const timed = async <Result>(work: () => Promise<Result>): Promise<{ seconds: number; result: Result }> => {
  const from = performance.now()
  const result = await work()
  return { seconds: (performance.now() - from) / 1000, result }
}

/** Days of visits as a city would have them: people and points at random, hours of the day as scans fall. */
const fillVisits = async (stage: Stage, visits: number): Promise<void> => {
  await stage.admin.query(
    `select ensure_day_partitions((now() at time zone 'Asia/Shanghai')::date - ${DAYS + 1}, (now() at time zone 'Asia/Shanghai')::date + 1)`,
  )
  const perDay = Math.ceil(visits / (DAYS + 1))
  for (let ago = 0; ago <= DAYS; ago += 1) {
    const day = addDays(shanghaiDayOf(Date.now()), -ago)
    await stage.admin.query(
      `insert into visits (person_id, request_key, visited_on, visited_ms, point_id, reason_bits, answer)
       select 1 + floor(random() * $2::int), $4::bigint + n, $1::date, 21600000 + floor(random() * 57600000), 1 + floor(random() * (select max(point_id) from venue_points)), 0, 5
       from generate_series(1, $3::int) n`,
      [day, stage.options.persons, perDay, ago * 1_000_000_000],
    )
  }
}

/** A patient with stays over fourteen days, and people scanned into each of them. */
const makeCase = async (
  stage: Stage,
  stays: number,
  persons: number,
  fromDaysAgo: number,
): Promise<string> => {
  const { admin } = stage
  const personId = stage.options.persons - randomInt(1000)
  const { rows } = await admin.query<{ case_id: string }>(
    `insert into cases (person_id, basis, evidence, state, division_code, anchor_at, rules, opened_by, opened_at, request_id)
     select $1, 'evidence', 'bench', 'open', d.code, now() - interval '${DAYS - 4} days', $2::jsonb, o.operator_id, now(), gen_random_uuid()
     from (select min(code) as code from divisions) d, (select operator_id from operators limit 1) o returning case_id`,
    [personId, JSON.stringify(standardTracingRules())],
  )
  const caseId = rows[0]?.case_id ?? ''
  const points = await admin.query<{ point_id: number }>(
    `select point_id from venue_points join venues using (venue_id) where kind = 'catering' order by point_id offset $2::int limit $1::int`,
    [stays, fromDaysAgo * 100],
  )
  const perStay = Math.ceil(persons / stays)
  for (const [at, { point_id: pointId }] of points.rows.entries()) {
    const day = addDays(shanghaiDayOf(Date.now()), -1 - ((at + fromDaysAgo) % (DAYS - 1)))
    await admin.query(
      `insert into case_stays (case_id, request_key, visited_on, scanned_at, point_id, from_at, until_at, standard_until_at, counted, marks)
       select $1, $4::bigint, $2::date, t, $3, t, t + interval '90 minutes', t + interval '90 minutes', true, '{}'
       from (select ($2::date + time '12:00') at time zone 'Asia/Shanghai' as t) s`,
      [caseId, day, pointId, 5_000_000_000 + randomInt(1_000_000_000)],
    )
    await admin.query(
      `insert into visits (person_id, request_key, visited_on, visited_ms, point_id, reason_bits, answer)
       select 1 + ($5::int + n) % $6::int, 9000000000 + $4::bigint * 1000000 + n, $2::date, 43200000 + (n * 7919) % 3600000, $3, 0, 5
       from generate_series(1, $1::int) n`,
      [perStay, day, pointId, fromDaysAgo * 1000 + at, at * perStay, stage.options.persons - 2000],
    )
  }
  return caseId
}

/** The ceiling: as many rows read by the same index, and nothing made of them. */
const readByIndex = (stage: Stage, caseId: string) =>
  stage.admin.query<{ scans: string; people: string }>(
    `select count(*) as scans, count(distinct v.person_id) as people from case_stays s cross join lateral (
       select v.person_id from visits v where v.visited_on = s.visited_on and v.point_id = s.point_id
         and v.visited_ms / 3600000 between 10 and 13 offset 0) v
     where s.case_id = $1::bigint`,
    [caseId],
  )

interface Asked {
  text: string
  values: unknown[]
  seconds: number
}

/** Hands statements through and keeps what each took. */
const listening = (db: Queryable, asked: Asked[]): Queryable => ({
  query: (async (query: string | { text: string; values?: unknown[] }, values: unknown[] = []) => {
    const own = typeof query === 'string' ? { text: query, values } : { values: [], ...query }
    const { seconds, result } = await timed(() => db.query(own.text, own.values))
    asked.push({ ...own, seconds })
    return result
  }) as Queryable['query'],
})

/** What the statements of a case took, and the plan of the slowest. */
const readPlan = async (stage: Stage, caseId: string): Promise<string> => {
  const asked: Asked[] = []
  const { seconds } = await timed(() => peopleOf(stage, caseId, listening(stage.admin, asked)))
  const bySeconds = asked.sort((one, other) => other.seconds - one.seconds)
  const shares = bySeconds
    .slice(0, 5)
    .map((each) => `${each.seconds.toFixed(3)} s  ${each.text.replace(/\s+/g, ' ').slice(0, 90)}`)
  const [slowest] = bySeconds
  if (!slowest) return ''
  const { rows } = await stage.admin.query<{ 'QUERY PLAN': string }>(
    `explain (analyze, buffers, costs off) ${slowest.text}`,
    slowest.values,
  )
  const plan = rows.map((row) => row['QUERY PLAN']).filter((line) => !/never executed/.test(line))
  return [`${seconds.toFixed(3)} s in all`, ...shares, ...plan.slice(0, 80)].join('\n')
}

const peopleOf = async (stage: Stage, caseId: string, db: Queryable = stage.admin) => {
  const row = await findCase(db, caseId, new Date())
  if (!row) throw new Error('the case is gone')
  return findPeople(db, row, row.rules, new Date())
}

const approve = async (stage: Stage, caseId: string) => {
  const found = await peopleOf(stage, caseId)
  const chosen = [...found.contacts]
    .filter(([, { group }]) => group !== 'secondary_contact')
    .slice(0, PERSONS)
    .map(([personId, contact]) => ({
      personId,
      ...contact,
      lastAt: new Date(Math.min(contact.lastAt, Date.now())),
      contactPersonId: null,
      stays: contact.stays.map(({ from, ...stay }) => ({ ...stay, from: new Date(from) })),
    }))
  const selectionId = crypto.randomUUID()
  const { rows } = await stage.admin.query<{ proposal_id: string; operator_id: string }>(
    `insert into proposals (kind, case_id, payload, division_code, request_id, proposed_by, proposed_at, expires_at, state, persons)
     select 'case.expose', $1, '{}', o.division_code, $2::uuid, o.operator_id, now(), now() + interval '1 day', 'open', $3 from (select operator_id, division_code from operators limit 1) o
     returning proposal_id, proposed_by as operator_id`,
    [caseId, selectionId, chosen.length],
  )
  const { proposal_id: proposalId = '0', operator_id: by = '0' } = rows[0] ?? {}
  await inTransaction(stage.admin, (tx) => insertSelection(tx, { selectionId, caseId }, chosen))
  // Nobody approves their own.
  const second = await stage.admin.query<{ operator_id: string }>(
    `insert into operators (username, display_name, organisation, roles, division_code, password_hash, totp_secret_encrypted)
     select 'bench-second', display_name, organisation, roles, division_code, password_hash, totp_secret_encrypted from operators
     where operator_id = $1::bigint returning operator_id`,
    [by],
  )
  const approvedBy = second.rows[0]?.operator_id ?? '0'
  return {
    persons: chosen.length,
    personIds: chosen.map(({ personId }) => personId),
    commit: () =>
      inTransaction(stage.admin, async (tx) => {
        const written = await writeFindings(tx, selectionId, {
          proposalId,
          enteredBy: by,
          approvedBy,
          evidence: 'bench',
          source: 'bench',
        })
        await markDirty(tx, written, 'finding.add')
      }),
  }
}

const measurePhones = (stage: Stage, caseId: string): Promise<TraceFigures['phones']> =>
  stage.withServer({ work: true }, async (server) => {
    const approval = await approve(stage, caseId)
    const tokens = await stage.readTokens(stage.options.persons)
    const watched = approval.personIds.filter((_, at) => at % Math.ceil(approval.persons / OPEN_PHONES) === 0)
    const phones = await Promise.all(
      watched.map((personId) => openPhone(server, tokens[Number(personId) - 1] ?? '')),
    )
    const toldAt: number[] = []
    for (const phone of phones) void phone.changed().then((at) => toldAt.push(at))
    const from = performance.now()
    await approval.commit()
    const dirty = async (): Promise<number> =>
      Number((await stage.admin.query<{ n: string }>('select count(*) as n from dirty_persons')).rows[0]?.n)
    while (performance.now() - from < PATIENCE_MS && (await dirty()) > 0)
      await new Promise((resolve) => setTimeout(resolve, 200))
    const secondsToAll = (performance.now() - from) / 1000
    // The messages of the last batch are on their way.
    await new Promise((resolve) => setTimeout(resolve, 2000))
    const secondsToLast = (Math.max(...toldAt) - from) / 1000
    for (const phone of phones) phone.close()
    return {
      persons: approval.persons,
      open: phones.length,
      told: toldAt.length,
      secondsToLast,
      secondsToAll,
    }
  })

/** From a case to phones: who was there, beside reading the same rows by index; a sweep; and an approval. */
export const runTrace = async (stage: Stage, visits: number): Promise<TraceFigures> => {
  await stage.clear()
  await fillVisits(stage, visits)
  const caseId = await makeCase(stage, STAYS, PERSONS, 0)
  const sweepId = await makeCase(stage, 1, SWEEP, 3)
  await stage.admin.query('vacuum (analyze) visits')
  await stage.admin.query('vacuum (analyze) case_stays')
  const size = await stage.admin.query<{ bytes: string; rows: string }>(
    `select sum(pg_total_relation_size(inhrelid)) as bytes, (select count(*) from visits) as rows from pg_inherits where inhparent = 'visits'::regclass`,
  )
  const seconds: number[] = []
  const ceilingSeconds: number[] = []
  let overlap = { persons: 0, scans: 0 }
  for (let run = 0; run < RUNS; run += 1) {
    const ceiling = await timed(() => readByIndex(stage, caseId))
    ceilingSeconds.push(ceiling.seconds)
    const people = await timed(() => peopleOf(stage, caseId))
    seconds.push(people.seconds)
    overlap = { persons: people.result.contacts.size, scans: Number(ceiling.result.rows[0]?.scans) }
  }
  const sweep = await timed(() => peopleOf(stage, sweepId))
  const plan = await readPlan(stage, caseId)
  await stage.refreshRequests({ persons: stage.options.persons, checks: false })
  const phones = await measurePhones(stage, caseId)
  const counted = Number(size.rows[0]?.rows)
  return {
    visits: counted,
    bytesPerVisit: Math.round(Number(size.rows[0]?.bytes) / Math.max(1, counted)),
    overlap: { stays: STAYS, ...overlap, seconds, ceilingSeconds },
    sweep: { persons: sweep.result.contacts.size, seconds: sweep.seconds },
    phones,
    plan,
  }
}
