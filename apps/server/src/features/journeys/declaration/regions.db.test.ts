import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../../../test/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

it('regions are named in both languages, those of the whole country too', async () => {
  const regions = async (query: string) =>
    (await app.http.inject({ url: `/api/v1/regions${query}` })).json().regions as { code: string }[]
  expect(await regions('')).toContainEqual({
    code: '540000',
    name: '西藏自治区',
    nameEn: 'Xizang (Tibet) Autonomous Region',
  })
  expect(await regions('?parent=320000')).toContainEqual({
    code: '320300',
    name: '徐州市',
    nameEn: 'Xuzhou City',
  })
  expect(await regions('?parent=150100')).toContainEqual(
    expect.objectContaining({ name: '土默特左旗', nameEn: 'Tumed Left Banner' }),
  )
})
