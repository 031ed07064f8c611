import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { parse } from 'acorn'
import { ancestor } from 'acorn-walk'
import { browserGlobals, newerGlobals, newerMethods, newerStatics } from './newer-builtins.mjs'
import { listFiles } from './source-hash.mjs'

/** Language that every phone of the floor can read: one word of a newer one and the whole file is not run. */
const SYNTAX = { h5: 2017, weapp: 5, alipay: 5 }

/** What `apps/citizen/src/platform/missing-parts.h5.ts` adds where it is missing. */
const PROVIDED = {
  h5: new Set(['globalThis', 'Object.hasOwn', '.replaceAll()']),
  weapp: new Set(),
  alipay: new Set(),
}

/** Looked for before it is used: what happens without it was read in the source. */
const LOOKED_FOR = new Set([
  // This app: a lock in the storage in its place, and a screen that may go dark.
  'navigator.locks',
  'navigator.wakeLock',
  // zxing-wasm: frees memory by hand where there is none, and names its own way to dispose.
  'FinalizationRegistry',
  'Symbol.dispose',
  'WebAssembly.instantiateStreaming',
  // i18next: catches the missing one and takes the plural's only form; the formatters are made when a text asks for one.
  'Intl.PluralRules',
  'Intl.RelativeTimeFormat',
  'Intl.ListFormat',
  'Intl.Locale',
])

/**
 * Looks through every script of a built target for language and built-ins newer than the floor.
 * @param {string} directory of the built target
 * @param {'h5' | 'weapp' | 'alipay'} target
 * @throws Error naming every one with its file
 */
export const checkFloor = async (directory, target) => {
  const files = (await listFiles([directory])).filter((path) => path.endsWith('.js'))
  const found = []
  for (const path of files)
    for (const fault of newerIn(await readFile(path, 'utf8'), target))
      found.push(`${relative(directory, path)}: ${fault}`)
  if (files.length === 0) found.push('no script was built')
  if (found.length > 0)
    throw new Error(`Newer than the oldest phone this app is for (.browserslistrc):\n${found.join('\n')}`)
}

/** @returns {string[]} one line for each use */
export const newerIn = (source, target) => {
  let tree
  try {
    tree = parse(source, { ecmaVersion: SYNTAX[target], sourceType: 'script' })
  } catch (error) {
    return [`syntax: ${error.message}: ${source.slice(error.pos, error.pos + 60)}`]
  }
  const found = []
  const allowed = (name) => PROVIDED[target].has(name) || LOOKED_FOR.has(name)
  const note = (name, { start, end }) => {
    if (!allowed(name))
      found.push(`${name}: …${source.slice(Math.max(0, start - 40), end + 20).replaceAll('\n', ' ')}…`)
  }
  const missing = target === 'h5' ? newerGlobals : new Set([...newerGlobals, ...browserGlobals])
  ancestor(tree, {
    CallExpression: (node) => {
      const name = node.callee.type === 'MemberExpression' && nameOf(node.callee)
      if (name && newerMethods.has(name)) note(`.${name}()`, node.callee)
    },
    MemberExpression: (node) => {
      const name = node.object.type === 'Identifier' && `${node.object.name}.${nameOf(node)}`
      if (name && newerStatics.has(name)) note(name, node)
    },
    NewExpression: (node) => noteRegExp(node, target, found),
    Identifier: (node, _state, ancestors) => {
      if (!missing.has(node.name) || isDeclared(node.name, ancestors)) return
      // A script that asks first (`typeof Intl`) does without.
      if (!new RegExp(`typeof ${node.name}\\b`).test(source)) note(node.name, node)
    },
  })
  return found
}

const nameOf = ({ computed, property }) =>
  computed ? property.type === 'Literal' && String(property.value) : property.name

/** `new RegExp('(?<=a)b')` is a syntax error only when it runs. */
const noteRegExp = ({ callee, arguments: [pattern, flags] }, target, found) => {
  if (callee.name !== 'RegExp' || typeof pattern?.value !== 'string') return
  const text = `new RegExp(${JSON.stringify(pattern.value)}, ${JSON.stringify(flags?.value ?? '')})`
  try {
    parse(`/${pattern.value.replaceAll('/', '\\/') || '(?:)'}/${flags?.value ?? ''}`, {
      ecmaVersion: SYNTAX[target],
    })
  } catch {
    found.push(`syntax: ${text}`)
  }
}

const namesIn = (pattern) => (pattern?.type === 'Identifier' ? [pattern.name] : [])

/** Whether a function around declares the name: bundles are full of short ones, and libraries name classes as they like. */
const isDeclared = (name, ancestors) =>
  ancestors.some((node) => {
    if (node.type === 'VariableDeclarator') return namesIn(node.id).includes(name)
    if (!/Function/.test(node.type)) return false
    return (
      [node.id, ...node.params].some((each) => namesIn(each).includes(name)) || declaredIn(node).has(name)
    )
  })

const declarations = new WeakMap()
const declaredIn = (fn) => {
  if (!declarations.has(fn)) {
    const names = new Set()
    const add = ({ id }) => {
      for (const each of namesIn(id)) names.add(each)
    }
    ancestor(fn.body, { VariableDeclarator: add, FunctionDeclaration: add, ClassDeclaration: add })
    declarations.set(fn, names)
  }
  return declarations.get(fn)
}
