import { describe, expect, it } from 'vitest'
import { parseDocumentNumber } from '../written/document-number.ts'
import { type DocumentType, residentIdCheckCharacter } from '../written/document-types.ts'
import { issuesOf, lifelongNumber, regionOfDocument } from './lifelong.ts'
import { likenessOf, mayBeOnePerson, mayBeSameName } from './same-person.ts'

const withCheck = (first17: string) => first17 + residentIdCheckCharacter(first17)
const read = (type: DocumentType, text: string) => {
  const parsed = parseDocumentNumber(type, text, { todayOn: '2026-01-01' })
  if (!parsed.ok) throw new Error(`${text}: ${parsed.reason}`)
  return parsed.number
}

describe('the lifelong part of a number', () => {
  it.each<[DocumentType, string, string]>([
    ['hk_macao_permit', 'H1234567800', 'H12345678'],
    ['hk_macao_permit', 'h1234567899', 'H12345678'],
    ['hk_macao_permit', 'H12345678', 'H12345678'],
    ['hk_macao_permit', 'M0012345601', 'M00123456'],
    ['hk_macao_permit', 'HA1234567', 'HA1234567'],
    ['hk_macao_permit', 'MA1234567', 'MA1234567'],
    ['taiwan_permit', '0123456701(B)', '01234567'],
    ['taiwan_permit', '0123456702', '01234567'],
    ['taiwan_permit', '01234567', '01234567'],
    ['passport', 'E12345678', 'E12345678'],
    ['foreign_permanent_resident', 'USA110084071701', 'USA110084071701'],
    ['resident_id', withCheck('81000019900101001'), withCheck('81000019900101001')],
  ])('%s %s: %s', (type, text, lifelong) => {
    const number = read(type, text)
    expect(lifelongNumber(type, number)).toBe(lifelong)
    const issues = issuesOf(type, number)
    if (number !== lifelong) expect(issues).toContain(number)
    expect(new Set(issues.map((issue) => lifelongNumber(type, issue))).size).toBeLessThanOrEqual(1)
  })
  it('takes the letters of the 2024 kind where they stand, and no others', () => {
    for (const text of ['HB1234567', 'AH1234567', 'HA12345678', 'HA123456789'])
      expect(parseDocumentNumber('hk_macao_permit', text, { todayOn: '2026-01-01' }).ok, text).toBe(false)
  })
})

describe('whose the holder is', () => {
  it.each<[DocumentType, string, string | undefined, string | undefined]>([
    ['resident_id', withCheck('32030219900101001'), undefined, 'CHN'],
    ['resident_id', withCheck('81000019900101001'), undefined, 'HKG'],
    ['resident_id', withCheck('82000019900101001'), undefined, 'MAC'],
    ['resident_id', withCheck('83000019900101001'), undefined, 'TWN'],
    ['hk_macao_permit', 'H12345678', undefined, 'HKG'],
    ['hk_macao_permit', 'M12345678', undefined, 'MAC'],
    ['taiwan_permit', '12345678', undefined, 'TWN'],
    ['passport', 'E12345678', 'FRA', 'FRA'],
    ['foreign_permanent_resident', 'USA110084071701', undefined, 'USA'],
    ['foreign_permanent_resident', withCheck('91184019840717001'), undefined, 'USA'],
    ['foreign_permanent_resident', withCheck('93225019840717001'), undefined, 'FRA'],
    ['foreign_permanent_resident', withCheck('93299919840717001'), undefined, undefined],
  ])('%s %s %s: %s', (type, number, country, region) => {
    expect(regionOfDocument(type, number, country)).toBe(region)
  })
})

describe('who may be one person', () => {
  it.each([
    ['张三', '张三', true],
    ['张三', '李四', false],
    ['SMITH JOHN', 'John Smith', true],
    ['JOHN PAUL SMITH', 'Smith John', true],
    ['Zoë Durand', 'ZOE DURAND', true],
    ['O’Neil Mary-Ann', 'MARYANN ONEIL', true],
    ['LI XIAOMING', 'Li Xiao Ming', true],
    ['John Smith', 'John Miller', false],
    ['John', 'John Smith', false],
    ['陈大文', 'CHAN TAI MAN', true],
    ['𬱖川', '𬱖川', true],
    ['买买提·阿里', '买买提阿里', true],
  ])('%s and %s: %s', (one, other, same) => {
    expect(mayBeSameName(one, other)).toBe(same)
    expect(mayBeSameName(other, one)).toBe(same)
  })
  it('never takes two resident numbers for one person', () => {
    const resident = { documentType: 'resident_id', name: '张三' } as const
    expect(mayBeOnePerson(resident, resident)).toBe(false)
    expect(mayBeOnePerson(resident, { ...resident, documentType: 'passport' })).toBe(true)
  })
  it('looks up by region and birth date, on the mainland by name too, and never without them', () => {
    const person = { name: 'John Smith', region: 'USA', birthOn: '1990-01-01' }
    expect(likenessOf(person)).toBe(likenessOf({ ...person, name: '约翰' }))
    expect(likenessOf({ ...person, region: 'CAN' })).not.toBe(likenessOf(person))
    expect(likenessOf({ ...person, region: 'CHN', name: '张三' })).not.toBe(
      likenessOf({ ...person, region: 'CHN', name: '李四' }),
    )
    expect(likenessOf({ ...person, birthOn: undefined })).toBeUndefined()
    expect(likenessOf({ ...person, region: undefined })).toBeUndefined()
  })
})
