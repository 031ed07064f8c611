import { createHash, randomUUID, sign } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CITIES } from '@jiankangbao/city/cities'
import { DEFAULT_CITY } from '@jiankangbao/city/words'
import { encodePersonalCode, personalCodeUrl } from '@jiankangbao/domain/codes/personal-code'
import { openFileKeyProvider } from '../../apps/server/src/keys/key-provider.ts'
import type { Mix } from '../load/saturate.ts'
import { Problem } from '../problem.ts'
import type { Stage } from '../stage.ts'
import type { RunningServer } from '../system.ts'
import { CONNECTIONS } from './hot-path.ts'
import { type Measured, measure, requireAnswered } from './measure.ts'
import { readAtRoundSize } from './round-size.ts'
import type { SamplingFigures } from './sampling-figures.ts'

const SAMPLES: Mix = { scan: 0, pass: 0, check: 0, sample: 1 }
const DOORS_AND_SITES: Mix = { scan: 9, pass: 0, check: 0, sample: 1 }

const CITY = CITIES[DEFAULT_CITY].division
/** More than there are connections: no tube is asked for twice at once, as no sampler scans two people at once. */
const SAMPLERS = 2_000
const SITES = 400
/** More than any run sends in a second; what is left over is written for nothing. */
const MOST_PER_SECOND = 9_000
const PEOPLE_OF_A_TUBE = 10

const sessionOf = (sampler: number) =>
  createHash('sha256').update(`bench-sampler-${sampler}`).digest('base64url')

/** Sites, samplers who are signed in, and a shift of each. */
const openSites = async ({ admin }: Stage): Promise<void> => {
  await admin.query(
    `insert into test_sites (name, division_code, address, hours, audience, price_cents, walk_in, made_by, made_at, request_id)
     select 'bench ' || n, d.code, 'bench', '[]'::jsonb, 'everybody', 0, true, 1, now(), gen_random_uuid()
     from generate_series(1, $1::int) as n
     join (select code, row_number() over (order by code) as at, count(*) over () as all from divisions where level = 'district') d
       on d.at = 1 + n % d.all order by n`,
    [SITES],
  )
  await admin.query(
    `insert into operators (username, display_name, organisation, roles, division_code, password_hash, totp_secret_encrypted, must_change_password)
     select 'bench-sampler-' || n, 'bench', 'bench', '{sampler}', $2::text, 'none', '\\x00', false from generate_series(1, $1::int) as n`,
    [SAMPLERS, CITY],
  )
  await admin.query(
    `insert into operator_sessions (session_hash, operator_id, csrf_token, expires_at, address)
     select s.hash, o.operator_id, 'bench', now() + interval '8 hours', '127.0.0.1'
     from unnest($1::int[], $2::bytea[]) as s(n, hash) join operators o on o.username = 'bench-sampler-' || s.n`,
    [
      Array.from({ length: SAMPLERS }, (_, at) => at + 1),
      Array.from({ length: SAMPLERS }, (_, at) =>
        createHash('sha256')
          .update(sessionOf(at + 1))
          .digest(),
      ),
    ],
  )
  await admin.query(
    `insert into sampling_shifts (site_id, operator_id, started_at, request_id)
     select (select min(site_id) from test_sites where name like 'bench %') + n % $1::int, o.operator_id, now(), gen_random_uuid()
     from (select operator_id, row_number() over (order by operator_id) as n from operators where username like 'bench-sampler-%') o`,
    [SITES],
  )
}

// Green people only: the others are sampled singly.
const isPooled = (person: number) => person % 200 > 5

/** Hands out people and tubes, each once. */
const createQueue = (stage: Stage) => {
  const { keyId, privateKey } = openFileKeyProvider(stage.dataDirectory).currentSigningKey()
  let lastPerson = 0
  let lastTube = 0
  const barcodeOf = (tube: number) => `10${String(tube).padStart(10, '0')}`

  return {
    /** Opens tubes and writes who comes next: one person at each table in turn. Codes are good for a minute. */
    write: async (seconds: number): Promise<void> => {
      const rounds = Math.ceil((seconds * MOST_PER_SECOND) / SAMPLERS / PEOPLE_OF_A_TUBE)
      const first = lastTube + 1
      lastTube += rounds * SAMPLERS
      await stage.admin.query(
        `insert into tubes (barcode, kind, capacity, shift_id, site_id, opened_by, opened_at, request_id)
         select '10' || lpad(n::text, 10, '0'), 'ten', 10, s.shift_id, s.site_id, s.operator_id, now(), gen_random_uuid()
         from generate_series($1::int, $2::int) as n
         join operators o on o.username = 'bench-sampler-' || (1 + (n - 1) % $3::int) join sampling_shifts s using (operator_id)`,
        [first, lastTube, SAMPLERS],
      )
      const people: number[] = []
      while (people.length < rounds * SAMPLERS * PEOPLE_OF_A_TUBE) {
        lastPerson += 1
        if (lastPerson > stage.options.persons)
          throw new Problem('Everybody is sampled already: more --persons or fewer --seconds.')
        if (isPooled(lastPerson)) people.push(lastPerson)
      }
      const { rows } = await stage.admin.query<{ person_id: string; code_id: Buffer }>(
        `select person_id, code_id from person_codes where person_id between $1::bigint and $2::bigint`,
        [people[0], lastPerson],
      )
      const codes = new Map(rows.map((row) => [Number(row.person_id), row.code_id]))
      await stage.admin.query('analyze tubes')
      await stage.admin.query('analyze samples')
      const issuedAtSeconds = Math.floor(Date.now() / 1000)
      const codeOf = (person: number) =>
        personalCodeUrl(
          'https://jkb.example',
          encodePersonalCode(
            {
              version: 1,
              keyId,
              codeId: codes.get(person) ?? Buffer.alloc(10),
              colour: 'green',
              issuedAtSeconds,
            },
            (message) => sign(null, message, privateKey),
          ),
        )
      const lines = people.flatMap((person, at) => {
        const sampler = at % SAMPLERS
        const round = Math.floor(at / SAMPLERS / PEOPLE_OF_A_TUBE)
        const barcode = barcodeOf(first + round * SAMPLERS + sampler)
        return [sessionOf(sampler + 1), barcode, randomUUID(), codeOf(person)]
      })
      await writeFile(join(stage.files, 'samples'), lines.join('\n'))
    },
  }
}

const run = async (
  stage: Stage,
  server: RunningServer,
  queue: ReturnType<typeof createQueue>,
  options: { connections: number; weights: Mix; seconds: number },
): Promise<Measured> => {
  await queue.write(options.weights.scan > 0 ? Math.ceil(options.seconds / 5) : options.seconds)
  const measured = await measure(stage, server, options)
  await requireAnswered(stage, server, options.weights, measured)
  return measured
}

const countSamples = async (stage: Stage) =>
  (
    await stage.admin.query<{ rows: number; bytes: number }>(
      `select count(*)::float8 as rows, pg_total_relation_size('samples')::float8 as bytes from samples`,
    )
  ).rows[0] ?? { rows: 0, bytes: 0 }

/** Swabs at saturation: session, code, one of ten places in an open tube, durable commit, answer. */
export const runSampling = async (stage: Stage): Promise<SamplingFigures> => {
  await stage.clear()
  await stage.refreshRequests({ persons: 200_000, checks: false })
  await openSites(stage)
  const queue = createQueue(stage)
  const seconds = stage.options.secondsPerRun
  const figures = await stage.withServer({}, async (server) => {
    const warmUp = await run(stage, server, queue, { connections: 256, weights: SAMPLES, seconds: 4 })
    const runs: Measured[] = []
    for (const connections of CONNECTIONS)
      runs.push(await run(stage, server, queue, { connections, weights: SAMPLES, seconds }))
    const batches = await server.metric('jkb_sample_batch_size_count')
    const meanBatch = Math.round((await server.metric('jkb_sample_batch_size_sum')) / batches)
    const best = runs.reduce((a, b) => (b.perSecond > a.perSecond ? b : a))
    const { rows, bytes } = await countSamples(stage)
    const beside = await run(stage, server, queue, {
      connections: best.connections,
      weights: DOORS_AND_SITES,
      seconds,
    })
    return {
      best,
      runs,
      meanBatch,
      rows,
      answered: [warmUp, ...runs].reduce((sum, each) => sum + each.requests - each.failed, 0),
      bytesPerSample: Math.round((bytes / rows) * 10) / 10,
      beside,
    }
  })
  return { ...figures, ...(await readAtRoundSize(stage)) }
}
