import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Problem } from '../problem.ts'
import { events } from './events.ts'
import { type EventResult, isSound, rehearseFailover } from './failover.ts'
import { EVERYBODY } from './fill-release.ts'
import { isRestored, MINUTES_LOST_SECONDS, rehearseRestore } from './restore.ts'
import { isUpgraded, rehearseUpgrade, type Upgrade } from './upgrade.ts'

// `npm run rehearse -- failover [event …]` and `restore`; see bench/rehearse/README.md.

const log = (line: string) => process.stderr.write(`${line}\n`)
const root = process.cwd()

const describeAnswers = (answers: Record<string, number>) =>
  Object.entries(answers)
    .map(([status, count]) => `${status}: ${count}`)
    .join(', ')

const headOf = (title: string): string => {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
  const [load = 0] = loadavg()
  const when = new Date().toISOString().slice(0, 16).replace('T', ' ')
  return `# ${title} of ${when} UTC, commit ${commit}\n\nOn ${cpus().length} × ${cpus()[0]?.model ?? ''}; load of the machine at the end ${load.toFixed(1)}.`
}

const tableOf = (results: readonly EventResult[], postgres: string): string => {
  return [
    headOf('Failover'),
    '',
    `Three PostgreSQL ${postgres} under Patroni (lease 10 s, synchronous), three etcd, HAProxy before databases and servers, two servers and jobs: all on one machine.`,
    '',
    '| what happened | scans sent | acknowledged | recorded | wrong | longest without an answer | aim | answers |',
    '|---|---|---|---|---|---|---|---|',
    ...results.map((r) =>
      r.skipped
        ? `| ${r.what} | | | | | not tried: ${r.skipped} | | |`
        : `| ${r.what} | ${r.sent} | ${r.acknowledged} | ${r.recorded} | ${r.violations.length} | ${r.silentSeconds} s | ≤ ${r.goalSeconds} s | ${describeAnswers(r.answers)} |`,
    ),
    '',
  ].join('\n')
}

const keep = (name: string, figures: unknown, text: string): void => {
  mkdirSync(join(root, 'bench/results'), { recursive: true })
  writeFileSync(join(root, `bench/results/${name}.json`), `${JSON.stringify(figures, undefined, 2)}\n`)
  writeFileSync(join(root, `bench/results/${name}.md`), text)
}

const runFailover = async (names: readonly string[], rate: number): Promise<boolean> => {
  const unknown = names.find((name) => !events.some((event) => event.name === name))
  if (unknown)
    throw new Problem(`There is no event ${unknown}: ${events.map(({ name }) => name).join(', ')}.`)
  const { results, postgres } = await rehearseFailover(names, rate, log)
  const table = tableOf(results, postgres)
  process.stdout.write(table)
  if (names.length === 0) keep('failover', results, table)
  return results.every(isSound)
}

const runRestore = async (): Promise<boolean> => {
  const { result, postgres } = await rehearseRestore(log)
  const lines = [
    ['a full backup while people scan', `${result.backupSeconds} s`],
    ['from the loss until the database is put back', `${result.restoreSeconds} s`],
    ['until the server says DATABASE_RESTORED', `${result.noticedSeconds} s`],
    ['scans, of five, that it served before somebody accepted', result.servedWhileSuspended],
    ['from `jkb restore accept` until the first scan', `${result.acceptSeconds} s`],
    ['from the loss until the first scan, somebody watching', `${result.totalSeconds} s`],
    ['scans acknowledged before the instant', result.scansBefore],
    ['of these missing', result.missing],
    ['scans of the lost time: acknowledged, and lost', result.scansLost],
    ['an access token of before answers', result.oldTokenStatus],
    ['`jkb audit verify` afterwards', result.auditVerified ? 'sound' : 'NOT sound'],
  ]
  const text = [
    headOf('Restore'),
    '',
    `PostgreSQL ${postgres} with pgBackRest; everything deleted by mistake, put back to ${MINUTES_LOST_SECONDS} s before it.`,
    '',
    '| what | measured |',
    '|---|---|',
    ...lines.map(([what, measured]) => `| ${what} | ${measured} |`),
    '',
  ].join('\n')
  process.stdout.write(text)
  keep('restore', result, text)
  return isRestored(result)
}

const upgradeLines = ({ from, to, steps, migrations, notReady }: Upgrade): string[] => [
  `## ${from} → ${to}`,
  '',
  `Not ready beside the newer schema: ${notReady.join('; ') || 'nobody'}.`,
  '',
  '| what | took | longest without an answer |',
  '|---|---|---|',
  ...steps.map((step) => `| ${step.what} | ${step.seconds} s | ${step.silentSeconds} s |`),
  '',
  'Files that took a tenth of a second or more, or of which that was said:',
  '',
  '| migration | `jkb db check` said | took |',
  '|---|---|---|',
  ...migrations
    .filter((each) => each.seconds >= 0.1 || each.estimatedSeconds >= 0.1)
    .map((each) => `| ${each.fileName} | ${each.estimatedSeconds} s | ${each.seconds} s |`),
  '',
]

const runUpgrade = async (rate: number): Promise<boolean> => {
  const { result, release } = await rehearseUpgrade(root, rate, log)
  const text = [
    headOf('Upgrade'),
    '',
    `From the dump of ${release.version} (commit ${release.commit}, with its own packages) with ${EVERYBODY.toLocaleString('en')} people; two servers behind HAProxy, ${rate} scans a second all the time.`,
    `${result.sent} scans sent, ${result.acknowledged} acknowledged, ${result.recorded} recorded, ${result.violations.length} wrong; longest without an answer ${result.silentSeconds} s; answers ${describeAnswers(result.answers)}.`,
    '',
    ...result.upgrades.flatMap(upgradeLines),
  ].join('\n')
  process.stdout.write(text)
  for (const violation of result.violations.slice(0, 5)) log(`  ${JSON.stringify(violation)}`)
  keep('upgrade', result, text)
  return isUpgraded(result)
}

const run = async (): Promise<boolean> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rate: { type: 'string', default: '100' } },
  })
  const [what, ...names] = positionals
  if (what === 'failover') return runFailover(names, Number(values.rate))
  if (what === 'restore' && names.length === 0) return runRestore()
  if (what === 'upgrade' && names.length === 0) return runUpgrade(Number(values.rate))
  throw new Problem('There is: failover [event …], restore, and upgrade.')
}

run().then(
  (sound) => process.exit(sound ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Problem ? error.message : error)
    process.exit(1)
  },
)
