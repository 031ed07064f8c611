import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../prepare/run.mjs'
import { inProject } from '../project.mjs'
import { productionPackages } from './packages.mjs'
import { sbomText } from './sbom.mjs'

/** Everything in the archive but packages from npm, at the same place as in the source tree. */
const parts = [
  'apps/server/dist/main.js',
  'apps/server/dist/main.js.map',
  'apps/server/dist/cli.js',
  'apps/server/dist/cli.js.map',
  'apps/server/dist/picture-worker.js',
  'apps/server/dist/picture-worker.js.map',
  'apps/citizen/dist/h5',
  'apps/console/dist',
  'db/migrations',
  'deploy',
  'docs/operations.md',
  'docs/runbooks',
  'CHANGELOG.md',
  'LICENSE',
]

const git = async (...args) => {
  const { code, output } = await run('git', args).catch(() => ({ code: 1, output: '' }))
  return code === 0 ? output.trim() : undefined
}

/** The commit, with a plus where files differ from it. */
const describeCommit = async () => {
  const commit = await git('rev-parse', '--short=12', 'HEAD')
  if (!commit) return { commit: 'unknown', committedAt: undefined }
  const changed = await git('status', '--porcelain', '--untracked-files=no')
  return {
    commit: changed ? `${commit}+` : commit,
    committedAt: await git('show', '-s', '--format=%cI', 'HEAD'),
  }
}

const JKB = `#!/bin/sh
# The command line, from wherever it is called.
exec node --enable-source-maps "$(dirname "$(readlink -f "$0")")/../apps/server/dist/cli.js" "$@"
`

const SERVE = `#!/bin/sh
# The server: serve [--workers N] [--work], or work.
exec node --enable-source-maps "$(dirname "$(readlink -f "$0")")/../apps/server/dist/main.js" "$@"
`

/** Copies a package without those inside it: they have lines of their own. */
const copyPackage = (place, folder) =>
  cp(inProject(place), join(folder, place), {
    recursive: true,
    filter: (source) => !source.slice(inProject(place).length).includes('/node_modules'),
  })

const lay = async (folder, release) => {
  for (const part of parts) await cp(inProject(part), join(folder, part), { recursive: true })
  for (const place of await productionPackages()) await copyPackage(place, folder)
  await mkdir(join(folder, 'bin'))
  await writeFile(join(folder, 'bin/jkb'), JKB, { mode: 0o755 })
  await writeFile(join(folder, 'bin/jiankangbao'), SERVE, { mode: 0o755 })
  await writeFile(join(folder, 'sbom.cdx.json'), await sbomText())
  await writeFile(join(folder, 'release.json'), `${JSON.stringify(release, undefined, 2)}\n`)
  const { version, license, engines } = JSON.parse(await readFile(inProject('package.json'), 'utf8'))
  const about = { name: 'jiankangbao', version, private: true, license, type: 'module', engines }
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(about, undefined, 2)}\n`)
}

/**
 * Makes the archive of what is built now. The same commit on the same system gives the same bytes where the builds do:
 * names are sorted, times are those of the commit, the owner is root.
 * @param {string} directory absolute; made if it is not there
 */
export const packRelease = async (directory) => {
  const { version } = JSON.parse(await readFile(inProject('package.json'), 'utf8'))
  const { commit, committedAt } = await describeCommit()
  const name = `jiankangbao-${version}`
  const work = await mkdtemp(join(tmpdir(), 'jiankangbao-release-'))
  try {
    const folder = join(work, name)
    await mkdir(folder, { mode: 0o755 })
    await lay(folder, { version, commit })
    await mkdir(directory, { recursive: true })
    const archive = join(directory, `${name}-${process.platform}-${process.arch}.tar.gz`)
    const { code, output } = await run(
      'tar',
      [
        ...['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mode=u+rwX,go+rX,go-w'],
        ...[`--mtime=${committedAt ?? '2022-01-01T00:00:00Z'}`, '-C', work, '-I', 'gzip -n'],
        ...['-cf', archive, name],
      ],
      { env: { ...process.env, LC_ALL: 'C' } },
    )
    if (code !== 0) throw new Error(`tar failed: ${output}`)
    const bytes = await readFile(archive)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    await writeFile(`${archive}.sha256`, `${sha256}  ${archive.slice(directory.length + 1)}\n`)
    return { archive, name, version, commit, sha256, megabytes: Math.round(bytes.length / 1e6) }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}
