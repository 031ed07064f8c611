// `npm run simulate -- --persons 9080000 --day`: a city's day against this machine. See bench/simulate/README.md.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { bundle } from './prepare/bundle.mjs'
import { checkNode, inProject, root } from './project.mjs'

checkNode()
await bundle('bench', {
  simulate: 'simulate/main.ts',
  'simulate-load': 'simulate/load.ts',
})
// Where the server's own packages are found.
await bundle('apps/server', { 'simulate-server': 'src/main.ts' })
const program = inProject('bench/dist/simulate.js')
const child = spawn(process.execPath, ['--enable-source-maps', program, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
// Ctrl-C in a terminal reaches the child as well, which deletes what it made; this process only waits for it.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
const [code] = await once(child, 'exit')
process.exit(code ?? 1)
