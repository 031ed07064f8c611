import { inProject } from '../project.mjs'

const tool = (name) => inProject('node_modules/.bin', name)
const script = (name, ...args) => ({ command: process.execPath, args: [inProject('scripts', name), ...args] })

/** Where the test runners leave their counts. */
export const reportPath = (kind) => inProject('.cache/reports', `${kind}.json`)

/**
 * Every check a release needs: what is quick and speaks plainly comes first. The limits guard against hanging: a busy
 * machine takes three times as long as a quiet one.
 */
export const steps = [
  { name: 'format and lint', command: tool('biome'), args: ['check', '.'], limitMinutes: 3 },
  { name: 'house rules and documents', ...script('check-house.mjs'), limitMinutes: 1 },
  { name: 'types', ...script('types.mjs'), limitMinutes: 10 },
  {
    name: 'boundaries',
    command: tool('depcruise'),
    args: ['--config', '.dependency-cruiser.cjs', 'apps', 'packages', 'e2e', 'bench'],
    limitMinutes: 3,
  },
  { name: 'unused code', command: tool('knip'), args: [], limitMinutes: 3 },
  {
    name: 'unit and database tests',
    command: tool('vitest'),
    args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportPath('vitest')}`],
    // With CI set, a snapshot that is missing fails instead of being written.
    env: { CI: 'true' },
    reports: 'vitest',
    limitMinutes: 25,
  },
  { name: 'mini programs build', ...script('build.mjs', '--phones'), limitMinutes: 15 },
  {
    name: 'mini programs on made-up phones',
    command: tool('vitest'),
    args: [
      ...['run', '--config', 'e2e/phone/vitest.config.ts'],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath('phones')}`],
    ],
    env: { CI: 'true' },
    reports: 'phones',
    limitMinutes: 15,
  },
  {
    name: 'browser journeys',
    command: tool('playwright'),
    args: ['test', '--config', 'playwright.config.ts', '--reporter=list,json'],
    env: { CI: 'true', PLAYWRIGHT_JSON_OUTPUT_FILE: reportPath('playwright') },
    reports: 'playwright',
    needsChromium: true,
    limitMinutes: 25,
  },
]
