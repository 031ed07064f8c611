type Scope = Record<string, unknown>
type Compiled = (scope: Scope) => unknown

const compiled = new Map<string, Compiled>()

/** What a name means that the data do not have: nothing, never a name of the phone itself. */
const closed = (scope: Scope): Scope =>
  new Proxy(scope, {
    has: () => true,
    get: (target, name) =>
      typeof name === 'string' && Object.hasOwn(target, name) ? target[name] : undefined,
  })

const compile = (expression: string): Compiled => {
  const known = compiled.get(expression)
  if (known) return known
  const made = new Function('scope', `with (scope) { return (${expression}) }`) as Compiled
  compiled.set(expression, made)
  return made
}

/** The value of an attribute or text: what stands in `{{ }}` alone keeps its kind, beside other text it becomes text. */
export const evaluate = (text: string, scope: Scope): unknown => {
  const alone = /^\{\{((?:(?!\}\})[\s\S])*)\}\}$/.exec(text)
  if (alone) return compile(alone[1] ?? '')(closed(scope))
  if (!text.includes('{{')) return text
  return text.replace(/\{\{([\s\S]*?)\}\}/g, (_, expression: string) => {
    const value = compile(expression)(closed(scope))
    return value === undefined || value === null ? '' : String(value)
  })
}

/** The `data` of a template: names and values without braces of their own. */
export const evaluateData = (text: string, scope: Scope): Scope => {
  const inner = /^\{\{([\s\S]*)\}\}$/.exec(text)?.[1] ?? ''
  return compile(`{${inner}}`)(closed(scope)) as Scope
}
