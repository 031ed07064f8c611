// `npm run bench -- [scenario …]`: load against a server that it starts. See bench/README.md.
import { buildStale, forStart } from './prepare/build.mjs'
import { runBundled } from './prepare/run-bundled.mjs'

await buildStale(forStart.filter(({ name }) => name === 'server'))
await runBundled('bench', { main: 'bench/main.ts', 'open-loop-main': 'bench/load/open-loop-main.ts' })
