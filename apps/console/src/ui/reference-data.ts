import type { Division } from '@jiankangbao/contracts/city/schemas'
import { ABOUT_VENUE_KINDS, VENUE_KINDS } from '@jiankangbao/domain/decision/venue-kind'
import { queryOptions } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { call } from '../api/client.ts'
import type { Texts } from '../locales/languages.ts'

export interface TreeOption {
  value: string
  title: string
  children: TreeOption[]
}

export const divisionsQuery = queryOptions({
  queryKey: ['divisions'],
  queryFn: () => call('listDivisions', {}),
  staleTime: 60 * 60_000,
})

/** The name of a division in the languages that the register has. */
export const textsOf = ({ name, nameEn }: Division): Texts => ({ zh: name, en: nameEn })

/** Divisions as a tree; one whose parent is not listed stands at the top. */
export const toDivisionTree = (
  divisions: readonly Division[],
  read: (texts: Texts) => string,
): TreeOption[] => {
  const options = new Map<string, TreeOption>()
  for (const division of divisions)
    options.set(division.code, {
      value: division.code,
      title: read(textsOf(division)),
      children: [],
    })
  return attach(
    divisions.map(({ code, parentCode }) => ({ key: code, parent: parentCode })),
    options,
  )
}

/** Venue kinds as a tree, in words. */
export const toKindTree = (t: TFunction): TreeOption[] => {
  const options = new Map<string, TreeOption>()
  for (const kind of VENUE_KINDS)
    options.set(kind, { value: kind, title: t(`domain.kinds.${kind}`), children: [] })
  return attach(
    VENUE_KINDS.map((kind) => ({ key: kind, parent: ABOUT_VENUE_KINDS[kind].within ?? undefined })),
    options,
  )
}

const attach = (
  nodes: readonly { key: string; parent: string | undefined }[],
  options: Map<string, TreeOption>,
): TreeOption[] => {
  const top: TreeOption[] = []
  for (const { key, parent } of nodes) {
    const option = options.get(key)
    const above = parent === undefined ? undefined : options.get(parent)
    if (option) (above?.children ?? top).push(option)
  }
  return top
}

/** The words for a venue kind; an unknown key shows as it is. Keys may carry the way down the tree (`a.b`). */
export const wordKind = (t: TFunction, kind: string): string => {
  const key = kind.split('.').at(-1) ?? kind
  return t(`domain.kinds.${key}`, { defaultValue: kind })
}
