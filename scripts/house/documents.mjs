import { dirname, join, normalize } from 'node:path'

// Not in a clone: made by building or running, or an example of what an operator creates.
const generated = /(^|\/)(dist|data|node_modules|results|test-results|\.cache)(\/|$)/

/** Commands, paths and links that the documents state must exist. */
export const checkDocuments = async (files, read) => {
  const documents = files.filter((path) => path.endsWith('.md'))
  const scripts = new Set(Object.keys(JSON.parse(await read('package.json')).scripts))
  const places = knownPlaces(files)
  const found = await Promise.all(
    documents.map(async (path) => {
      const text = await read(path)
      return [
        ...checkCommands(path, text, scripts),
        ...checkPaths(path, text, places),
        ...checkLinks(path, text, places),
      ]
    }),
  )
  return found.flat()
}

const knownPlaces = (files) => {
  const places = new Set(files)
  for (const path of files) {
    for (let above = dirname(path); above !== '.'; above = dirname(above)) places.add(above)
  }
  return places
}

const checkCommands = (path, text, scripts) => {
  const named = [...text.matchAll(/\bnpm (?:run ([a-z][\w:-]*)|(start|test)\b)/g)].map(
    (match) => match[1] ?? match[2],
  )
  return [...new Set(named)]
    .filter((name) => !scripts.has(name))
    .map((name) => `${path}: npm run ${name} does not exist`)
}

const checkPaths = (path, text, places) => {
  const top = new Set([...places].filter((place) => !place.includes('/')))
  const quoted = [...text.matchAll(/`([^`\s]+)`/g)].map((match) =>
    match[1].replace(/[/:]$/, '').replace(/:\d+$/, ''),
  )
  return [...new Set(quoted)]
    .filter((place) => /^\.?[\w@.-]+(\/[\w@.-]+)+$/.test(place) && top.has(place.split('/')[0]))
    .filter((place) => !places.has(place) && !generated.test(place) && !place.includes('NNNN'))
    .map((place) => `${path}: ${place} does not exist`)
}

const checkLinks = (path, text, places) => {
  const links = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map((match) => match[1])
  return [...new Set(links)]
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => !places.has(normalize(join(dirname(path), decodeURI(link))).replace(/\/$/, '')))
    .map((link) => `${path}: the link ${link} leads nowhere`)
}
