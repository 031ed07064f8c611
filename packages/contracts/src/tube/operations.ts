import { heldResultReaders, laboratories, laboratoryStaff } from '../access.ts'
import { operation } from '../operation.ts'

export const operations = {
  pushTubeResults: operation('POST', '/api/v1/partner/tube-results', laboratories),
  listLaboratoryBoxes: operation('GET', '/api/v1/laboratory/boxes', laboratoryStaff),
  receiveBox: operation('POST', '/api/v1/laboratory/receipts', laboratoryStaff),
  recordTubeResults: operation('POST', '/api/v1/laboratory/tube-results', laboratoryStaff),
  listHeldResults: operation('GET', '/api/v1/laboratory/held-results', heldResultReaders),
  decideHeldResult: operation(
    'POST',
    '/api/v1/laboratory/held-results/:tubeResultId/decision',
    heldResultReaders,
  ),
}
