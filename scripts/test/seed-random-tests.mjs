import { readFile } from 'node:fs/promises'
import { expect } from 'vitest'

// Runs before every test file. Random tests start from one seed, so that `npm test` says the same of the same code;
// `npm run random` gives them a fresh one. Most files have none and should not load the library for it.
const { testPath } = expect.getState()
if (testPath && /from 'fast-check'/.test(await readFile(testPath, 'utf8'))) {
  const { default: fc } = await import('fast-check')
  fc.configureGlobal({ seed: Number(process.env.RANDOM_SEED ?? 20_221_203) })
}
