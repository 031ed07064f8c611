import { expect } from '@playwright/test'
import { newerGlobals, newerMethods, newerStatics } from '../scripts/prepare/newer-builtins.mjs'
import { openSignedIn } from './citizen-app.ts'
import { readDemo } from './demo.ts'
import { test } from './journey.ts'

/** Names that the browser of the test itself can not be without. */
const KEPT = ['globalThis', 'BigInt', 'BigInt64Array', 'BigUint64Array', 'SharedArrayBuffer', 'Iterator']

test('a browser without anything newer than the floor signs in, shows the code, scans and reads the lists', async ({
  page,
}) => {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.addInitScript(
    ({ methods, statics, globals }) => {
      const here = window as unknown as Record<string, Record<string, unknown>>
      const owners = [
        Array,
        String,
        Promise,
        Set,
        Map,
        WeakMap,
        ArrayBuffer,
        Uint8Array,
        Date,
        Element,
        Document,
      ]
      for (const name of methods)
        for (const owner of owners) delete (owner.prototype as unknown as Record<string, unknown>)[name]
      for (const path of statics) {
        const [owner = '', name = ''] = path.split('.')
        const holder = here[owner]
        if (holder) Reflect.deleteProperty(holder, name)
      }
      for (const name of globals) delete here[name]
    },
    {
      methods: [...newerMethods],
      statics: [...newerStatics],
      globals: [...newerGlobals].filter((name) => !KEPT.includes(name)),
    },
  )
  const { citizens, venues } = readDemo()
  const citizen = citizens.filter(({ colour, members }) => colour === 'green' && members === 0)[90]
  const venue = venues.find(({ kind, state }) => kind === 'pharmacy' && state === 'active')
  if (!citizen || !venue) throw new Error('nobody')
  await openSignedIn(page, citizen.phone)
  for (const path of ['/visits', '/lookups', '/entry', '/declare', '/other-codes?member=', '/settings']) {
    await page.goto(path)
    await expect(page.locator('.bar-title')).toBeVisible()
  }
  await page.goto(new URL(venue.link).pathname)
  await expect(page.getByTestId('result')).toHaveAttribute('data-decision', 'admit')
  expect(errors).toEqual([])
})
