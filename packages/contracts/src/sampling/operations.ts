import { samplers } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  listSamplingSites: operation('GET', '/api/v1/sampling/sites', samplers),
  getSamplingShift: operation('GET', '/api/v1/sampling/shift', samplers),
  startSamplingShift: operation('POST', '/api/v1/sampling/shifts', samplers),
  endSamplingShift: operation('POST', '/api/v1/sampling/shifts/:shiftId/end', samplers),
  openTube: operation('POST', '/api/v1/sampling/tubes', samplers),
  recordSample: operation('POST', '/api/v1/sampling/samples', samplers),
  undoSample: operation('POST', '/api/v1/sampling/undos', samplers),
  sealTube: operation('POST', '/api/v1/sampling/seals', samplers),
  listTubeMoves: operation('GET', '/api/v1/sampling/tube-moves', samplers),
  proposeTubeMove: operation('POST', '/api/v1/sampling/tube-moves', samplers),
  decideTubeMove: operation('POST', '/api/v1/sampling/tube-moves/:moveId/decision', samplers),
  listSamplingRosters: operation('GET', '/api/v1/sampling/rosters', samplers),
  openSamplingRoster: operation('POST', '/api/v1/sampling/rosters/:rosterId/call', samplers),
  listCalledStates: operation('GET', '/api/v1/sampling/rosters/:rosterId/states', samplers),
  markAbsent: operation('PUT', '/api/v1/sampling/rosters/:rosterId/places/:place/absence', samplers),
  packTube: operation('POST', '/api/v1/sampling/packings', samplers),
  handOverBox: operation('POST', '/api/v1/sampling/hand-overs', samplers),
  listBoxes: operation('GET', '/api/v1/sampling/boxes', samplers),
}
