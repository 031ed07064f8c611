import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Problem } from '../problem.ts'

const execute = promisify(execFile)

export interface LaidOutRelease {
  version: string
  commit: string
  /** What it left of a database: `db/releases/<version>.sql`. */
  dump: string
  /** Its `main.js` and `cli.js`, with the packages it was released with. */
  program: string
  cli: string
  /** Of its own tree: programs of then look for migrations where they stand. */
  directory: string
  remove(): Promise<void>
}

const git = async (root: string, ...args: string[]): Promise<string> =>
  (await execute('git', args, { cwd: root })).stdout.trim()

/** @throws Problem where this is no clone with its history */
const findCommit = async (root: string, dump: string): Promise<string> => {
  const commit = await git(root, 'log', '-1', '--format=%H', '--diff-filter=A', '--', dump).catch(() => '')
  if (!commit)
    throw new Problem(
      `The commit that brought ${dump} is not here: this needs a clone with its whole history.`,
    )
  return commit
}

const foreignOf = async (directory: string): Promise<Record<string, string>> => {
  const text = await readFile(join(directory, 'package.json'), 'utf8')
  const { dependencies = {} } = JSON.parse(text) as { dependencies?: Record<string, string> }
  return Object.fromEntries(
    Object.entries(dependencies).filter(([name]) => !name.startsWith('@jiankangbao/')),
  )
}

/** What the server and our own packages in it need, at the exact versions that they named then; no script of a package runs. */
const installPackages = async (directory: string): Promise<void> => {
  const server = join(directory, 'apps/server')
  const own = (await readdir(join(directory, 'packages'))).map((name) => join(directory, 'packages', name))
  const all = await Promise.all([...own, server].map(foreignOf))
  const foreign = Object.assign({}, ...all)
  const folder = await mkdtemp(join(tmpdir(), 'jkb-packages-'))
  try {
    await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: foreign }))
    await execute('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: folder,
      maxBuffer: 1e8,
    })
    await rename(join(folder, 'node_modules'), join(server, 'node_modules'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const inTree = async (directory: string, root: string): Promise<void> => {
  await installPackages(directory)
  await mkdir(join(directory, 'node_modules'))
  for (const name of ['esbuild', '@esbuild'])
    await symlink(join(root, 'node_modules', name), join(directory, 'node_modules', name)).catch(() => {})
  await execute(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `const { buildStale, forStart } = await import('./scripts/prepare/build.mjs')
       await buildStale(forStart.filter(({ name }) => name === 'server'))`,
    ],
    { cwd: directory },
  )
}

/** The last release as it was: its commit in a folder of its own, with its packages, built. */
export const layOutLastRelease = async (root: string): Promise<LaidOutRelease> => {
  const file = (await readdir(join(root, 'db/releases'))).sort().at(-1)
  if (!file) throw new Problem('There is no release in db/releases yet.')
  const dump = `db/releases/${file}`
  const commit = await findCommit(root, dump)
  const folder = await mkdtemp(join(tmpdir(), 'jkb-release-'))
  const directory = join(folder, 'tree')
  // What a rehearsal that was cut short left.
  await git(root, 'worktree', 'prune')
  await git(root, 'worktree', 'add', '--detach', directory, commit)
  const remove = async () => {
    await git(root, 'worktree', 'remove', '--force', directory)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await inTree(directory, root)
  } catch (error) {
    await remove()
    throw new Problem(`${commit.slice(0, 8)} can not be built: ${(error as Error).message}`)
  }
  const built = (name: string) => join(directory, 'apps/server/dist', name)
  return {
    version: file.replace(/\.sql$/, ''),
    commit: commit.slice(0, 8),
    dump: join(root, dump),
    program: built('main.js'),
    cli: built('cli.js'),
    directory,
    remove,
  }
}
