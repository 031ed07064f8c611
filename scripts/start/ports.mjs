import { createServer } from 'node:net'
import { Problem } from '../problem.mjs'
import { portFrom } from '../project.mjs'

/** @throws Problem naming the setting when somebody else listens there */
export const requireFree = async (port, setting) => {
  const code = await listen(port)
  if (!code) return
  if (code === 'EACCES') {
    throw new Problem(
      `没有使用端口 ${port} 的权限，请换一个：${setting}=${port + 8000} npm start`,
      `No right to use port ${port}; choose another: ${setting}=${port + 8000} npm start`,
    )
  }
  throw new Problem(
    `端口 ${port} 已被占用。请关闭占用它的程序，或换一个端口：${setting}=${port + 1} npm start`,
    `Port ${port} is in use. Stop what uses it, or choose another: ${setting}=${port + 1} npm start`,
  )
}

/**
 * Where the server gives its figures: METRICS_PORT, or the first free port after the first of those in use here. Nobody
 * who tries the system out has to care that something else has it.
 */
export const chooseMetricsPort = async (inUse) => {
  const wanted = process.env.METRICS_PORT
  if (wanted === '0') return 0
  if (wanted) {
    const port = portFrom('METRICS_PORT')
    await requireFree(port, 'METRICS_PORT')
    return port
  }
  for (let port = inUse[0] + 1; port < inUse[0] + 10 && port < 65_536; port += 1)
    if (!inUse.includes(port) && !(await listen(port))) return port
  return 0
}

const listen = (port) =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.on('error', (error) => resolve(error.code))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve('')))
  })
