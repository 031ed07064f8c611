import { ApiError } from '@jiankangbao/api-client/client'
import { useQueryClient } from '@tanstack/react-query'
import { useAction } from '../../ui/use-action.ts'

export interface Editing {
  /** Called when somebody else changed the case first: it was read anew. */
  onChanged: () => void
}

const isChanged = (error: unknown): boolean =>
  error instanceof ApiError && error.fields.some(({ reason }) => reason === 'changed')

/** A change of a case as its editor saw it. Where another one was first, the case is read anew and nothing typed is lost. */
export const useCaseAction = <Input, Result>(
  editing: Editing,
  options: {
    run: (input: Input) => Promise<Result>
    done?: string
    onDone?: () => void
  },
) => {
  const client = useQueryClient()
  return useAction({
    refresh: [['cases']],
    ...options,
    run: async (input: Input) => {
      try {
        return await options.run(input)
      } catch (error) {
        if (isChanged(error)) {
          editing.onChanged()
          void client.invalidateQueries({ queryKey: ['cases', 'one'] })
        }
        throw error
      }
    },
  })
}
