// `npm run random -- [seed]`: the random tests from a fresh seed, or from the one that found something.
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { inProject, root } from './project.mjs'

const given = process.argv[2]
const seed = given === undefined ? randomInt(2 ** 31) : Number(given)
if (!Number.isInteger(seed)) {
  console.error(`种子应为整数 The seed is a whole number: npm run random -- 12345`)
  process.exit(1)
}
const found = spawnSync('git', ['grep', '-l', "from 'fast-check'", '--', '*.test.ts', '*.test.tsx'], {
  cwd: root,
  encoding: 'utf8',
})
const files = found.stdout.split('\n').filter(Boolean)
console.log(`随机测试种子 Seed of the random tests: ${seed} (${files.length} files)`)
const { status } = spawnSync(
  process.execPath,
  [inProject('node_modules/vitest/vitest.mjs'), 'run', ...files],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, RANDOM_SEED: String(seed) },
  },
)
console.log(`再次运行 Run it again with: npm run random -- ${seed}`)
process.exit(status ?? 1)
