// The command line of the server, with the environment of the local database if that is running. Starts nothing.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { Problem, printProblem } from './problem.mjs'
import { dataDirectory, inProject, root } from './project.mjs'

const environment = async () => {
  if (process.env.DATABASE_URL) return {}
  const { findLocalDatabase } = await import('../apps/server/dist/local-database.js')
  return (await findLocalDatabase(dataDirectory())) ?? {}
}

try {
  const program = inProject('apps/server/dist/cli.js')
  if (!existsSync(program)) {
    throw new Problem('尚未构建，请先运行 npm run build。', 'Nothing is built yet; run npm run build first.')
  }
  const child = spawn(process.execPath, ['--enable-source-maps', program, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, DATA_DIRECTORY: dataDirectory(), ...(await environment()) },
  })
  // Ctrl-C reaches the child as well; it decides how to end.
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => signal === 'SIGTERM' && child.kill(signal))
  child.on('close', (code) => {
    process.exitCode = code ?? 1
  })
} catch (error) {
  printProblem(error)
  process.exitCode = 1
}
