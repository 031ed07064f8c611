import type { Import } from '@jiankangbao/contracts/import/schemas'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { createOperatorCall } from '../../api/client.ts'
import { type UploadState, uploadParts } from './upload-parts.ts'

/** A part of one MiB may take long on an office's line. */
const PART_TIMEOUT_MS = 60_000
const callPatiently = createOperatorCall(PART_TIMEOUT_MS)

/** Sends the rest of a file and hands it over to be checked. Stops when the page is left; it can be gone on with. */
export const useUpload = () => {
  const client = useQueryClient()
  const [state, setState] = useState<UploadState>()
  const stop = useRef<AbortController>(undefined)
  useEffect(() => () => stop.current?.abort(), [])

  const upload = async (
    { importId, partsReceived = [] }: Pick<Import, 'importId' | 'partsReceived'>,
    file: File,
  ): Promise<Import> => {
    const stopping = new AbortController()
    stop.current = stopping
    try {
      await uploadParts({
        file,
        received: partsReceived,
        send: (part, content) =>
          callPatiently('putImportPart', { params: { importId, part: String(part) }, body: { content } }),
        onState: setState,
        signal: stopping.signal,
      })
      const list = await callPatiently('completeImportUpload', { params: { importId } })
      client.setQueryData(['imports', 'one', importId], list)
      return list
    } finally {
      setState(undefined)
      void client.invalidateQueries({ queryKey: ['imports'] })
    }
  }
  return { state, upload }
}
