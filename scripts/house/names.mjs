import { basename } from 'node:path'

const segment = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/
// Names that tools and readers expect as they are.
const given =
  /(^|\/)([A-Z_]+\.md|LICENSE|NOTICE|(?:Dockerfile|Containerfile|Chart\.yaml|values\.schema\.json)(\.[a-z]+)?|CODEOWNERS|\.[a-zA-Z.-]+)$|^db\/migrations\/\d{4}(_[a-z0-9]+)+\.sql$/
const banned = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'misc', 'v2', 'old'])
// A page of a mini program and Taro's own configuration must be called index.
const indexDemanded =
  /^apps\/citizen\/(src\/(pages|packages|subpackages)\/.*\/|src\/|config\/)index\.|\/index\.html$|^index\.html$/

/** kebab-case, no banned words, `index` only where a tool demands it. */
export const checkNames = (files) =>
  files.flatMap((path) => [...checkCase(path), ...checkWords(path), ...checkIndex(path)])

const checkCase = (path) =>
  given.test(path) || path.split('/').every((part) => segment.test(part))
    ? []
    : [`${path}: names are kebab-case`]

const checkWords = (path) => {
  const words = path
    .split('/')
    .flatMap((part) => part.split(/[-.]/).map((word, at, all) => ({ word, before: all[at - 1] })))
  // "venue manager" is a role of the domain.
  const bad = words.find(({ word, before }) => banned.has(word) || (word === 'manager' && before !== 'venue'))
  const whole = /^(new|handle-data)\.[a-z]+$/.test(basename(path)) ? basename(path) : undefined
  return bad || whole ? [`${path}: "${bad?.word ?? whole}" says nothing; name what is in it`] : []
}

const checkIndex = (path) =>
  /(^|\/)index\.[a-z]+$/.test(path) && !indexDemanded.test(path)
    ? [`${path}: name what is in it; no barrels`]
    : []
