import { describe, expect, it } from 'vitest'
import { emptyIdentity, identityBody, identityFaults } from './document-values.ts'

const now = Date.parse('2026-03-01T00:00:00Z')
const person = { ...emptyIdentity, name: '张三', documentNumber: '11010519491231002X' }

describe('identity values', () => {
  it('ask for what is missing, field by field', () => {
    expect(identityFaults(emptyIdentity, { now })).toEqual({ name: 'empty', documentNumber: 'required' })
    expect(identityFaults({ ...emptyIdentity, documentType: 'passport' }, { now })).toEqual({
      name: 'empty',
      documentNumber: 'required',
      birthOn: 'required',
      country: 'country',
    })
    expect(
      identityFaults(
        { ...person, documentType: 'passport', documentNumber: 'E12345678' },
        { brief: true, now },
      ),
    ).toEqual({})
  })

  it('send a resident ID without birth date and country, normalised', () => {
    expect(
      identityBody({ ...person, documentNumber: ' 11010519491231002x', birthOn: '19491231' }, now),
    ).toEqual({
      name: '张三',
      documentType: 'resident_id',
      documentNumber: '11010519491231002X',
    })
  })

  it('refuse births that do not exist or lie ahead', () => {
    const permit = { ...person, documentType: 'taiwan_permit' as const, documentNumber: '12345678' }
    expect(identityFaults({ ...permit, birthOn: '19970229' }, { now })).toEqual({ birthOn: 'format' })
    expect(identityFaults({ ...permit, birthOn: '20260302' }, { now })).toEqual({ birthOn: 'in_future' })
    expect(identityBody({ ...permit, birthOn: '1996/02/29' }, now)).toMatchObject({ birthOn: '1996-02-29' })
  })
})
