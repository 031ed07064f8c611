import { expect, it } from 'vitest'
import { JOBS } from '../../../jobs/job-names.ts'
import { nextRunOf } from './next-run.ts'

const now = new Date('2022-03-15T03:17:20Z')

it.each([
  ['*/10 * * * * x ?fill=1h', '2022-03-15T03:20:00Z'],
  ['* * * * * x', '2022-03-15T03:18:00Z'],
  ['17 3 * * * x ?fill=2d', '2022-03-16T03:17:00Z'],
  ['19 3 * * * x ?fill=2d', '2022-03-15T03:19:00Z'],
  ['0 1,8 * * * x', '2022-03-15T08:00:00Z'],
  ['7 * * * * x', '2022-03-15T04:07:00Z'],
])('%s runs next at %s', (crontab, next) => {
  expect(nextRunOf(crontab, now)).toEqual(new Date(next))
})

it('knows of every job that runs by the clock when it does', () => {
  const planned = Object.values(JOBS).flatMap((job) => ('crontab' in job ? [job.crontab] : []))
  expect(planned.length).toBeGreaterThan(10)
  for (const crontab of planned)
    expect(nextRunOf(crontab, now)?.getTime(), crontab).toBeGreaterThan(now.getTime())
})
