// `npm run bench -- [scenario …]`: load against a server that it starts. See bench/README.md.
import { runBundled } from './prepare/run-bundled.mjs'

await runBundled('bench', {
  main: 'bench/main.ts',
  'open-loop-main': 'bench/load/open-loop-main.ts',
  server: 'apps/server/src/main.ts',
})
