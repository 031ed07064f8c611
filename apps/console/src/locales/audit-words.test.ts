import { describe, expect, it } from 'vitest'
import { auditObjects as objectsEn } from './en/audit-objects.ts'
import { audit as en } from './en/desk.ts'
import { auditObjects as objectsZh } from './zh/audit-objects.ts'
import { audit as zh } from './zh/desk.ts'

const sources = Object.entries(
  import.meta.glob<string>('../../../server/src/**/*.ts', { query: '?raw', import: 'default', eager: true }),
).filter(([path]) => !path.endsWith('.test.ts'))
const found = (pattern: RegExp): string[] => [
  ...new Set(sources.flatMap(([, text]) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''))),
]

describe.each(Object.entries({ zh: { ...zh, objects: objectsZh }, en: { ...en, objects: objectsEn } }))(
  'words in %s',
  (_language, words) => {
    it('name every act and every object that the server writes into the log', () => {
      const actions = found(/(?:\baction: |\baudit\(tx, (?:\w+, )?)'([a-z_]+\.[a-z_]+)'/g)
      expect(actions.length).toBeGreaterThan(60)
      expect(actions.filter((action) => !(action in words.actions))).toEqual([])
      const objects = found(/\bobjectKind: '([a-z_]+)'/g)
      expect(objects.length).toBeGreaterThan(10)
      expect(objects.filter((kind) => !(kind in words.objects))).toEqual([])
    })
  },
)
