import type { Transport } from '@jiankangbao/api-client/client'
import { createFetchTransport } from '@jiankangbao/api-client/fetch-transport'

export const createTransport = (): Transport => createFetchTransport()
