import { randomInt, randomUUID } from 'node:crypto'
import { addDays, shanghaiDayOf, startOfShanghaiDay } from '@jiankangbao/domain/time/shanghai'
import pg from 'pg'
import type { TestOperator } from './operators.ts'
import type { TestApp } from './test-app.ts'

export const CASES = '/api/v1/operator/cases'

/** The instant of a time of day so many days ago, in the city. */
export const ago = (days: number, time: string): Date =>
  new Date(
    startOfShanghaiDay(addDays(shanghaiDayOf(Date.now()), -days)) + Date.parse(`1970-01-01T${time}:00Z`),
  )

/** Days of visits, also the past ones: only the owner of the database may. */
export const makeDays = async (app: TestApp, days = 20): Promise<void> => {
  const client = new pg.Client({ connectionString: app.database.migratorUrl })
  await client.connect()
  await client.query(
    `select ensure_day_partitions((now() at time zone 'Asia/Shanghai')::date - $1::int, (now() at time zone 'Asia/Shanghai')::date + 1)`,
    [days],
  )
  await client.end()
}

/** A scan as the door records it. `answer` adds its marks: 16 late, 32 far, 128 stated, 512 without a position. */
export const scanned = async (
  app: TestApp,
  personId: string,
  pointId: number,
  at: Date,
  marks = 0,
): Promise<void> => {
  const day = shanghaiDayOf(at.getTime())
  await app.parts.pool.query(
    `insert into visits (person_id, request_key, visited_on, visited_ms, point_id, reason_bits, answer)
     values ($1::bigint, $2::bigint, $3::date, $4::int, $5::int, 0, $6::smallint)`,
    [personId, randomInt(2 ** 47), day, at.getTime() - startOfShanghaiDay(day), pointId, 5 + marks],
  )
}

/** A case opened from an approved finding. @returns its number */
export const openCase = async (by: TestOperator, body: object) =>
  by.call('POST', CASES, { requestId: randomUUID(), evidence: '流调报告 2022-031', ...body })

/** A list on paper of people at one stay, twenty minutes each. */
export const paperList = (stayId: string, version: number, numbers: string[] = ['11010119900307001X']) => ({
  requestId: randomUUID(),
  version,
  stayId,
  people: numbers.map((number) => ({
    name: '张示例',
    document: { type: 'resident_id', number },
    minutes: 20,
  })),
  evidence: '酒席签到簿',
})
