import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, chromium } from '@playwright/test'
import { addresses } from '../../e2e/addresses.ts'
import { openSignedIn } from '../../e2e/citizen-app.ts'
import { readDemo } from '../../e2e/demo.ts'
import startSystem from '../../e2e/start-system.ts'
import { Problem } from '../problem.ts'
import { type Opening, openTwice, type Slowness } from './slow-phone.ts'
import { type FirstLoad, toTable } from './table.ts'

// `npm run first-load`; see bench/first-load/README.md.

const results = join(process.cwd(), 'bench/results')
const log = (line: string) => process.stderr.write(`${line}\n`)

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    name: { type: 'string', default: 'first-load' },
    against: { type: 'string' },
    commit: { type: 'string' },
    processor: { type: 'string', default: '4' },
    down: { type: 'string', default: '1400' },
    up: { type: 'string', default: '750' },
    latency: { type: 'string', default: '100' },
  },
})
const slow: Slowness = {
  processor: Number(values.processor),
  downKilobits: Number(values.down),
  upKilobits: Number(values.up),
  latencyMs: Number(values.latency),
}

const signedIn = async (browser: Browser, phone: string) => {
  const context = await browser.newContext({ baseURL: addresses.server, locale: 'zh-CN' })
  const page = await context.newPage()
  await openSignedIn(page, phone)
  const state = await context.storageState()
  await context.close()
  return state
}

const middle = (openings: Opening[]): Opening => {
  const of = (field: keyof Opening) =>
    openings.map((each) => each[field]).sort((a, b) => a - b)[Math.floor(openings.length / 2)] ?? 0
  return {
    firstPaintMs: of('firstPaintMs'),
    readyMs: of('readyMs'),
    bytes: of('bytes'),
    scriptBytes: of('scriptBytes'),
    requests: of('requests'),
  }
}

const measure = async (browser: Browser): Promise<FirstLoad['figures']> => {
  const citizen = readDemo().citizens.find(({ colour }) => colour === 'green')
  const venue = readDemo().venues.find(({ state }) => state === 'active')
  if (!citizen || !venue) throw new Problem('The made-up city has nobody green, or no venue.')
  const ways = [
    { what: 'the code, signed in', path: '/', selector: '[data-testid=pass][data-state=valid]', known: true },
    { what: 'the welcome, a newcomer', path: '/', selector: '.welcome', known: false },
    {
      what: "a door's answer, from its poster",
      path: new URL(venue.link).pathname,
      selector: '[data-testid=result]',
      known: true,
    },
  ]
  const seen = new Map<string, Opening[]>()
  const note = (what: string, opening: Opening) => seen.set(what, [...(seen.get(what) ?? []), opening])
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    // Tokens live ten minutes: each round signs in anew.
    const state = await signedIn(browser, citizen.phone)
    for (const { what, path, selector, known } of ways) {
      const url = addresses.server + path
      const { first, again } = await openTwice(browser, { url, selector, slow, ...(known ? { state } : {}) })
      note(`${what}, first time`, first)
      note(`${what}, next time`, again)
      log(`${round} ${what}: ${first.readyMs} ms, again ${again.readyMs} ms`)
    }
  }
  return Object.fromEntries([...seen].map(([what, openings]) => [what, middle(openings)]))
}

const commit = () =>
  values.commit ?? execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()

const run = async () => {
  const against = values.against
    ? (JSON.parse(await readFile(values.against, 'utf8')) as FirstLoad)
    : undefined
  const stop = await startSystem()
  try {
    const browser = await chromium.launch({
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
      ],
    })
    const load = Number(loadavg()[0]?.toFixed(1))
    const figures = await measure(browser).finally(() => browser.close())
    const result: FirstLoad = {
      commit: commit(),
      measuredAt: new Date().toISOString(),
      processor: `${cpus().length} × ${cpus()[0]?.model ?? ''}`,
      loadBefore: load,
      rounds: Number(values.rounds),
      slow,
      figures,
    }
    const table = toTable(result, against)
    await writeFile(join(results, `${values.name}.json`), `${JSON.stringify(result, undefined, 2)}\n`)
    await writeFile(join(results, `${values.name}.md`), table)
    process.stdout.write(table)
  } finally {
    await stop()
  }
}

run().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Problem ? error.message : error)
    process.exit(1)
  },
)
