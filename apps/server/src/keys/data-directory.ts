import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { KeyProblem } from './key-problem.ts'

/** Files with secrets or personal data, by their ending; the databases look after their own folder. */
const SECRET = /\.(json|next|log|former)$/

const narrow = (path: string, mode: number): void => {
  const found = statSync(path)
  if ((found.mode & 0o077) === 0) return
  try {
    chmodSync(path, mode)
  } catch (error) {
    throw new KeyProblem(
      `${path} 可被其他用户读取，且无法收紧权限（${(error as NodeJS.ErrnoException).code}）。请以其所有者身份执行 chmod ${mode.toString(8)} ${path}。`,
      `Other users can read ${path}, and its mode can not be narrowed (${(error as NodeJS.ErrnoException).code}). As its owner run: chmod ${mode.toString(8)} ${path}`,
    )
  }
}

// One folder after the other: asked for all at once, Node goes round for ever where the parent exists and the system
// still says ENOENT, as in /proc.
const make = (directory: string): void => {
  if (existsSync(directory)) return
  make(dirname(directory))
  try {
    mkdirSync(directory, { mode: 0o700 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Two starts at once.
    if (code === 'EEXIST') return
    throw new KeyProblem(
      `无法建立数据目录 ${directory}（${code}）。请检查 DATA_DIRECTORY，或以其上级目录所有者身份建立并交给本用户。`,
      `The data directory ${directory} can not be made (${code}). Check DATA_DIRECTORY, or make it as the owner of its parent and give it to this user.`,
    )
  }
}

/**
 * Makes the data directory where there is none (mode 700), and closes it and its files to everybody else where they were
 * open: keys, passwords and the demonstration's sign-ins are in it.
 * @throws KeyProblem where it can not be made or closed
 */
export const closeDataDirectory = (directory: string): void => {
  make(resolve(directory))
  narrow(directory, 0o700)
  for (const entry of readdirSync(directory, { withFileTypes: true }))
    if (entry.isFile() && SECRET.test(entry.name)) narrow(join(directory, entry.name), 0o600)
}
