import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { Problem } from '../problem.mjs'
import { inProject } from '../project.mjs'
import { bundle } from './bundle.mjs'
import { checkTemplates } from './check-templates.mjs'
import { compressFiles } from './compress.mjs'
import { run } from './run.mjs'
import { hashSources } from './source-hash.mjs'

const shared = ['packages', 'package-lock.json', 'tsconfig.base.json', 'scripts/prepare']

const taro = (type) => ({
  name: `citizen ${type}`,
  // Every build writes anew a file of the plugin for HTML that the others read: never two of them at a time.
  lane: 'citizen',
  needs: 'apps/citizen/config',
  sources: ['apps/citizen', ...shared],
  inWordsOfCity: true,
  output: type === 'h5' ? 'apps/citizen/dist/h5/index.html' : `apps/citizen/dist/${type}/app.js`,
  make: async () => {
    const built = inProject('apps/citizen/dist', type)
    await rm(built, { recursive: true, force: true })
    await tool('apps/citizen', 'taro', ['build', '--type', type, '--no-check'])
    // Its parser comes from npm, and this file is read before anything is installed.
    const { checkFloor } = await import('./check-floor.mjs')
    await checkFloor(built, type)
    if (type === 'h5') await compressFiles(built)
    else await checkTemplates(built, type)
  },
})

/** What `npm start` needs built. */
export const forStart = [
  {
    name: 'server',
    needs: 'apps/server/src/main.ts',
    sources: ['apps/server', ...shared],
    output: 'apps/server/dist/local-database.js',
    make: () => bundle('apps/server', serverEntries()),
  },
  {
    name: 'sandbox',
    needs: 'apps/sandbox/src/main.ts',
    sources: ['apps/sandbox', ...shared],
    output: 'apps/sandbox/dist/main.js',
    make: () => bundle('apps/sandbox', { main: 'src/main.ts' }),
  },
  {
    name: 'console',
    needs: 'apps/console/vite.config.ts',
    sources: ['apps/console', ...shared],
    inWordsOfCity: true,
    output: 'apps/console/dist/index.html',
    make: async () => {
      await tool('apps/console', 'vite', ['build', '--logLevel', 'warn'])
      await compressFiles(inProject('apps/console/dist'))
    },
  },
  taro('h5'),
]

/** The mini programs; the made-up phones of `e2e/phone` run them as they are built. */
export const forPhones = [taro('weapp'), taro('alipay')]

/** The setting `CITY`; the clients are built with the words of that city. */
const chosenCity = () => {
  const chosen = process.env.CITY ?? ''
  if (chosen && !existsSync(inProject('packages/city/src', chosen, 'words.ts')))
    throw new Problem(
      `CITY=${chosen}：packages/city 中没有这座城市。`,
      `CITY=${chosen}: there is no such city in packages/city.`,
    )
  return chosen
}

/** Makes what is stale, the citizen app beside everything else; a target is fresh when its sources hash to what they did when it was made. */
export const buildStale = async (targets = forStart, { force = false, log = console.log } = {}) => {
  const wanted = targets.filter((target) => existsSync(inProject(target.needs)))
  await Promise.all(
    ['citizen', undefined].map(async (lane) => {
      for (const target of wanted.filter((each) => each.lane === lane)) await buildIfStale(target, force, log)
    }),
  )
}

const buildIfStale = async (target, force, log) => {
  const stamp = inProject('.cache/builds', target.name.replaceAll(' ', '-'))
  const sources = await hashSources(target.sources.map((path) => inProject(path)))
  const hash = target.inWordsOfCity ? `${sources} ${chosenCity()}`.trim() : sources
  const fresh =
    existsSync(inProject(target.output)) && (await readFile(stamp, 'utf8').catch(() => '')) === hash
  if (fresh && !force) return
  const startedAt = Date.now()
  await rm(stamp, { force: true })
  await target.make().catch((error) => {
    throw buildFailed(target.name, error)
  })
  await mkdir(inProject('.cache/builds'), { recursive: true })
  await writeFile(stamp, hash)
  log(`构建 Built ${target.name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`)
}

const serverEntries = () => ({
  main: 'src/main.ts',
  // Beside main.js, which starts it.
  'picture-worker': 'src/pictures/picture-worker.ts',
  ...(existsSync(inProject('apps/server/src/cli.ts')) && { cli: 'src/cli.ts' }),
  'local-database': 'src/db/local-database.ts',
})

const tool = async (directory, name, args) => {
  const local = inProject(directory, 'node_modules/.bin', name)
  const { code, output } = await run(existsSync(local) ? local : inProject('node_modules/.bin', name), args, {
    cwd: inProject(directory),
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (code !== 0) throw new Error(output.trim().split('\n').slice(-60).join('\n'))
}

const buildFailed = (name, error) => {
  if (/ENOSPC|No space left/.test(String(error))) {
    return new Problem(
      '构建失败：磁盘空间不足。',
      'Building failed: the disk is full.',
      String(error.message),
    )
  }
  return new Problem(
    `构建 ${name} 失败，原因见上。`,
    `Building ${name} failed; see above.`,
    String(error.message),
  )
}
