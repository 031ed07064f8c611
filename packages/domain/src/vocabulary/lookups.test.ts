import { describe, expect, it } from 'vitest'
import {
  LOOKUP_PURPOSES,
  lookupPurposesOf,
  lookupPurposeWords,
  parseLookupPurpose,
  purposeNeedsText,
  readLookupPurpose,
} from './lookups.ts'

describe('a purpose of looking somebody up', () => {
  it.each([
    ['appeal', '核实群众申诉'],
    ['核实群众申诉', '核实群众申诉'],
    ['appeal: ticket 12', '核实群众申诉：ticket 12'],
    [' hotline ： 工单 2022-031 ', '热线工单办理：工单 2022-031'],
    ['other：失联老人，派出所请求协助', '其他：失联老人，派出所请求协助'],
    ['other: time 12:30, at the station', '其他：time 12:30, at the station'],
  ])('%s is kept as %s', (raw, kept) => {
    const read = parseLookupPurpose(raw)
    expect(read && lookupPurposeWords(read)).toBe(kept)
    // What was kept reads as itself.
    expect(parseLookupPurpose(kept)).toEqual(read)
  })

  it.each([
    'xx',
    '',
    '：',
    '查询',
    'other',
    'other：',
    'other：xx',
    'other：11111',
    'other：……………',
    'appeal：x',
    'constructor',
    `other：${'查'.repeat(200)}`,
  ])('%s is none', (raw) => {
    expect(parseLookupPurpose(raw)).toBeUndefined()
  })

  it('says why it is none', () => {
    expect(
      ['xx', 'other', 'other：asdf', 'appeal：2022', '其他：工作需要'].map((raw) => readLookupPurpose(raw)),
    ).toEqual(
      ['not_allowed', 'text_required', 'keys_in_a_row', 'numbers_only', 'empty_words'].map((reason) => ({
        ok: false,
        reason,
      })),
    )
  })

  it('belongs to roles: the hotline traces nobody, the auditor audits', () => {
    expect(lookupPurposesOf(['hotline'])).not.toContain('flow')
    expect(lookupPurposesOf(['hotline'])).toContain('hotline')
    expect(lookupPurposesOf(['auditor'])).toEqual(['audit', 'other'])
    expect(lookupPurposesOf(['checker'])).toEqual([])
    expect(LOOKUP_PURPOSES.filter(purposeNeedsText)).toEqual(['other'])
  })
})
