import { run } from '../prepare/run.mjs'
import { Problem } from '../problem.mjs'
import { inProject } from '../project.mjs'

/** Runs `jkb <args>` and returns what it printed. @throws Problem when it fails */
export const jkb = async (args, environment) => {
  const program = inProject('apps/server/dist/cli.js')
  const { code, output } = await run(process.execPath, ['--enable-source-maps', program, ...args], {
    env: environment,
  })
  if (code === 0) return output
  throw new Problem(
    `命令 jkb ${args.join(' ')} 失败，原因见上。`,
    `The command jkb ${args.join(' ')} failed; see above.`,
    output.trim().split('\n').slice(-30).join('\n'),
  )
}
