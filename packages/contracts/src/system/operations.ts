import { systemReaders } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  getSystemState: operation('GET', '/api/v1/operator/system', systemReaders),
}
