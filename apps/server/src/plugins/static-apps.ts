import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import { answerUnknownPath } from './errors.ts'

const isPage = (method: string, url: string, accept: string | undefined): boolean =>
  method === 'GET' &&
  !/^\/(api|metrics|healthz|readyz|openapi)/.test(url) &&
  !/\.[a-z0-9]{2,5}(\?|$)/.test(url) &&
  (accept === undefined || /text\/html|\*\/\*/.test(accept))

/** Serves the citizen app at `/` and the console at `/console/`; deep links open the app, which routes by path. */
export const useStaticApps = async (app: FastifyInstance, config: Config): Promise<void> => {
  const apps = [
    { prefix: '/console/', root: config.consoleDirectory },
    { prefix: '/', root: config.citizenDirectory },
  ].filter(({ root }) => existsSync(join(root, 'index.html')))
  for (const [index, { prefix, root }] of apps.entries()) {
    await app.register(fastifyStatic, {
      root,
      prefix,
      decorateReply: index === 0,
      setHeaders: (reply, path) => {
        // Hashed names never change; pages and service workers are asked for again each time.
        const immutable = /[.-][0-9a-zA-Z_-]{8,}\.(js|css|wasm|woff2|png|svg)$/.test(path)
        reply.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const target = apps.find(
      ({ prefix }) => request.url.startsWith(prefix) || request.url === prefix.slice(0, -1),
    )
    if (!target || !isPage(request.method, request.url, request.headers.accept))
      return answerUnknownPath(request, reply)
    return reply.header('cache-control', 'no-cache').sendFile('index.html', target.root)
  })
}
