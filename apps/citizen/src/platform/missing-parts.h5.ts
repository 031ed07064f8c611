/** What this file touches of a browser's global object. */
export interface Scope {
  Object: ObjectConstructor
  String: StringConstructor
  globalThis?: unknown
}

/** As the language has it since 2021. */
function replaceAll(this: string, found: string | RegExp, by: string): string {
  if (found instanceof RegExp) {
    if (found.flags.indexOf('g') < 0) throw new TypeError('replaceAll must be called with a global RegExp')
    return this.replace(found, by)
  }
  return this.replace(new RegExp(String(found).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'), 'g'), by)
}

/**
 * Adds what libraries of this app use and the oldest browsers it is for (`.browserslistrc`) do not have: the router's
 * reading of addresses asks for `replaceAll` (Chrome 85, iOS 13.4), the QR reader for `Object.hasOwn` (93, 15.4) and
 * `globalThis` (71, 12.1). The build's check of the scripts knows this list (`scripts/prepare/check-floor.mjs`).
 */
export const addMissing = (scope: Scope): void => {
  const add = (owner: object, name: string, value: unknown) => {
    if (!(name in owner))
      Object.defineProperty(owner, name, { value, configurable: true, writable: true, enumerable: false })
  }
  add(scope, 'globalThis', scope)
  add(scope.Object, 'hasOwn', (object: object, name: PropertyKey) => Object.hasOwn(object, name))
  add(scope.String.prototype, 'replaceAll', replaceAll)
}
