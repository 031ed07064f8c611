import type { HotlineDesk } from '@jiankangbao/contracts/hotline/schemas'
import { DEFAULT_HOTLINE_POLICY } from '@jiankangbao/domain/ticket/hotline'
import i18next, { type i18n } from 'i18next'
import { beforeAll, expect, it } from 'vitest'
import { languages, toResources } from '../../locales/languages.ts'
import { answeredReasons, draftOfReasons } from './notice-of-reasons.ts'

const words: i18n = i18next.createInstance()
beforeAll(async () => {
  await words.init({ lng: 'zh', resources: toResources(languages), interpolation: { escapeValue: false } })
})

const desk = (...keys: string[]) =>
  ({
    policy: DEFAULT_HOTLINE_POLICY,
    lastHour: keys.map((key, at) => ({ key, calls: 9 - at })),
  }) as unknown as HotlineDesk
const draft = (...keys: string[]) =>
  draftOfReasons(
    desk(...keys),
    { zh: words.getFixedT('zh'), en: words.getFixedT('en') },
    '热线中心（示例）',
    '2022-03-21',
  )

it('answers what was asked most, first, in both languages, and is a draft like any other', () => {
  const made = draft('result', 'silent', 'colour', 'gone_code')
  expect(made).toMatchObject({
    title: { zh: '来电较多的问题：查检测结果', en: 'Many ask: Test result' },
    ...{
      issuedBy: { zh: '热线中心（示例）', en: '' },
      issuedOn: '2022-03-21',
      urgent: false,
      sendTexts: false,
    },
  })
  expect(made?.bodyZh.match(/^## .*/gm)).toEqual(['## 查检测结果', '## 解释颜色'])
  expect(made?.bodyEn.match(/^## .*/gm)).toEqual(['## Test result', '## Explained a colour'])
  expect(made?.bodyEn).not.toMatch(/[\u3400-\u9fff]/)
})

it('is none where nothing that was asked has an answer', () => {
  expect(draft()).toBeUndefined()
  expect(draft('silent', 'other')).toBeUndefined()
  expect(answeredReasons(desk('silent', 'policy')).map(({ reason }) => reason.key)).toEqual(['policy'])
})
