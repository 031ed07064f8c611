import { queryOptions } from '@tanstack/react-query'

/** Version and commit of the server that answers; undefined where it does not say. */
export const releaseQuery = queryOptions({
  queryKey: ['release'],
  queryFn: async (): Promise<string | null> => {
    const answer = await fetch('/healthz')
    const { version, commit } = (await answer.json()) as { version?: string; commit?: string }
    return version ? `${version} (${commit ?? ''})` : null
  },
  staleTime: 10 * 60_000,
  retry: false,
})
