import { describe, expect, it } from 'vitest'
import { saysNothing } from './telling-text.ts'

describe('a text that somebody was made to write', () => {
  it.each([
    '工单 12',
    '工单 2022-031',
    'ticket 12',
    '投诉 12 号',
    '年度审计',
    '协查函要求核对共同居住人',
    '失联老人，派出所请求协助',
    'time 12:30, at the station',
    '核实同住人的检测结果',
    '测试报告有误，本人来电',
    '派出所来函 12345',
    'The daughter called: her mother fell ill',
    'تەكشۈرۈش 12',
  ])('%s says something', (text) => {
    expect(saysNothing(text)).toBeUndefined()
  })

  it.each([
    ['', 'too_short'],
    ['xx', 'too_short'],
    ['……………', 'too_short'],
    ['a b!', 'too_short'],
    ['11111', 'numbers_only'],
    ['2022-031', 'numbers_only'],
    ['13800000001', 'numbers_only'],
    ['aaaa', 'repeats'],
    ['aabbaabb', 'repeats'],
    ['工单工单', 'repeats'],
    ['测试测试测试', 'repeats'],
    ['abcxabcx', 'repeats'],
    ['aaaabbbbbcccccc', 'repeats'],
    ['asdf', 'keys_in_a_row'],
    ['QWERTY 123', 'keys_in_a_row'],
    ['abcdefg', 'keys_in_a_row'],
    ['gfdsa hjkl', 'keys_in_a_row'],
    ['一二三四五', 'keys_in_a_row'],
    ['工作需要', 'empty_words'],
    ['核实查询', 'empty_words'],
    ['测试一下 12', 'empty_words'],
    ['test 4711', 'empty_words'],
    ['other reason', 'empty_words'],
    ['无其他原因', 'empty_words'],
  ])('%s says nothing: %s', (text, why) => {
    expect(saysNothing(text)).toBe(why)
  })
})
