import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { inProject } from '../project.mjs'
import { productionPackages } from './packages.mjs'
import { makeSbom, sbomText } from './sbom.mjs'

const lock = JSON.parse(await readFile(inProject('package-lock.json'), 'utf8'))
const sbom = await makeSbom()
const versionOf = (name) => lock.packages[`node_modules/${name}`].version
const find = (name) => sbom.components.find((each) => each.name === name && each.version === versionOf(name))

it('names every package of the lock file once, with version, checksum and licence', () => {
  const locked = new Set(
    Object.entries(lock.packages)
      .filter(([place, entry]) => place.includes('node_modules/') && !entry.link)
      .map(
        ([place, entry]) =>
          `${entry.name ?? place.slice(place.lastIndexOf('node_modules/') + 13)}@${entry.version}`,
      ),
  )
  const named = sbom.components.map(({ name, version }) => `${name}@${version}`)
  expect(new Set(named)).toEqual(locked)
  expect(named).toHaveLength(locked.size)
  const pg = find('pg')
  expect(pg).toMatchObject({
    type: 'library',
    scope: 'required',
    purl: `pkg:npm/pg@${versionOf('pg')}`,
    licenses: [{ license: { id: 'MIT' } }],
  })
  const [, base64] = lock.packages['node_modules/pg'].integrity.split('sha512-')
  expect(pg.hashes).toEqual([{ alg: 'SHA-512', content: Buffer.from(base64, 'base64').toString('hex') }])
  expect(find('@biomejs/biome').purl).toMatch(/^pkg:npm\/%40biomejs\/biome@/)
})

it('tells what the server needs from what only builds and tests', async () => {
  const required = sbom.components.filter(({ scope }) => scope === 'required').map(({ purl }) => purl)
  expect(required).toEqual(expect.arrayContaining([find('fastify').purl, find('pg').purl]))
  expect(find('vitest').scope).toBe('optional')
  expect(required.length).toBeGreaterThan(0)
  expect(required.length).toBeLessThanOrEqual((await productionPackages({ installedOnly: false })).length)
})

it('is the same for the same lock file, and in the form of CycloneDX', async () => {
  expect(await sbomText()).toBe(await sbomText())
  expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1 })
  expect(sbom.serialNumber).toMatch(
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
  )
  const refs = sbom.components.map((each) => each['bom-ref'])
  expect(new Set(refs).size).toBe(refs.length)
})
