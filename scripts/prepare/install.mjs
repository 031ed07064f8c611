import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import { Problem } from '../problem.mjs'
import { inProject } from '../project.mjs'
import { run } from './run.mjs'

const stamp = inProject('node_modules/.jiankangbao-installed')

/** Runs `npm ci` when node_modules is absent or not what package-lock.json says. */
export const ensureInstalled = async () => {
  const lock = await readFile(inProject('package-lock.json'), 'utf8')
  const hash = createHash('sha256').update(lock).digest('hex')
  if ((await readFile(stamp, 'utf8').catch(() => '')) === hash) return
  if (await agreesWithLock(JSON.parse(lock))) await linkWorkspaces(JSON.parse(lock))
  else await install()
  await writeFile(stamp, hash)
}

// What `npm install` or `npm ci` of the developer left is good as it is; npm keeps its own record of it.
const agreesWithLock = async (lock) => {
  const text = await readFile(inProject('node_modules/.package-lock.json'), 'utf8').catch(() => undefined)
  if (!text) return false
  const installed = JSON.parse(text).packages
  return Object.entries(lock.packages).every(
    ([path, wanted]) =>
      !path.includes('node_modules/') ||
      wanted.optional ||
      wanted.peer ||
      installed[path]?.version === wanted.version,
  )
}

/** A package of this repository that came with the last `git pull` needs a link to its folder, and no npm. */
const linkWorkspaces = async (lock) => {
  for (const [path, { link, resolved }] of Object.entries(lock.packages)) {
    const place = inProject(path)
    if (!link || existsSync(place)) continue
    await mkdir(dirname(place), { recursive: true })
    await symlink(relative(dirname(place), inProject(resolved)), place, 'junction')
  }
}

const install = async () => {
  console.log('安装依赖（首次需要几分钟）… Installing dependencies (the first time takes minutes) …')
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  let { code, output } = await run('npm', ['ci', ...quiet])
  // `npm ci` refuses a lock file without entries for packages of other platforms, which a registry that lacks them
  // makes npm write. `npm install` keeps to the same lock file and passes over what only other platforms need.
  if (code !== 0 && /in sync/.test(output)) {
    ;({ code, output } = await run('npm', ['install', '--no-save', ...quiet]))
  }
  if (code === 0) return
  const details = output.trim().split('\n').slice(-20).join('\n')
  if (/ENOSPC/.test(output)) {
    throw new Problem(
      '安装依赖失败：磁盘空间不足。请清理后重试。',
      'Installing failed: the disk is full. Free some space and try again.',
      details,
    )
  }
  if (/EACCES|EROFS|EPERM/.test(output)) {
    throw new Problem(
      '安装依赖失败：没有写入权限。请确认项目目录属于当前用户。',
      'Installing failed: no right to write. Make sure that the project directory belongs to the current user.',
      details,
    )
  }
  throw new Problem(
    '安装依赖失败（npm ci）。请检查网络或 npm 镜像设置后重试。',
    'Installing failed (npm ci). Check the network or the registry set for npm, then try again.',
    details,
  )
}
