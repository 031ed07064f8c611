import { expect, it } from 'vitest'
import { correctedFields, maskData, type PersonalData } from './correction.ts'

const before: PersonalData = {
  name: '张小明',
  documentType: 'passport',
  documentNumber: 'E12345678',
  birthOn: '1990-06-15',
}

it.each([
  [{}, ''],
  [{ name: '张晓明' }, 'name'],
  [{ birthOn: '1990-06-16' }, 'birth_date'],
  [{ phone: '+8613812345678' }, 'phone'],
  [{ documentType: 'hk_macao_permit', documentNumber: 'H12345678' }, 'document_type document_number'],
] as const)('%j puts right: %s', (more, fields) =>
  expect(correctedFields(before, { ...before, ...more }).join(' ')).toBe(fields),
)

it('learns a birth date without calling it wrong', () => {
  expect(correctedFields({ ...before, birthOn: undefined }, before)).toEqual([])
})

it('asks for no change of a number that is not given', () => {
  const known = { ...before, phone: '+8613812345678' }
  expect(correctedFields(known, before)).toEqual([])
  expect(correctedFields(known, { ...known, phone: '+8613912345678', name: '张晓明' })).toEqual([
    'name',
    'phone',
  ])
})

it('shows no more than masks', () => {
  expect(maskData({ ...before, phone: '+8613812345678' })).toEqual({
    nameMasked: '张**',
    documentType: 'passport',
    documentNumberMasked: 'E1*****78',
    birthMasked: '1990-**-**',
    phoneMasked: '138****5678',
  })
})
