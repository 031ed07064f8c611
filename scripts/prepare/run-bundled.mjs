import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { checkNode, inProject, root } from '../project.mjs'
import { bundle } from './bundle.mjs'

/**
 * Bundles programs into a folder of the server's (what they take from npm is what the server takes), runs the one called `main` with this command's arguments, and ends as it ends.
 * @param {string} name
 * @param {Record<string, string>} entries output name → source path
 */
export const runBundled = async (name, entries) => {
  checkNode()
  const output = inProject('apps/server/dist', name)
  await bundle('.', entries, output)
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', `${output}/main.js`, ...process.argv.slice(2)],
    { cwd: root, stdio: 'inherit' },
  )
  // Ctrl-C in a terminal reaches the child as well, which tidies up; this process only waits for it.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  const [code] = await once(child, 'exit')
  process.exit(code ?? 1)
}
