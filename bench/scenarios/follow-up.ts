import type { FollowUpView } from '@jiankangbao/domain/vocabulary/follow-ups'
import {
  countFollowUps,
  listFollowUps,
} from '../../apps/server/src/features/measures/monitoring/list.queries.ts'
import type { Stage } from '../stage.ts'
import type { RunningServer } from '../system.ts'
import { signInOffice } from './operator-session.ts'

interface Asked {
  /** Whose user asks, and how many people that division looks after. */
  by: 'community' | 'district' | 'city'
  people: number
  what: string
  p50Ms: number
  p95Ms: number
}

export interface FollowUpFigures {
  people: number
  asked: Asked[]
  plan: string
}

const PEOPLE = 100_000
const TIMES = 100
const VIEWS: FollowUpView[] = ['to_see', 'all', 'not_reached', 'ended']

/** A hundred thousand people looked after by the communities of a city, a third of them seen today, and as many ended. */
const fill = async (stage: Stage): Promise<void> => {
  await stage.admin.query(`truncate follow_ups cascade`)
  await stage.admin.query(
    `with communities as (select array_agg(code order by code) as codes from divisions where level = 'community')
     insert into follow_ups (person_id, division_code, measure, categories, starts_at, ends_at, test_due_at, ruleset_id, state, ended_at, stay, look,
       looked_at, reached_at, declared_at)
     select n, codes[1 + n % cardinality(codes)], case when n % 3 = 0 then 'monitored' else 'isolated' end, '{close_contact}',
       now() - (n % 14) * interval '1 day' - n * interval '1 millisecond', now() + (14 - n % 14) * interval '1 day', now() + (n % 5) * interval '1 day', 'bench',
       case when ended then 'completed' else 'open' end, case when ended then now() - (n % 100) * interval '1 day' end, 'home',
       case when n % 10 = 0 then 'not_reached' when n % 3 = 0 then 'well' end, case when n % 10 = 0 or n % 3 = 0 then now() end,
       case when n % 10 <> 0 and n % 3 = 0 then now() end, case when n % 4 = 0 then now() - interval '1 day' end
     from generate_series(1, $1::int) n cross join communities cross join (values (true), (false)) as e(ended)`,
    [Math.min(PEOPLE, stage.options.persons)],
  )
  await stage.admin.query('vacuum (analyze) follow_ups')
}

const ask = async (
  server: RunningServer,
  cookie: string,
  path: string,
): Promise<{ p50Ms: number; p95Ms: number }> => {
  const took: number[] = []
  for (let time = 0; time < TIMES; time += 1) {
    const from = performance.now()
    const answer = await fetch(`${server.origin}${path}`, { headers: { cookie } })
    await answer.arrayBuffer()
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
    took.push(performance.now() - from)
  }
  took.sort((one, other) => one - other)
  const at = (share: number): number => Math.round((took[Math.floor(took.length * share)] ?? 0) * 10) / 10
  return { p50Ms: at(0.5), p95Ms: at(0.95) }
}

/** The statements of a list and of the figures as the database runs them. */
const readPlan = async (stage: Stage, divisionCode: string): Promise<string> => {
  const plans: string[] = []
  const explaining = {
    query: async (text: string, values: unknown[]) => {
      const { rows } = await stage.admin.query<{ 'QUERY PLAN': string }>(
        `explain (analyze, buffers, costs off) ${text}`,
        values,
      )
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
      return { rows: [{}] }
    },
  } as unknown as typeof stage.admin
  const filter = { divisionCode, view: 'to_see', measure: undefined } as const
  await listFollowUps(explaining, new Date(), filter, { after: undefined, limit: 51 })
  await countFollowUps(explaining, new Date(), { divisionCode, isCity: false })
  return plans.join('\n\n')
}

/** Lists and figures of a community, a district and the city over HTTP, as their users ask for them. */
export const runFollowUps = async (stage: Stage): Promise<FollowUpFigures> => {
  await fill(stage)
  const { rows } = await stage.admin.query<{ code: string; level: Asked['by']; people: number }>(
    `select distinct on (level) d.code, d.level, (select count(*)::int from follow_ups f where f.state = 'open'
       and starts_with(f.division_code, case when d.level = 'city' then left(d.code, 4) else d.code end)) as people
     from divisions d where level in ('community', 'district', 'city') order by level, people desc`,
  )
  const asked = await stage.withServer({}, async (server) => {
    const figures: Asked[] = []
    for (const { code, level, people } of rows) {
      const cookie = await signInOffice(stage, code)
      for (const view of VIEWS) {
        const took = await ask(server, cookie, `/api/v1/operator/follow-ups?limit=50&view=${view}`)
        figures.push({ by: level, people, what: view, ...took })
      }
      const took = await ask(server, cookie, '/api/v1/operator/follow-up-figures')
      figures.push({ by: level, people, what: 'figures', ...took })
    }
    return figures
  })
  const community = rows.find(({ level }) => level === 'community')?.code ?? ''
  return { people: Math.min(PEOPLE, stage.options.persons), asked, plan: await readPlan(stage, community) }
}

/** Lines of the table of results. */
export const toFollowUpLines = (
  figures: FollowUpFigures | undefined,
): { what: string; measured: string; goal: string; ratio?: string; reached: boolean }[] =>
  (figures?.asked ?? []).map(({ by, people, what, p50Ms, p95Ms }) => ({
    what: `${what} of ${people.toLocaleString('en')} people looked after, as a user of the ${by}`,
    measured: `p50 ${p50Ms} ms, p95 ${p95Ms} ms`,
    goal: 'p95 ≤ 300 ms',
    reached: p95Ms <= 300,
  }))
