import type { Import, ImportState } from '@jiankangbao/contracts/import/schemas'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../api/client.ts'

/** States in which something happens without anybody doing anything: the page looks again and again. */
const MOVING: readonly ImportState[] = ['waiting', 'checking', 'applying', 'undoing']
const LOOK_MS = 1_000

export const isMoving = ({ state }: Pick<Import, 'state'>): boolean => MOVING.includes(state)

/** One list; read every second while it is worked on. */
export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ['imports', 'one', importId],
    queryFn: () => call('getImport', { params: { importId } }),
    refetchInterval: ({ state }) =>
      state.data && (isMoving(state.data) || state.data.recounting) ? LOOK_MS : 30_000,
  })

export const laboratoriesQuery = queryOptions({
  queryKey: ['laboratories'],
  queryFn: () => call('listLaboratories', {}),
})
