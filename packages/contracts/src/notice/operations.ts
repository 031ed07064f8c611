import { citizens } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listMyNotices: operation('GET', '/api/v1/me/notices', citizens),
  readNotices: operation('POST', '/api/v1/me/notices/reading', citizens),
  getColourTexts: operation('GET', '/api/v1/me/colour-texts', citizens),
  setColourTexts: operation('PUT', '/api/v1/me/colour-texts', citizens),
}
