import { citizens, citizensUnproved } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  createFaceCheck: operation('POST', '/api/v1/face-checks', citizensUnproved),
  register: operation('POST', '/api/v1/me/registration', citizens),
  getMe: operation('GET', '/api/v1/me', citizens),
}
