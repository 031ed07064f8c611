import { execFile } from 'node:child_process'
import { chmod, link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Problem } from '../problem.mjs'

/**
 * Claims a data directory for this `npm start`; of several that try at once exactly one gets it. The directory is closed
 * to other users: passwords, keys and the logs are in it.
 * @returns gives it back
 * @throws Problem when another one that is still alive has it, or it can not be closed
 */
export const claimDataDirectory = async (directory) => {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await narrow(directory)
    await claim(directory)
  } catch (error) {
    throw error instanceof Problem ? error : explain(error, directory)
  }
  const path = join(directory, 'start.pid')
  return async () => {
    if ((await readPid(path)) === process.pid) await rm(path, { force: true })
  }
}

// The file appears with its content or not at all: a link, unlike a rename, does not replace one that is there.
const claim = async (directory) => {
  const path = join(directory, 'start.pid')
  const own = `${path}.${process.pid}`
  await writeFile(own, `${process.pid}\n`, { mode: 0o600 })
  try {
    for (;;) {
      const taken = await link(own, path).then(
        () => true,
        (error) => {
          if (error.code !== 'EEXIST') throw error
          return false
        },
      )
      if (taken) return
      const former = await readPid(path)
      if (former === process.pid) return
      if (former > 0 && (await isStart(former))) throw running(former, directory)
      if (former !== undefined) await setAside(path, own, former)
    }
  } finally {
    await rm(own, { force: true })
  }
}

// Of a start that was killed. Another one may have claimed the directory since it was read: then that claim is put back.
const setAside = async (path, own, former) => {
  const aside = `${own}.former`
  try {
    await rename(path, aside)
  } catch (error) {
    if (error.code === 'ENOENT') return
    throw error
  }
  if ((await readPid(aside)) !== former) await link(aside, path).catch(() => {})
  await rm(aside, { force: true })
}

/** The process that has the claim; undefined where there is none. */
const readPid = async (path) => {
  const text = await readFile(path, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return text === undefined ? undefined : Number.parseInt(text, 10) || 0
}

const narrow = async (directory) => {
  if (((await stat(directory)).mode & 0o077) === 0) return
  await chmod(directory, 0o700).catch((error) => {
    throw new Problem(
      `${directory} 可被其他用户读取，且无法收紧权限（${error.code}）。请以其所有者身份执行 chmod 700 ${directory}，或用 DATA_DIRECTORY=… 指定别处。`,
      `Other users can read ${directory}, and its mode can not be narrowed (${error.code}). As its owner run chmod 700 ${directory}, or choose another place with DATA_DIRECTORY=…`,
    )
  })
}

const running = (pid, directory) =>
  new Problem(
    `已在运行（进程 ${pid}，数据目录 ${directory}）。请先在那个终端按 Ctrl-C，或执行 kill ${pid}；要同时再开一个，请另选目录和端口：DATA_DIRECTORY=… PORT=… SANDBOX_PORT=… npm start`,
    `Already running (process ${pid}, data directory ${directory}). Press Ctrl-C in its terminal first, or: kill ${pid}. For a second one beside it choose another directory and ports: DATA_DIRECTORY=… PORT=… SANDBOX_PORT=… npm start`,
  )

const explain = (error, directory) => {
  if (error.code === 'ENOSPC') {
    return new Problem(
      `磁盘空间不足，无法写入 ${directory}。请清理磁盘，或用 DATA_DIRECTORY=… 指定别处。`,
      `The disk holding ${directory} is full. Free some space, or choose another place with DATA_DIRECTORY=…`,
    )
  }
  return new Problem(
    `无法写入 ${directory}（${error.code}）。请修正该目录的权限，或用 DATA_DIRECTORY=… 指定别处。`,
    `Cannot write in ${directory} (${error.code}). Correct its owner or mode, or choose another place with DATA_DIRECTORY=…`,
  )
}

// After a crash the number may belong to any other program by now.
const isStart = async (pid) => {
  const command =
    process.platform === 'linux'
      ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      : await promisify(execFile)('ps', ['-p', String(pid), '-o', 'command=']).then(
          ({ stdout }) => stdout,
          () => '',
        )
  return command.includes('start.mjs')
}
