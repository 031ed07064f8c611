import { expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { cloudFaults } from './provider-faults.ts'
import { findSettingsFaults } from './settings-faults.ts'

const DATABASE_URL = 'postgres://jkb_app@127.0.0.1/jkb'
const TEMPLATES =
  'sign_in_code=1,news=2,announcement=3,identity_moved=4,objection_decided=5,operator_activation=6'
const RIGHT = {
  DATABASE_URL,
  DEMO: 'false',
  SMS_PROVIDERS: 'aliyun,tencent',
  IDENTITY_PROVIDERS: 'aliyun',
  FACE_PROVIDERS: 'tencent',
  ALIYUN_ACCESS_KEY_ID: 'LTAI-of-the-city',
  ALIYUN_ACCESS_KEY_SECRET: 'handed-out',
  ALIYUN_SMS_SIGN: '示例市健康宝',
  ALIYUN_SMS_TEMPLATES: TEMPLATES,
  TENCENT_SECRET_ID: 'AKID-of-the-city',
  TENCENT_SECRET_KEY: 'handed-out',
  TENCENT_SMS_APP_ID: '1400000000',
  TENCENT_SMS_SIGN: '示例市健康宝',
  TENCENT_SMS_TEMPLATES: TEMPLATES,
  PROVIDER_PRICES: 'sms_aliyun=0.045',
  PROVIDER_BUDGETS: 'sms_aliyun=2000',
  SMS_RECEIPT_KEY: 'a-long-key-nobody-guesses-42',
}
const faultsOf = (change: Record<string, string>) =>
  cloudFaults(readConfig({ ...RIGHT, ...change })).map(({ where }) => where)

it('says nothing where everything is set, and asks for no address that is not used', () => {
  expect(faultsOf({})).toEqual([])
  const all = findSettingsFaults(readConfig(RIGHT)).map(({ where }) => where)
  for (const name of ['SMS_URL', 'SMS_TOKEN', 'IDENTITY_URL', 'FACE_URL']) expect(all).not.toContain(name)
  expect(all).toContain('TRAVEL_CARD_URL')
})

it.each([
  [{ ALIYUN_ACCESS_KEY_ID: '' }, ['ALIYUN_ACCESS_KEY_ID']],
  [{ ALIYUN_ACCESS_KEY_SECRET: 'sandbox-aliyun-secret' }, ['ALIYUN_ACCESS_KEY_SECRET']],
  [{ TENCENT_SECRET_KEY: ' ' }, ['TENCENT_SECRET_KEY']],
  [{ ALIYUN_SMS_URL: 'http://dysmsapi.aliyuncs.com' }, ['ALIYUN_SMS_URL']],
  [{ ALIYUN_SMS_URL: 'https://proxy.example.gov.cn/aliyun' }, ['ALIYUN_SMS_URL']],
  [{ TENCENT_SMS_URL: 'http://127.0.0.1:8090' }, ['TENCENT_SMS_URL']],
  [{ ALIYUN_SMS_SIGN: '' }, ['ALIYUN_SMS_SIGN']],
  [{ TENCENT_SMS_APP_ID: '' }, ['TENCENT_SMS_APP_ID']],
  [{ TENCENT_SMS_TEMPLATES: 'sign_in_code=1' }, ['TENCENT_SMS_TEMPLATES']],
  [{ FACE_PROVIDERS: 'aliyun' }, ['ALIYUN_FACE_SCENE']],
  [{ PROVIDER_PRICES: '' }, ['PROVIDER_BUDGETS']],
  [{ SMS_RECEIPT_KEY: 'short' }, ['SMS_RECEIPT_KEY']],
])('refuses %j', (change, where) => {
  expect(faultsOf(change)).toEqual(where)
})

it('a cloud that is not asked needs nothing', () => {
  const none = { SMS_PROVIDERS: 'http', IDENTITY_PROVIDERS: 'http', FACE_PROVIDERS: 'http' }
  expect(faultsOf({ ...none, ALIYUN_ACCESS_KEY_ID: '', TENCENT_SECRET_ID: '', ALIYUN_SMS_SIGN: '' })).toEqual(
    [],
  )
})
