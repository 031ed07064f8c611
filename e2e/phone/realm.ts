import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import vm from 'node:vm'
import {
  browserGlobals,
  newerGlobals,
  newerMethods,
  newerStatics,
} from '../../scripts/prepare/newer-builtins.mjs'
import type { Clock } from './clock.ts'

export interface Realm {
  context: vm.Context
  /** A copy that belongs to the realm: nothing but data crosses between app and host. */
  into: <T>(value: T) => T
  /** A text's bytes as the realm has them. */
  bytes: (content: Buffer) => ArrayBuffer
  /** Runs a script of the program as the hosts do: with `require`, `module` and `exports`. */
  run: (path: string) => unknown
}

interface RealmParts {
  root: string
  clock: Clock
  /** The host's own object, under its name, and what it gives besides. */
  globals: Record<string, unknown>
  age: 'current' | 'old'
  log: (line: string) => void
}

/** Takes from the language what the oldest phones do not have. */
const makeOld = (context: vm.Context): void => {
  const names = JSON.stringify({
    methods: [...newerMethods],
    statics: [...newerStatics],
    globals: [...newerGlobals, ...browserGlobals],
  })
  vm.runInContext(
    `(function (names) {
      var owners = [Array, String, Promise, Set, Map, WeakMap, ArrayBuffer, Uint8Array, Date, RegExp, Symbol]
      owners.forEach(function (owner) { names.methods.forEach(function (name) { delete owner.prototype[name] }) })
      var typed = Object.getPrototypeOf(Uint8Array.prototype)
      names.methods.forEach(function (name) { delete typed[name] })
      names.statics.forEach(function (path) {
        var parts = path.split('.')
        try { delete this[parts[0]][parts[1]] } catch (error) {}
      }, this)
      var all = this
      names.globals.forEach(function (name) { delete all[name] })
    }).call(this, ${names})`,
    context,
  )
}

// Neither host has a document, a window, or a way to make code out of text.
const HIDDEN = ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'eval']

/** A JavaScript realm with the language and the host's object, and nothing of a browser or of Node. */
export const createRealm = ({ root, clock, globals, age, log }: RealmParts): Realm => {
  const context = vm.createContext({}, { codeGeneration: { strings: false, wasm: false } })
  const say = (...all: unknown[]) =>
    log(
      all
        .map((each) =>
          each instanceof Error || typeof each === 'string'
            ? String(each)
            : vm.runInContext(
                '(function (x) { try { return JSON.stringify(x) + (x && x.stack || "") } catch (e) { return String(x) } })',
                context,
              )(each),
        )
        .join(' '),
    )
  Object.assign(context, globals, {
    console: { log: () => {}, info: () => {}, debug: () => {}, warn: say, error: say },
    setTimeout: clock.setTimeout,
    setInterval: clock.setInterval,
    clearTimeout: clock.clear,
    clearInterval: clock.clear,
    phoneNow: clock.now,
  })
  vm.runInContext(
    `(function (now) {
      var Real = Date
      function Phone() {
        var all = Array.prototype.slice.call(arguments)
        if (!(this instanceof Phone)) return new Real(now()).toString()
        var made = all.length === 0 ? new Real(now()) : new (Function.prototype.bind.apply(Real, [null].concat(all)))()
        Object.setPrototypeOf(made, Phone.prototype)
        return made
      }
      Phone.prototype = Real.prototype
      Phone.prototype.constructor = Phone
      Phone.UTC = Real.UTC
      Phone.parse = Real.parse
      Phone.now = now
      Date = Phone
    })(phoneNow); delete this.phoneNow`,
    context,
  )
  for (const name of HIDDEN) vm.runInContext(`delete this.${name}`, context)
  if (age === 'old') makeOld(context)
  const parseInside = vm.runInContext('JSON.parse', context) as (text: string) => unknown
  const modules = new Map<string, { exports: unknown }>()

  const run = (path: string): unknown => {
    const known = modules.get(path)
    if (known) return known.exports
    const module = { exports: parseInside('{}') }
    modules.set(path, module)
    const wrapper = vm.runInContext(
      `(function (require, module, exports, window, document) {${readFileSync(join(root, path), 'utf8')}\n})`,
      context,
      { filename: path },
    ) as (...all: unknown[]) => void
    const requireInside = (name: string) =>
      run(join(dirname(path), name.endsWith('.js') ? name : `${name}.js`))
    wrapper(requireInside, module, module.exports)
    return module.exports
  }
  return {
    context,
    into: (value) => (value === undefined ? value : (parseInside(JSON.stringify(value)) as typeof value)),
    bytes: (content) => {
      const view = vm.runInContext(`new Uint8Array(${content.length})`, context) as Uint8Array
      view.set(content)
      return view.buffer as ArrayBuffer
    },
    run,
  }
}
