import type { HostParts } from './host.ts'
import type { Owner, Shown } from './templates.ts'

/** All text of an element, as one reads it. */
export const textOf = (shown: Shown): string =>
  shown.tag === '#text'
    ? shown.text
    : shown.tag === 'text' && shown.children.length === 0
      ? String(shown.attributes.value ?? '')
      : shown.children.map(textOf).join(isLine(shown) ? ' ' : '')

const isLine = ({ tag }: Shown): boolean => tag === 'view' || tag === 'label'

/** Every element, the outer before the inner; what is hidden is not there. */
export const elements = (all: Shown[]): Shown[] =>
  all.flatMap((shown) => (shown.attributes.hidden === true ? [] : [shown, ...elements(shown.children)]))

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** The elements whose text is this one, or matches; the innermost last. */
export const withText = (all: Shown[], text: string | RegExp): Shown[] =>
  elements(all).filter((shown) => {
    const has = flat(textOf(shown))
    return typeof text === 'string' ? has === text : text.test(has)
  })

const isOff = (shown: Shown | undefined): boolean =>
  shown !== undefined &&
  ((shown.tag === 'button' && isTrue(shown.attributes.disabled)) || isOff(shown.parent))

const isTrue = (value: unknown): boolean => value === true || value === 'true'

const pointAt = (shown: Shown) => {
  const sid = shown.attributes['data-sid']
  const id = String(shown.attributes.id ?? '')
  return { id, offsetLeft: 0, offsetTop: 0, tagName: shown.tag, dataset: { sid } }
}

/** Delivers events as the hosts do: to the element and those around it, as far as something catches them. */
export const createFingers = ({ realm, call, clock }: Pick<HostParts, 'realm' | 'call' | 'clock'>) => {
  const deliver = (shown: Shown, type: string, detail: object, bubbles: boolean): boolean => {
    let heard = false
    for (let at: Shown | undefined = shown; at; at = at.parent) {
      const handler = at.handlers[type.toLowerCase()]
      if (!handler) {
        if (!bubbles) break
        continue
      }
      heard = true
      const target = pointAt(shown)
      const event = {
        type,
        timeStamp: clock.now() % 1e7,
        target,
        currentTarget: pointAt(at),
        mark: {},
        detail,
        touches: [],
        changedTouches: [],
      }
      const owner = at.owner as Owner
      call(owner[handler.method], owner, realm().into(event))
      if (handler.catch || !bubbles) break
    }
    return heard
  }
  return {
    /** @returns whether anything heard of it */
    tap: (shown: Shown): boolean => !isOff(shown) && deliver(shown, 'tap', { x: 10, y: 10 }, true),
    /** Types into a field what its keyboard can type, as far as there is room. */
    type: (shown: Shown, text: string): void => {
      if (shown.tag !== 'input' && shown.tag !== 'textarea')
        throw new Error(`nothing can be typed into <${shown.tag}>`)
      if (isTrue(shown.attributes.disabled)) throw new Error('the field is off')
      const kind = String(shown.attributes.type || 'text')
      const keys = { number: /^[0-9]*$/, digit: /^[0-9.]*$/, idcard: /^[0-9Xx]*$/ }[kind]
      if (keys && !keys.test(text)) throw new Error(`the keyboard "${kind}" has not all of ${text}`)
      const most = Number(shown.attributes.maxlength ?? 140)
      const value = most >= 0 ? text.slice(0, most) : text
      deliver(shown, 'focus', { value: String(shown.attributes.value ?? ''), height: 250 }, false)
      deliver(shown, 'input', { value, cursor: value.length, keyCode: 0 }, false)
      deliver(shown, 'blur', { value, cursor: value.length }, false)
    },
  }
}
