import type { FastifyInstance } from 'fastify'
import type { Provider } from '../provider.ts'
import { modulePage } from './module.ts'
import { moduleScript } from './module-script.ts'
import { overviewPage } from './overview.ts'
import { partnersPage } from './partners.ts'
import { partnersScript } from './partners-script.ts'
import { phonePage } from './phone.ts'
import { phoneScript } from './phone-script.ts'
import { sendPage } from './send-page.ts'
import { steerPage } from './steer.ts'
import { steerScript } from './steer-script.ts'
import { styleSheet } from './style.ts'

/** `/`, `/phone`, `/steer`, `/partners` and what they load. (`/sms` as a page belongs to the SMS provider, which owns that path.) */
export function pageRoutes(app: FastifyInstance, providers: readonly Provider[]): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })
  app.get('/', async (_request, reply) => sendPage(reply, overviewPage(providers)))
  app.get('/phone', async (_request, reply) => sendPage(reply, phonePage()))
  app.get('/steer', async (_request, reply) => sendPage(reply, steerPage(providers)))
  app.get('/module', async (_request, reply) => sendPage(reply, modulePage()))
  app.get('/partners', async (_request, reply) => sendPage(reply, partnersPage()))
  serve(app, '/assets/sandbox.css', 'text/css; charset=utf-8', styleSheet)
  serve(app, '/assets/phone.js', 'text/javascript; charset=utf-8', phoneScript)
  serve(app, '/assets/module.js', 'text/javascript; charset=utf-8', moduleScript)
  serve(app, '/assets/partners.js', 'text/javascript; charset=utf-8', partnersScript)
  serve(app, '/assets/steer.js', 'text/javascript; charset=utf-8', steerScript)
}

function serve(app: FastifyInstance, path: string, type: string, text: string): void {
  app.get(path, async (_request, reply) =>
    reply.header('x-content-type-options', 'nosniff').type(type).send(text),
  )
}
