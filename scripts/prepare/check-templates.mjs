import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inProject } from '../project.mjs'
import { listFiles } from './source-hash.mjs'

const ENDINGS = { weapp: '.wxml', alipay: '.axml' }

/** What Taro's plugin for HTML makes of an element that is not plain text or block. */
const COMPONENTS = {
  a: ['navigator'],
  img: ['image'],
  iframe: ['web-view'],
  input: ['input'],
}
const ALIKE = new Set(['audio', 'button', 'canvas', 'form', 'label', 'progress', 'slot', 'textarea', 'video'])

/**
 * A mini program draws an element by the template of its component, and silently nothing where there is none. Templates are
 * made for what the build saw, so each element of the built scripts is looked for in the built templates.
 * @param {string} directory of the built target
 * @param {'weapp' | 'alipay'} target
 * @throws Error naming every element that nothing would draw
 */
export const checkTemplates = async (directory, target) => {
  const templates = await readFile(join(directory, `base${ENDINGS[target]}`), 'utf8').catch(() => '')
  const scripts = (await listFiles([directory])).filter((path) => path.endsWith('.js'))
  const elements = new Set()
  for (const path of scripts)
    for (const [, element] of (await readFile(path, 'utf8')).matchAll(/\bjsxs?\)?\("([a-zA-Z][\w-]*)"/g))
      elements.add(element)
  const known = await knownElements()
  const missing = [...elements].filter((element) => {
    const components = componentsOf(element, known)
    return components.length === 0 || components.some((each) => !hasTemplate(templates, each))
  })
  if (elements.size === 0) missing.push('(no element at all)')
  if (missing.length > 0)
    throw new Error(`Elements of citizen ${target} that no template draws: ${missing.sort().join(', ')}`)
}

const hasTemplate = (templates, component) =>
  new RegExp(`<template name="tmpl_\\d+_[\\w-]+">\\s*<${component}[\\s>]`).test(templates)

const componentsOf = (element, { inline, block }) => {
  if (COMPONENTS[element]) return COMPONENTS[element]
  if (ALIKE.has(element)) return [element]
  if (inline.has(element)) return ['text']
  return block.has(element) ? ['view'] : []
}

/** The two lists of elements in the runtime of Taro's plugin for HTML, as the build left them. */
const knownElements = async () => {
  const runtime = await readFile(inProject('node_modules/@tarojs/plugin-html/dist/runtime.js'), 'utf8')
  const listOf = (name) => {
    const found = new RegExp(`${name}Elements = new Set\\(\\[([^\\]]*)\\]`).exec(runtime)
    return new Set(JSON.parse(`[${found[1].replaceAll("'", '"')}]`))
  }
  return { inline: listOf('inline'), block: listOf('block') }
}
