import { communities, everybody } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listDirectory: operation('GET', '/api/v1/directory', everybody),
  listKeptDirectory: operation('GET', '/api/v1/operator/directory', communities),
  addDirectoryPlace: operation('POST', '/api/v1/operator/directory', communities),
  changeDirectoryPlace: operation('PATCH', '/api/v1/operator/directory/:placeId', communities),
}
