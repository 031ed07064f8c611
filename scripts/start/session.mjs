import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Problem } from '../problem.mjs'

/**
 * Claims a data directory for this `npm start`.
 * @returns gives it back
 * @throws Problem when another one that is still alive has it
 */
export const claimDataDirectory = async (directory) => {
  const path = join(directory, 'start.pid')
  const former = Number.parseInt(await readFile(path, 'utf8').catch(() => ''), 10)
  if (former > 0 && former !== process.pid && (await isStart(former))) {
    throw new Problem(
      `已在运行（进程 ${former}，数据目录 ${directory}）。请先在那个终端按 Ctrl-C，或执行 kill ${former}。`,
      `Already running (process ${former}, data directory ${directory}). Press Ctrl-C in its terminal first, or: kill ${former}`,
    )
  }
  try {
    await mkdir(directory, { recursive: true })
    await writeFile(path, `${process.pid}\n`)
  } catch (error) {
    throw explain(error, directory)
  }
  return () => rm(path, { force: true })
}

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
