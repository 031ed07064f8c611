import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Problem } from '../problem.mjs'
import { run } from './run.mjs'

// Servers of the system's lie in folders that an ordinary user's path lacks.
const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/bin']

/** Where a program lies; undefined where it is not installed. */
export const findTool = (name) => folders.map((each) => join(each, name)).find((path) => existsSync(path))

/**
 * Programs of the distribution's, installed when we are root on Debian or a relative.
 * @param {Record<string, string>} tools program → Debian's package
 * @returns {Promise<Record<string, string>>} program → path
 * @throws Problem saying what to install otherwise
 */
export const ensureTools = async (tools) => {
  const missing = () => Object.keys(tools).filter((name) => !findTool(name))
  const packages = [...new Set(missing().map((name) => tools[name]))]
  if (packages.length > 0 && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log(`安装 Installing ${packages.join(' ')} …`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update'], { env })
    await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env })
  }
  if (missing().length > 0)
    throw new Problem(
      `缺少 ${missing().join('、')}：apt-get install ${packages.join(' ')}`,
      `${missing().join(', ')} is missing: apt-get install ${packages.join(' ')}`,
    )
  return Object.fromEntries(Object.keys(tools).map((name) => [name, findTool(name)]))
}
