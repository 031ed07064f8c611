import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

/** Processor time of one request, microseconds: of the server's processes, of the database, of the machine altogether. */
interface Cost {
  server: number
  database: number
  machine: number
}

/** What `npm run bench` measured. */
export interface Costs {
  scan: Cost
  pass: Cost
  check: Cost
  /** Persons whose colour one machine evaluates anew in a second. */
  evaluatedPerSecond: number
  source: string
}

/** bench/results/hot-path.json of 2026-11-24: two shared cores (AMD EPYC), Node 20.20, PostgreSQL 18.4, everything on them. */
const MEASURED: Costs = {
  scan: { server: 64.2, database: 40.7, machine: 123.1 },
  pass: { server: 101.8, database: 33.6, machine: 152.6 },
  check: { server: 136.1, database: 105.1, machine: 263.8 },
  evaluatedPerSecond: 46_479,
  source: '2 × AMD EPYC, 2026-11-24',
}

// The day that bench/simulate made of 9.08 million people with four visits each (bench/results/simulate-city.json): 11.4
// requests a head, 10,003 a second in the busiest minute. A province met 2.33 times as many on its opening day.
const REQUESTS_PER_HEAD = 11.43
const VISITS_PER_HEAD = 4
const CHECKS_PER_HEAD = 0.5
const PEAK_PER_HEAD = 10_003 / 9_080_000
const OPENING = 2.33
/** Of the busiest minute's requests; the rest reads what is cheap, and is counted as a live code. By estimate. */
const MIX = { scan: 0.35, check: 0.05, pass: 0.6 }
/** Half of a testing round's people come in a third of its hours. By estimate. */
const ROUND_PEAK = 1.5
const BYTES = { visit: 132, check: 327 }
/** Processors are planned to be this busy in the busiest minute; the rest is for what nobody thought of. */
const BUSY = 0.6

export interface Need {
  perSecond: number
  /** Server processes; one uses one core. */
  processes: number
  databaseCores: number
}

const mixed = (costs: Costs, part: (cost: Cost) => number): number =>
  MIX.scan * part(costs.scan) + MIX.check * part(costs.check) + MIX.pass * part(costs.pass)

const needOf = (perSecond: number, server: number, database: number): Need => ({
  perSecond: Math.round(perSecond),
  processes: Math.max(2, Math.ceil((perSecond * server) / 1e6 / BUSY)),
  databaseCores: Math.max(2, Math.ceil((perSecond * database) / 1e6 / BUSY)),
})

export interface Capacity {
  ordinaryDay: Need & { requests: number }
  openingDay: Need
  testingRound: Need & { evaluationMinutes: number }
  gigabytesPerDay: number
}

/** What a city of so many people wants, from what one request costs. What the kernel does counts for the server. */
export const capacityOf = (citizens: number, costs: Costs, roundHours: number): Capacity => {
  const server = mixed(costs, (cost) => cost.machine - cost.database)
  const database = mixed(costs, (cost) => cost.database)
  const peak = citizens * PEAK_PER_HEAD
  const samples = (ROUND_PEAK * citizens) / (roundHours * 3600)
  // A swab is a statement and a commit like a scan; people show their codes for it, and go about their day besides.
  const roundServer = costs.scan.machine - costs.scan.database + costs.pass.machine - costs.pass.database
  const roundDatabase = costs.scan.database + costs.pass.database
  const day = needOf(peak, server, database)
  const round = needOf(samples, roundServer, roundDatabase)
  return {
    ordinaryDay: { ...day, requests: Math.round(citizens * REQUESTS_PER_HEAD) },
    openingDay: needOf(peak * OPENING, server, database),
    testingRound: {
      perSecond: day.perSecond + round.perSecond,
      processes: day.processes + round.processes,
      databaseCores: day.databaseCores + round.databaseCores,
      evaluationMinutes: Math.ceil(citizens / costs.evaluatedPerSecond / 60),
    },
    gigabytesPerDay:
      Math.round((citizens * (VISITS_PER_HEAD * BYTES.visit + CHECKS_PER_HEAD * BYTES.check)) / 1e8) / 10,
  }
}

const costIn = (result: unknown, name: string): Cost => {
  const { cpuMicros } = (result as Record<string, { best: { cpuMicros: Cost } }>)[name]?.best ?? {}
  if (!cpuMicros || ![cpuMicros.server, cpuMicros.database, cpuMicros.machine].every((each) => each > 0))
    throw new Error(
      `文件里没有 ${name} 的测量结果。The file holds no figures of ${name}: npm run bench -- hot-path makes it.`,
    )
  return cpuMicros
}

/** The figures of a `hot-path.json`. @throws where they are not in it */
export const readCosts = (path: string): Costs => {
  const result = JSON.parse(readFileSync(path, 'utf8')) as {
    machine?: { cores: number; processor: string; measuredAt: string }
    status?: { evaluatedPerSecond?: number }
  }
  const { machine } = result
  return {
    scan: costIn(result, 'scan'),
    pass: costIn(result, 'pass'),
    check: costIn(result, 'check'),
    evaluatedPerSecond: result.status?.evaluatedPerSecond ?? MEASURED.evaluatedPerSecond,
    source: machine ? `${machine.cores} × ${machine.processor}, ${machine.measuredAt.slice(0, 10)}` : path,
  }
}

const positive = (name: string, text: string | undefined): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`${name}：请写正整数。${name} must be a whole number above 0, got "${text ?? ''}".`)
  return value
}

/** `jkb capacity`: what a city of so many citizens wants. Asks nobody and nothing. */
export const describeCapacity = (args: string[]): string => {
  const { values } = parseArgs({
    args,
    options: {
      citizens: { type: 'string' },
      bench: { type: 'string' },
      'round-hours': { type: 'string', default: '12' },
    },
  })
  const citizens = positive('--citizens', values.citizens)
  const hours = positive('--round-hours', values['round-hours'])
  const costs = values.bench ? readCosts(values.bench) : MEASURED
  const { ordinaryDay, openingDay, testingRound, gigabytesPerDay } = capacityOf(citizens, costs, hours)
  const count = (value: number) => value.toLocaleString('en')
  const line = (zh: string, en: string, { perSecond, processes, databaseCores }: Need) =>
    `${zh} ${en}: ${count(perSecond)} 次/秒 requests/s → ${processes} 个服务进程 server processes, 数据库 ${databaseCores} 核 database cores`
  return [
    `${count(citizens)} 人 citizens (${costs.source}):`,
    line('平日最忙一分钟', 'busiest minute of an ordinary day', ordinaryDay),
    line('上线首日', 'opening day', openingDay),
    `${line(`全员检测（${hours} 小时）`, `testing round of ${hours} hours`, testingRound)}, 重新评估 evaluating everybody ${testingRound.evaluationMinutes} min`,
    `每日 Each day: ${count(ordinaryDay.requests)} 次请求 requests, 磁盘 disk ${gigabytesPerDay} GB (28 天 days: ${Math.round(gigabytesPerDay * 28)} GB; 备份与日志另计 backups and log come on top)`,
    `一个进程占一核；以上按 ${BUSY * 100}% 占用计。另备一台同样的服务器和一个备库。One process uses one core, planned ${BUSY * 100} % busy. Have one server more, and a standby.`,
  ].join('\n')
}
