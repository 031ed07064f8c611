import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto'
import type { CityProfile } from '@jiankangbao/city/city-profile'
import { makeVenueCode, venueCodeUrl } from '@jiankangbao/domain/codes/venue-code'
import { COLOUR_NUMBERS, DECISION_NUMBERS } from '@jiankangbao/domain/decision/coding'
import { maskName } from '@jiankangbao/domain/identity/masks'
import { hash } from '@node-rs/argon2'
import { inTransaction, type Pool, type Transaction } from '../../db/pool.ts'
import { takeId, takeIds } from '../../db/take-ids.ts'
import { seedReference } from '../../features/colours/rules/ruleset.service.ts'
import { evaluateNow } from '../../features/colours/status/status.service.ts'
import { insertPartner } from '../../features/inflow/partner/partner.service.ts'
import { acceptHistory } from '../../features/ledger/audit/seal.service.ts'
import { recordDemonstration } from '../../features/office/city/city.service.ts'
import { insertOperator } from '../../features/people/operator/operator.queries.ts'
import { inRow } from '../../keys/encrypted-fields.ts'
import { documentKey, type FieldEncryption } from '../../keys/field-encryption.ts'
import type { KeyProvider } from '../../keys/key-provider.ts'
import type { Demo } from '../demo.ts'
import { insertAnnouncements } from './announcements.ts'
import { seedDivisions } from './divisions.ts'
import { demoTotpSecret, type SeedOperator, seedOperators } from './operators.ts'
import { type SeedPerson, seedPeople } from './people.ts'
import { insertRequiredTests } from './required-tests.ts'
import { insertServices } from './services.ts'
import { insertTestSites } from './test-sites.ts'
import { seedVenues } from './venues.ts'

export interface SeedParts {
  city: CityProfile
  /** Where the sandbox answers, for the sample module; left out, there is none. */
  sandboxUrl?: string
  pool: Pool
  keys: KeyProvider
  encryption: FieldEncryption
  publicOrigin: string
  consentVersion: string
}

const DEGREES_PER_KILOMETRE = 1 / 111

const insertDivisions = async (tx: Transaction, city: CityProfile): Promise<void> => {
  for (const division of seedDivisions(city))
    await tx.query(
      `insert into divisions (code, parent_code, name, name_en, level) values ($1, $2, $3, $4, $5) on conflict do nothing`,
      [division.code, division.parentCode, division.name, division.nameEn, division.level],
    )
}

const insertOperators = async (
  tx: Transaction,
  { encryption }: SeedParts,
  operators: SeedOperator[],
  passwordHash: string,
): Promise<Map<string, string>> => {
  const ids = new Map<string, string>()
  for (const [index, operator] of operators.entries()) {
    const operatorId = await insertOperator(tx, {
      ...operator,
      passwordHash,
      totpSecretEncrypted: (id) =>
        encryption.encrypt(demoTotpSecret(index), inRow('operators.totp_secret', id)),
      mustChangePassword: false,
      requestId: null,
    })
    ids.set(operator.username, operatorId)
  }
  return ids
}

const insertVenues = async (
  tx: Transaction,
  parts: SeedParts,
  operatorIds: Map<string, string>,
): Promise<Demo['venues']> => {
  const mac = (bytes: Uint8Array) => createHmac('sha256', parts.keys.venueCodeKey()).update(bytes).digest()
  const { middle, venueManager } = parts.city.demonstration
  const links: Demo['venues'] = []
  for (const venue of seedVenues(parts.city)) {
    const venueId = await takeId(tx, 'venues', 'venue_id')
    await tx.query(
      `insert into venues (name, kind, division_code, address, responsible_name_encrypted, responsible_phone_encrypted, latitude, longitude, state, state_reason, applied_by, request_id, venue_id)
       overriding system value
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        venue.name,
        venue.kind,
        venue.divisionCode,
        venue.address,
        parts.encryption.encrypt('示例负责人', inRow('venues.responsible_name', venueId)),
        parts.encryption.encrypt('+8619900009999', inRow('venues.responsible_phone', venueId)),
        middle.latitude + venue.offset[1] * DEGREES_PER_KILOMETRE,
        middle.longitude + venue.offset[0] * DEGREES_PER_KILOMETRE,
        venue.state,
        venue.state === 'suspended' ? '示例：整改中' : null,
        operatorIds.get(venueManager.username),
        randomUUID(),
        venueId,
      ],
    )
    for (const point of venue.points) {
      const { rows: points } = await tx.query<{ point_id: number }>(
        `insert into venue_points (venue_id, name) values ($1, $2) returning point_id`,
        [venueId, point],
      )
      if (venue.state === 'applied') continue
      const { codeId, code } = makeVenueCode(randomBytes, mac)
      await tx.query(`insert into venue_codes (code_id, point_id) values ($1, $2)`, [
        codeId,
        points[0]?.point_id,
      ])
      links.push({
        name: venue.name,
        point,
        kind: venue.kind,
        state: venue.state,
        pointId: String(points[0]?.point_id),
        code,
        link: venueCodeUrl(parts.publicOrigin, code),
      })
    }
  }
  await tx.query(
    `insert into venue_managers (venue_id, operator_id) select venue_id, $1::bigint from venues where name = any($2::text[])`,
    [operatorIds.get(venueManager.username), [venueManager.organisation]],
  )
  return links
}

const insertPersons = async (
  tx: Transaction,
  { encryption }: SeedParts,
  people: SeedPerson[],
): Promise<string[]> => {
  const personIds = await takeIds(tx, 'persons', 'person_id', people.length)
  const sealed = (
    field: 'persons.name' | 'persons.document_number' | 'persons.birth_on',
    of: (person: SeedPerson) => string,
  ) => people.map((person, index) => encryption.encrypt(of(person), inRow(field, personIds[index] ?? '')))
  await tx.query(
    `insert into persons (document_type, name_encrypted, name_masked, document_number_encrypted, birth_on_encrypted, country, person_id)
     overriding system value
     select * from unnest($1::text[], $2::bytea[], $3::text[], $4::bytea[], $5::bytea[], $6::text[], $7::bigint[])`,
    [
      people.map((p) => p.documentType),
      sealed('persons.name', (p) => p.name),
      people.map((p) => maskName(p.name)),
      sealed('persons.document_number', (p) => p.documentNumber),
      sealed('persons.birth_on', (p) => p.birthOn),
      people.map((p) => p.country ?? null),
      personIds,
    ],
  )
  await tx.query(
    `insert into identity_documents (document_index, person_id) select * from unnest($1::bytea[], $2::bigint[])`,
    [
      people.map((p) =>
        encryption.blindIndex('document', documentKey(p.documentType, p.documentNumber, p.country)),
      ),
      personIds,
    ],
  )
  return personIds
}

const insertAccounts = async (
  tx: Transaction,
  { encryption, consentVersion }: SeedParts,
  people: SeedPerson[],
  personIds: string[],
  deviceSecret: string,
): Promise<void> => {
  const holders = people
    .map((person, index) => ({ person, personId: personIds[index] }))
    .filter(({ person }) => person.phone)
  const accountIds = await takeIds(tx, 'accounts', 'account_id', holders.length)
  const { rows } = await tx.query<{ account_id: string; person_id: string }>(
    `insert into accounts (account_id, phone_encrypted, phone_index, person_id, consent_version, consented_at) overriding system value
     select d, e, i, p, $4::text, now() from unnest($5::bigint[], $1::bytea[], $2::bytea[], $3::bigint[]) as a(d, e, i, p)
     returning account_id, person_id`,
    [
      holders.map(({ person }, index) =>
        encryption.encrypt(person.phone ?? '', inRow('accounts.phone', accountIds[index] ?? '')),
      ),
      holders.map(({ person }) => encryption.blindIndex('phone', person.phone ?? '')),
      holders.map(({ personId }) => personId),
      consentVersion,
      accountIds,
    ],
  )
  // One device on which all of them have proved to be themselves: that of whoever tries the demonstration.
  await tx.query(
    `insert into known_devices (account_id, device_hash, person_id, device_name)
     select a, $3::bytea, p, 'demonstration' from unnest($1::bigint[], $2::bigint[]) as k(a, p)`,
    [
      rows.map((row) => row.account_id),
      rows.map((row) => row.person_id),
      createHash('sha256').update(deviceSecret).digest(),
    ],
  )
  const accountOf = new Map(rows.map((row) => [row.person_id, row.account_id]))
  const members = holders.flatMap(({ person, personId }) =>
    person.members.map((member) => ({ ...member, accountId: accountOf.get(personId ?? '') })),
  )
  await tx.query(
    `insert into members (member_id, account_id, person_id, relation, consent_means, request_id)
     select gen_random_uuid(), a, p, r, case when r = 'child' then 'guardian' else 'face' end, gen_random_uuid()
     from unnest($1::bigint[], $2::bigint[], $3::text[]) as m(a, p, r)`,
    [members.map((m) => m.accountId), members.map((m) => personIds[m.index]), members.map((m) => m.relation)],
  )
}

const insertStatusInputs = async (
  tx: Transaction,
  people: SeedPerson[],
  personIds: string[],
  operatorIds: Map<string, string>,
): Promise<void> => {
  const findings = people.flatMap((person, index) =>
    person.findings.map((finding) => ({ ...finding, personId: personIds[index] })),
  )
  await tx.query(
    `insert into findings (person_id, category, anchor_at, evidence, source, details, entered_by, approved_by)
     select p, c, now() - h * interval '1 hour', '示例证据 DEMO-' || p, '演示数据', d::jsonb, $5::bigint, $6::bigint
     from unnest($1::bigint[], $2::text[], $3::int[], $4::text[]) as f(p, c, h, d)`,
    [
      findings.map((f) => f.personId),
      findings.map((f) => f.category),
      findings.map((f) => f.hoursAgo),
      findings.map((f) => JSON.stringify(f.colour ? { colour: f.colour } : {})),
      operatorIds.get('hq'),
      operatorIds.get('hq2'),
    ],
  )
  const tests = people.flatMap((person, index) =>
    person.tests.map((test) => ({ ...test, personId: personIds[index] })),
  )
  await tx.query(
    `insert into test_results (person_id, sampled_at, result, kind, source)
     select p, now() - h * interval '1 hour', r, 'single', '示例检测实验室' from unnest($1::bigint[], $2::int[], $3::text[]) as t(p, h, r)`,
    [tests.map((t) => t.personId), tests.map((t) => t.hoursAgo), tests.map((t) => t.result)],
  )
  await evaluateNow(tx, personIds, 'seed')
}

// A few days of coming and going, so that figures and timelines are not empty. Green people only, admitted.
const insertVisits = async (tx: Transaction): Promise<void> => {
  await tx.query(
    `select ensure_day_partitions((now() at time zone 'Asia/Shanghai')::date - 6, (now() at time zone 'Asia/Shanghai')::date + 8)`,
  )
  await tx.query(
    `insert into visits (person_id, request_key, visited_on, visited_ms, point_id, reason_bits, answer)
     select p.person_id, request_key(gen_random_uuid()), l.local::date, (extract(epoch from l.local::time) * 1000)::int, pt.point_id, 0, ${COLOUR_NUMBERS.green} | (${DECISION_NUMBERS.admit} << 2)
     from (select person_id, row_number() over (order by person_id) as n from status_current where colour = ${COLOUR_NUMBERS.green}) p
     cross join generate_series(0, 13) as s(k)
     cross join lateral (select now() - ((p.n * 7 + s.k * 11) % 143) * interval '1 hour' - ((p.n * 13) % 59) * interval '1 minute' as at) t
     cross join lateral (select t.at at time zone 'Asia/Shanghai' as local) l
     join (select pt.*, row_number() over (order by point_id) as n, count(*) over () as total
           from venue_points pt join venues v using (venue_id) where v.state = 'active') pt
       on pt.n = 1 + (p.n * 5 + s.k * 3) % pt.total`,
  )
}

const insertLookups = async (
  tx: Transaction,
  personIds: string[],
  operatorIds: Map<string, string>,
  { hotline }: CityProfile,
): Promise<void> => {
  await tx.query(
    `insert into lookups (person_id, looked_up_at, means, purpose, operator_id, organisation)
     select p, now() - interval '5 hours', 'console_search', '热线求助核实身份（示例）', $2::bigint, $3::text from unnest($1::bigint[]) as p`,
    [personIds.slice(0, 20), operatorIds.get('hotline'), `${hotline} 热线（示例）`],
  )
}

const insertPartners = async (tx: Transaction, city: CityProfile): Promise<Demo['partners']> => {
  const partners = [
    { name: city.demonstration.laboratory, kind: 'laboratory' },
    { name: '省健康码平台（示例）', kind: 'province' },
  ] as const
  const made: Demo['partners'] = []
  for (const partner of partners) {
    const { key } = await insertPartner(tx, { ...partner, now: new Date() })
    made.push({ ...partner, key })
  }
  return made
}

const colourWords = ['none', 'green', 'yellow', 'red'] as const

const listCitizens = async (
  tx: Transaction,
  people: SeedPerson[],
  personIds: string[],
): Promise<Demo['citizens']> => {
  const { rows } = await tx.query<{ person_id: string; colour: number }>(
    `select person_id, colour from status_current`,
  )
  const colourOf = new Map(rows.map((row) => [row.person_id, colourWords[row.colour] ?? 'none']))
  const toCitizen = (person: SeedPerson, index: number) => ({
    phone: (person.phone ?? '').replace('+86', ''),
    // Whole: who tries the second proof of a new phone has to type it, and nobody is called so.
    name: person.name,
    colour: colourOf.get(personIds[index] ?? '') ?? 'none',
    members: person.members.length,
    documentType: person.documentType,
    documentNumber: person.documentNumber,
  })
  const citizens = people.map(toCitizen).filter((citizen) => citizen.phone !== '')
  // One of each colour first: what a newcomer wants to see.
  const firsts = (['green', 'yellow', 'red', 'none'] as const).flatMap((colour) =>
    citizens.filter((c) => c.colour === colour).slice(0, 1),
  )
  return [...firsts, ...citizens.filter((citizen) => !firsts.includes(citizen))]
}

/** True where there are persons already: a city with people is never seeded. */
export const isSeeded = async (pool: Pool): Promise<boolean> =>
  ((await pool.query('select 1 from persons limit 1')).rowCount ?? 0) > 0

/** Makes the fictional city in one transaction: all of it or nothing. Returns what a newcomer needs to know. */
export const seedCity = async (parts: SeedParts): Promise<Demo> => {
  const { city } = parts
  const { password } = city.demonstration
  const seeded = seedOperators(city)
  const people = seedPeople(city)
  const passwordHash = await hash(password)
  return inTransaction(parts.pool, async (tx) => {
    await insertDivisions(tx, city)
    await recordDemonstration(tx, city)
    await seedReference(tx, city.ruleset)
    const operatorIds = await insertOperators(tx, parts, seeded, passwordHash)
    const venues = await insertVenues(tx, parts, operatorIds)
    await insertTestSites(tx, parts.city, operatorIds)
    await insertAnnouncements(tx, parts.city, operatorIds)
    await insertServices(tx, parts.city, operatorIds, parts.sandboxUrl)
    const personIds = await insertPersons(tx, parts, people)
    const deviceSecret = randomBytes(32).toString('base64url')
    await insertAccounts(tx, parts, people, personIds, deviceSecret)
    await insertStatusInputs(tx, people, personIds, operatorIds)
    await insertRequiredTests(tx, city, people, personIds, operatorIds)
    await insertVisits(tx)
    await insertLookups(tx, personIds, operatorIds, city)
    const operators = seeded.map((operator, index) => ({
      username: operator.username,
      password,
      totpSecret: demoTotpSecret(index),
      roles: operator.roles,
      divisionCode: operator.divisionCode,
    }))
    const partners = await insertPartners(tx, city)
    const citizens = await listCitizens(tx, people, personIds)
    // Written by the owner of the database: a verification would ask by whom.
    await acceptHistory(tx, '演示城市 demonstration city')
    return { fictional: true, citizens, deviceSecret, operators, venues, partners }
  })
}
