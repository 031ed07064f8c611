import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'

const COOKIE = 'jkb_device'
const KEPT_SECONDS = 400 * 24 * 3600

const readSecret = async (demoFile: string): Promise<string | undefined> => {
  const text = await readFile(demoFile, 'utf8').catch(() => '{}')
  const { deviceSecret } = JSON.parse(text) as { deviceSecret?: string }
  return /^[\w-]{43}$/.test(deviceSecret ?? '') ? deviceSecret : undefined
}

/**
 * Whoever reads the texts of the demonstration here holds the phone of its citizens: this browser becomes the device on which
 * all of them have proved to be themselves. A cookie knows no port, so the citizen app beside has it too. A browser that is a
 * device already stays the one it is.
 */
export function becomeDemoDevice(app: FastifyInstance, demoFile: string): void {
  app.addHook('onSend', async (request, reply) => {
    if (!String(reply.getHeader('content-type') ?? '').startsWith('text/html')) return
    if (new RegExp(`(?:^|;\\s*)${COOKIE}=`).test(request.headers.cookie ?? '')) return
    const secret = await readSecret(demoFile)
    if (secret)
      reply.header(
        'set-cookie',
        `${COOKIE}=${secret}; Path=/; Max-Age=${KEPT_SECONDS}; HttpOnly; SameSite=Strict`,
      )
  })
}
