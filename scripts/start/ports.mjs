import { createServer } from 'node:net'
import { Problem } from '../problem.mjs'

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

const listen = (port) =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.on('error', (error) => resolve(error.code))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve('')))
  })
