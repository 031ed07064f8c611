import { queryOptions } from '@tanstack/react-query'
import { call } from './client.ts'

/** What the city set for all clients: its name, its hotline. Open to everybody. */
export const clientConfigQuery = queryOptions({
  queryKey: ['client-config'],
  queryFn: () => call('getClientConfig', {}),
  staleTime: 60 * 60_000,
})
