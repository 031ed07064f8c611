import { boardReaders, everybody, wallKeepers } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  getBoard: operation('GET', '/api/v1/operator/board', boardReaders),
  beginWall: operation('POST', '/api/v1/board-walls', everybody),
  readWall: operation('POST', '/api/v1/board-wall-readings', everybody),
  listWalls: operation('GET', '/api/v1/operator/board-walls', wallKeepers),
  pairWall: operation('POST', '/api/v1/operator/board-walls', wallKeepers),
  endWall: operation('DELETE', '/api/v1/operator/board-walls/:wallId', wallKeepers),
}
