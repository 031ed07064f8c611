import { createServer, type Server } from 'node:http'
import type { FastifyBaseLogger } from 'fastify'
import type { Registry } from 'prom-client'
import { NO_STORE } from '../http/caching.ts'

/** Where the figures are read; port 0 serves none. */
export interface MetricsAddress {
  host: string
  port: number
}

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8' satisfies Registry['contentType']

/**
 * Serves `GET /metrics` on an address of its own and nothing else: figures tell how busy which door is and what fails,
 * which is nobody's business on the public port.
 * @param readMetrics figures of all processes of the server as Prometheus reads them
 * @throws Error naming METRICS_PORT where the address is taken or not allowed
 */
export const serveMetrics = async (
  { host, port }: MetricsAddress,
  readMetrics: () => Promise<string>,
  log: FastifyBaseLogger,
): Promise<{ close(): Promise<void> }> => {
  if (port === 0) return { close: async () => {} }
  const server = createServer((request, response) => {
    response.setHeader('cache-control', NO_STORE)
    const path = request.url?.split('?')[0]
    if (path !== '/metrics' || (request.method !== 'GET' && request.method !== 'HEAD'))
      return void response.writeHead(404, { 'content-type': 'text/plain' }).end('There is /metrics here.\n')
    readMetrics().then(
      (text) => response.writeHead(200, { 'content-type': CONTENT_TYPE }).end(text),
      (error: unknown) => {
        log.warn({ err: error }, 'metrics not read')
        response.writeHead(503, { 'content-type': 'text/plain' }).end('# the figures can not be read\n')
      },
    )
  })
  await listen(server, { host, port })
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const listen = (server: Server, { host, port }: MetricsAddress) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new Error(
          `指标端口 ${host}:${port} 不能使用（${error.code}），请用 METRICS_PORT、METRICS_HOST 换一个，0 为不提供。 The address ${host}:${port} for metrics can not be used (${error.code}): choose another with METRICS_PORT and METRICS_HOST; 0 serves none.`,
        ),
      ),
    )
    server.listen(port, host, resolve)
  })
