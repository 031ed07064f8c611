import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { inProject } from '../project.mjs'
import { productionPackages } from './packages.mjs'

// `npm sbom` refuses a tree in which any package asks for another version than is there, as those of the mini programs do. The lock
// file says all that a bill of materials needs: name, version, checksum and licence of every package.

const MARK = 'node_modules/'
const nameOf = (place, entry) => entry.name ?? place.slice(place.lastIndexOf(MARK) + MARK.length)

/** https://github.com/package-url/purl-spec: the scope of a name is escaped. */
const purlOf = (name, version) => `pkg:npm/${name.replace(/^@/, '%40')}@${version}`

const hashesOf = ({ integrity }) =>
  (integrity?.split(' ') ?? []).flatMap((text) => {
    const [, kind, base64] = /^(sha\d+)-(.+)$/.exec(text) ?? []
    return kind
      ? [{ alg: kind.replace('sha', 'SHA-'), content: Buffer.from(base64, 'base64').toString('hex') }]
      : []
  })

/** An expression stays one; a single licence is named by its SPDX id. */
const licencesOf = ({ license }) => {
  if (typeof license !== 'string') return []
  if (/ (OR|AND|WITH) /.test(license)) return [{ expression: license.replace(/^\((.*)\)$/, '$1') }]
  return [/^[A-Za-z0-9.+-]+$/.test(license) ? { license: { id: license } } : { license: { name: license } }]
}

/** The same file gives the same number: RFC 9562, version 8, from its hash. */
const serialOf = (text) => {
  const hex = createHash('sha256').update(text).digest('hex')
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * The bill of materials of the whole tree (CycloneDX 1.5), from package-lock.json. What the server needs when it runs is
 * `required`; what only builds, tests, or is inside the built clients, is `optional`.
 */
export const makeSbom = async () => {
  const text = await readFile(inProject('package-lock.json'), 'utf8')
  const { name, version, packages } = JSON.parse(text)
  const required = new Set(await productionPackages({ installedOnly: false }))
  const components = new Map()
  for (const [place, entry] of Object.entries(packages)) {
    if (!place.includes(MARK) || entry.link || !entry.version) continue
    const component = nameOf(place, entry)
    const purl = purlOf(component, entry.version)
    const isRequired = required.has(place) || components.get(purl)?.scope === 'required'
    const hashes = hashesOf(entry)
    const licenses = licencesOf(entry)
    components.set(purl, {
      type: 'library',
      'bom-ref': purl,
      name: component,
      version: entry.version,
      scope: isRequired ? 'required' : 'optional',
      ...(hashes.length > 0 ? { hashes } : {}),
      ...(licenses.length > 0 ? { licenses } : {}),
      purl,
    })
  }
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: serialOf(text),
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': name, name, version } },
    components: [...components.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1)),
  }
}

/** As it is written to a file. */
export const sbomText = async () => `${JSON.stringify(await makeSbom(), undefined, 2)}\n`
