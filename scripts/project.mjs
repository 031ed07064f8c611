import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Problem } from './problem.mjs'

/** The project's directory, whatever the current one is. */
export const root = fileURLToPath(new URL('..', import.meta.url))

export const inProject = (...parts) => resolve(root, ...parts)

/** Where this installation keeps its data. */
export const dataDirectory = () => inProject(process.env.DATA_DIRECTORY || 'data')

/** A port from the environment. @throws Problem when it is none */
export const portFrom = (name, fallback) => {
  const text = process.env[name]
  if (!text) return fallback
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Problem(
    `${name} 应为 1 至 65535 的数字，现为“${text}”。`,
    `${name} must be a number from 1 to 65535, not "${text}".`,
  )
}

/** @throws Problem when Node is older than what the project is built for */
export const checkNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new Problem(
    `需要 Node.js 20.19 或更新版本，现为 ${process.versions.node}。`,
    `Node.js 20.19 or newer is needed, this is ${process.versions.node}.`,
  )
}
