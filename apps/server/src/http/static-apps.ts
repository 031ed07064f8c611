import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import { answerUnknownPath } from './errors.ts'

/** Of the API and of machines; everything else may be an address that somebody typed. */
const notForPeople = /^\/(api|metrics|healthz|readyz|openapi[^/]*)(\/|$)/
const namesFile = /\.[a-z0-9]{2,12}$/i

/**
 * Whether somebody's browser asks for a page. A browser that opens an address says `text/html` itself, so a mistyped
 * one that ends like a file is a page too. A script, picture or style sheet that is gone must stay a 404: answered
 * with a page it would break the app that asked for it in a way nobody understands.
 */
const isPage = (method: string, path: string, accept = '*/*'): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !notForPeople.test(path) &&
  (accept.includes('text/html') || (accept.includes('*/*') && !namesFile.test(path)))

// Names with a hash of the content never change; pages and service workers are asked for again each time.
const hashedName = /[.-][0-9a-zA-Z_-]{8,}\.(js|css|wasm|woff2|png|svg)(\.br|\.gz)?$/

/**
 * Answers with what WeChat and Alipay gave the city to lay on its domain, each file at its own path: `v/abc.txt` at
 * `/v/abc.txt`. Only text files, read once.
 * @throws Error where the directory is not there: a proof that is missing is found out weeks later otherwise
 */
const serveProofs = (app: FastifyInstance, directory: string): void => {
  for (const file of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    if (!/^[\w./-]+\.txt$/.test(file)) continue
    const content = readFileSync(join(directory, file), 'utf8')
    app.get(`/${file}`, (_request, reply) =>
      reply.header('cache-control', 'no-cache').type('text/plain; charset=utf-8').send(content),
    )
  }
}

/**
 * Serves the citizen app at `/` and the console at `/console/`, compressed ahead of time where the browser takes it
 * (scripts/prepare/compress.mjs lays the `.br` and `.gz` there). Every other address opens the app, which routes by
 * path and says so where it knows no such page.
 */
export const useStaticApps = async (app: FastifyInstance, config: Config): Promise<void> => {
  const apps = [
    { prefix: '/console/', root: config.consoleDirectory },
    { prefix: '/', root: config.citizenDirectory },
  ].filter(({ root }) => existsSync(join(root, 'index.html')))
  for (const [index, { prefix, root }] of apps.entries()) {
    await app.register(fastifyStatic, {
      root,
      prefix,
      preCompressed: true,
      // One route for each file there is at start: an address without one touches no disk.
      wildcard: false,
      globIgnore: ['**/*.br', '**/*.gz'],
      decorateReply: index === 0,
      setHeaders: (reply, path) => {
        reply.header(
          'cache-control',
          hashedName.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
        )
      },
    })
  }
  if (config.proofDirectory) serveProofs(app, config.proofDirectory)
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split(/[?#]/)[0] ?? '/'
    const target = apps.find(({ prefix }) => path.startsWith(prefix) || path === prefix.slice(0, -1))
    if (!target || !isPage(request.method, path, request.headers.accept))
      return answerUnknownPath(request, reply)
    return reply.header('cache-control', 'no-cache').sendFile('index.html', target.root)
  })
}
