import { createRequire } from 'node:module'

// Kubernetes' own schemas and those of CloudNativePG, as the packages of kubernetes-models bring them.
const load = createRequire(import.meta.url)

const modelOf = ({ apiVersion, kind }) => {
  const [version, group = ''] = apiVersion.split('/').reverse()
  const home = group.endsWith('cnpg.io') ? '@kubernetes-models/cloudnative-pg' : 'kubernetes-models'
  try {
    return load([home, group, version, kind].filter(Boolean).join('/'))[kind]
  } catch {
    return undefined
  }
}

/** Notes what is read of an object, however deep. */
const watch = (value, path, read) =>
  typeof value !== 'object' || value === null
    ? value
    : new Proxy(value, {
        get: (target, name) => {
          const inner = Reflect.get(target, name)
          if (!Object.hasOwn(target, name)) return inner
          read.add(`${path}/${name}`)
          return watch(inner, `${path}/${name}`, read)
        },
      })

const listUnread = (value, path, read) =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, inner]) =>
        read.has(`${path}/${name}`) ? listUnread(inner, `${path}/${name}`, read) : [`${path}/${name}`],
      )

/**
 * What is wrong with a manifest by the schema of its kind: a value of another type, one that is missing, and a field that the
 * schema does not know, which a cluster would drop without a word. (The schema reads every field it knows.)
 * @returns {string[]}
 */
export const checkManifest = (manifest) => {
  const Model = modelOf(manifest)
  const name = `${manifest.kind} ${manifest.metadata?.name}`
  if (!Model) return [`${name}: there is no ${manifest.apiVersion} ${manifest.kind}`]
  const read = new Set()
  try {
    Model.prototype.validate.call(watch(manifest, '', read))
  } catch (error) {
    return [`${name}: ${error.message}`]
  }
  return listUnread(manifest, '', read).map((path) => `${name}: nothing knows ${path}`)
}
