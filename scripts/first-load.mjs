// `npm run first-load`: how long a slow phone takes to the code. See bench/first-load/README.md.
import { buildStale } from './prepare/build.mjs'
import { runBundled } from './prepare/run-bundled.mjs'
import { ensureChromium } from './test/chromium.mjs'

process.env.CHROMIUM_PATH = await ensureChromium()
await buildStale()
await runBundled('first-load', { main: 'bench/first-load/main.ts' })
