import { describe, expect, it } from 'vitest'
import {
  applicationBody,
  applicationFaults,
  changedFields,
  emptyShop,
  ownFaults,
  readPoints,
} from './shop-form.ts'

const full = {
  ...emptyShop,
  name: ' 云上小店 ',
  kind: 'retail',
  where: { code: '320302', name: '鼓楼区' },
  address: '虚构路 1 号',
  responsible: '王小二',
  phone: '13900000000',
}

describe('the form of a shop', () => {
  it('reads doors as people write them, each once', () => {
    expect(readPoints('正门、后门，侧门', '入口')).toEqual(['正门', '后门', '侧门'])
    expect(readPoints(' 正门 ; 正门 / ', '入口')).toEqual(['正门'])
    expect(readPoints('  ', '入口')).toEqual(['入口'])
    expect(readPoints(Array.from({ length: 60 }, (_, at) => `门${at}`).join('、'), '入口')).toHaveLength(40)
  })

  it('names what is missing, and a licence with a wrong digit', () => {
    expect(applicationFaults(full)).toEqual({})
    expect(applicationFaults({ ...emptyShop, licence: '91320300MA1X00000X' })).toEqual({
      name: 'required',
      kind: 'required',
      address: 'required',
      responsible: 'required',
      phone: 'required',
      where: 'choose',
      licence: 'check_digit',
    })
  })

  it('says that there are too many doors, instead of leaving some out', () => {
    const doors = (count: number) => Array.from({ length: count }, (_, at) => at).join('、')
    expect(applicationFaults({ ...full, points: doors(40) })).toEqual({})
    expect(applicationFaults({ ...full, points: doors(41) })).toEqual({ points: 'too_many' })
  })

  it('sends what is filled in and nothing else', () => {
    const body = applicationBody(full, 'id', '入口')
    expect(body).toMatchObject({ name: '云上小店', points: ['入口'], kind: 'retail' })
    expect(body).not.toHaveProperty('creditCode')
    expect(changedFields({ ...emptyShop, address: ' 新路 2 号 ' })).toEqual({ address: '新路 2 号' })
    expect(changedFields(emptyShop)).toEqual({})
  })

  it('shows the server’s refusals at its own fields', () => {
    expect(ownFaults({ responsiblePhone: 'format', 'points.0': 'too_long', name: 'required' })).toEqual({
      phone: 'format',
      points: 'too_long',
      name: 'required',
    })
  })
})
