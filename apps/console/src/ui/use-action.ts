import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'

interface Options<Input, Result> {
  run: (input: Input) => Promise<Result>
  /** Said once it is done. */
  done?: string
  /** Lists and things that it changed. */
  refresh: readonly (readonly unknown[])[]
  onDone?: (result: Result, input: Input) => void
}

/** One change: runs it, says so, and has everything read anew that it touched. Errors are shown where it was asked. */
export const useAction = <Input, Result>({ run, done, refresh, onDone }: Options<Input, Result>) => {
  const client = useQueryClient()
  const { message } = App.useApp()
  return useMutation({
    mutationFn: run,
    onSuccess: (result, input) => {
      for (const queryKey of refresh) void client.invalidateQueries({ queryKey: [...queryKey] })
      if (done) void message.success(done)
      onDone?.(result, input)
    },
  })
}
