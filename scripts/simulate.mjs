// `npm run simulate -- --persons 9080000 --day`: a city's day against this machine; `-- --testing`: a round of testing. See bench/simulate/README.md.
import { buildStale, forStart } from './prepare/build.mjs'
import { runBundled } from './prepare/run-bundled.mjs'

await buildStale(forStart.filter(({ name }) => name === 'server'))
if (process.argv.includes('--testing'))
  await runBundled('simulate-testing', { main: 'bench/simulate/testing/main.ts' })
else await runBundled('simulate', { main: 'bench/simulate/main.ts', load: 'bench/simulate/load.ts' })
