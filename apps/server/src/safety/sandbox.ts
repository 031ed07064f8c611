import type { Config } from '../config.ts'

export const LOOPBACK = /^(localhost|.*\.localhost|127\.[0-9.]+|0\.0\.0\.0|\[::1?\]|\[::ffff:[0-9a-f.:]+\])$/i

export const urlOf = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined)

/** Whether an address leads to the stand-ins of the demonstration. */
export const isSandbox = (text: string, { sandboxUrl }: Pick<Config, 'sandboxUrl'>): boolean => {
  const [url, sandbox] = [urlOf(text), urlOf(sandboxUrl)]
  if (!url || !sandbox) return false
  return (
    (LOOPBACK.test(url.hostname) && url.port === sandbox.port) ||
    /(^|[.-])sandbox([.-]|$)/i.test(url.hostname)
  )
}
