import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import vm from 'node:vm'
import { evaluate, evaluateData } from './expression.ts'
import { type Markup, parseMarkup } from './markup.ts'

/** What gets the events of an element: a page or a component with the methods that its template names. */
export interface Owner {
  [method: string]: unknown
}

/** An element as it is on the screen. */
export interface Shown {
  tag: string
  text: string
  attributes: Record<string, unknown>
  /** Event name (`tap`, `input`) → method of the owner; `catch` keeps it from the elements around. */
  handlers: Record<string, { method: string; catch: boolean }>
  children: Shown[]
  parent: Shown | undefined
  owner: Owner
}

type Scope = Record<string, unknown>
interface Template {
  nodes: (Markup | string)[]
  modules: Scope
}
interface TemplateFile {
  nodes: (Markup | string)[]
  modules: Scope
  templates: Map<string, Template>
}

export interface ComponentUse {
  /** File without ending, from the root of the program. */
  path: string
  properties: Record<string, unknown>
}

export interface RenderParts {
  root: string
  /** Told of what a host would pass over in silence. */
  onProblem: (problem: string) => void
  /** The instance of a custom component at this place of the page. */
  component: (use: ComponentUse, place: string) => { owner: Owner; data: Scope }
}

const HANDLER = /^(?:capture-)?(bind|catch|on)(?::)?([A-Z]?[a-zA-Z]+)$/

/** Reads and draws the built templates of one program. */
export const createTemplates = ({ root, onProblem, component }: RenderParts) => {
  const files = new Map<string, TemplateFile>()

  const loadModule = (path: string): unknown => {
    const source = readFileSync(join(root, path), 'utf8').replace(/^\s*export default/m, 'module.exports =')
    const module = { exports: {} as unknown }
    vm.runInNewContext(source, { module })
    return module.exports
  }

  /** Takes one element at the top of a file in. */
  const take = (file: TemplateFile, folder: string, node: Markup): void => {
    const { tag, attributes, children } = node
    if (tag === 'wxs') file.modules[attributes.module ?? ''] = loadModule(join(folder, attributes.src ?? ''))
    else if (tag === 'import-sjs')
      file.modules[attributes.name ?? ''] = loadModule(join(folder, attributes.from ?? ''))
    else if (tag === 'template' && attributes.name !== undefined)
      file.templates.set(attributes.name, { nodes: children, modules: file.modules })
    else if (tag === 'import')
      for (const [name, template] of load(join(folder, attributes.src ?? '')).templates)
        file.templates.set(name, template)
    else file.nodes.push(node)
  }

  const load = (path: string): TemplateFile => {
    const known = files.get(path)
    if (known) return known
    const file: TemplateFile = { nodes: [], modules: {}, templates: new Map() }
    files.set(path, file)
    for (const node of parseMarkup(readFileSync(join(root, path), 'utf8'))) take(file, dirname(path), node)
    return file
  }

  /** Draws a page or component with its data. */
  const draw = (path: string, data: Scope, owner: Owner, uses: Record<string, string>): Shown[] => {
    const file = load(path)
    let places = 0

    const drawAll = (
      nodes: (Markup | string)[],
      scope: Scope,
      modules: Scope,
      parent: Shown | undefined,
    ): Shown[] =>
      nodes.flatMap((node) => {
        if (typeof node === 'string')
          return [textOf(String(evaluate(node, { ...modules, ...scope })), parent)]
        const list = node.attributes['wx:for'] ?? node.attributes['a:for']
        if (list === undefined) return drawOne(node, scope, modules, parent)
        const items = evaluate(list, { ...modules, ...scope })
        return (Array.isArray(items) ? items : []).flatMap((item, index) =>
          drawOne(node, { ...scope, item, index }, modules, parent),
        )
      })

    const textOf = (text: string, parent: Shown | undefined): Shown => ({
      tag: '#text',
      text,
      attributes: {},
      handlers: {},
      children: [],
      parent,
      owner,
    })

    const drawTemplate = (node: Markup, all: Scope, scope: Scope, parent: Shown | undefined): Shown[] => {
      const name = String(evaluate(node.attributes.is ?? '', all))
      const template = file.templates.get(name)
      if (template)
        return drawAll(
          template.nodes,
          evaluateData(node.attributes.data ?? '', all),
          template.modules,
          parent,
        )
      onProblem(`no template ${name} for ${JSON.stringify(scope.item ?? scope.i)?.slice(0, 200)}`)
      return []
    }

    const drawOne = (node: Markup, scope: Scope, modules: Scope, parent: Shown | undefined): Shown[] => {
      const all = { ...modules, ...scope }
      const condition = node.attributes['wx:if'] ?? node.attributes['a:if']
      if (condition !== undefined && !evaluate(condition, all)) return []
      if (node.tag === 'block') return drawAll(node.children, scope, modules, parent)
      if (node.tag === 'template') return drawTemplate(node, all, scope, parent)
      const shown = elementOf(node, all, parent)
      const used = uses[node.tag]
      if (used === undefined) shown.children = drawAll(node.children, scope, modules, shown)
      else shown.children = drawComponent(used, shown)
      return [shown]
    }

    const drawComponent = (path: string, shown: Shown): Shown[] => {
      places += 1
      const made = component({ path, properties: shown.attributes }, String(places))
      const config = JSON.parse(readFileSync(join(root, `${path}.json`), 'utf8')) as {
        usingComponents?: Record<string, string>
      }
      const inner = draw(
        `${path}${path.includes('.') ? '' : '.wxml'}`,
        made.data,
        made.owner,
        resolveUses(path, config.usingComponents),
      )
      for (const each of inner) each.parent = shown
      return inner
    }

    const elementOf = (node: Markup, scope: Scope, parent: Shown | undefined): Shown => {
      const shown: Shown = {
        tag: node.tag,
        text: '',
        attributes: {},
        handlers: {},
        children: [],
        parent,
        owner,
      }
      for (const [name, value] of Object.entries(node.attributes)) {
        const handler = HANDLER.exec(name)
        if (handler && value === 'eh')
          shown.handlers[(handler[2] ?? '').toLowerCase()] = {
            method: value,
            catch: handler[1] === 'catch' || name.startsWith('catch'),
          }
        else if (name.startsWith('catch') && value === 'eh')
          shown.handlers[name.slice(5).toLowerCase()] = { method: value, catch: true }
        else shown.attributes[name] = evaluate(value, scope)
      }
      return shown
    }

    return drawAll(file.nodes, data, file.modules, undefined)
  }
  return { draw }
}

/** The components that a page or component names, as paths from the root. */
export const resolveUses = (path: string, uses: Record<string, string> = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(uses).map(([name, file]) => [
      name,
      file.startsWith('/') ? file.slice(1) : join(dirname(path), file),
    ]),
  )
