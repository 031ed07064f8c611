// `npm run chaos -- [fault …]`: breaks a running system while people scan. See bench/chaos/README.md.
import { buildStale, forStart } from './prepare/build.mjs'
import { runBundled } from './prepare/run-bundled.mjs'

await buildStale(forStart.filter(({ name }) => name === 'server'))
await runBundled('chaos', { main: 'bench/chaos/main.ts' })
