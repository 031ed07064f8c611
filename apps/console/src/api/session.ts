import type { OperationName } from '@jiankangbao/contracts/operations'
import type { OperatorMe } from '@jiankangbao/contracts/operator/schemas'
import { queryOptions } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { mayCall } from './access.ts'
import { call } from './client.ts'
import { keepNoWork } from './stored.ts'

/** Work from home leaves nothing on the machine. */
export const settleKeeping = (me: OperatorMe): OperatorMe => {
  if (me.roles.includes('hotline')) keepNoWork()
  return me
}

/** Who is signed in; 401 where nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async () => settleKeeping(await call('getOperatorMe', {})),
  staleTime: 5 * 60_000,
})

export const SessionContext = createContext<OperatorMe | undefined>(undefined)

/** The signed-in operator. Throws outside the pages that need one. */
export const useMe = (): OperatorMe => {
  const me = useContext(SessionContext)
  if (!me) throw new Error('no operator is signed in here')
  return me
}

/** Whether the signed-in operator may call an operation: decides which buttons exist. The server decides again. */
export const useMay = (): ((name: OperationName) => boolean) => {
  const { roles } = useMe()
  return (name) => mayCall(roles, name)
}
