import type { GetRef, Table } from 'antd'
import { useEffect, useRef } from 'react'

/**
 * Lets the keyboard move a table that is wider than its place: its frame takes the focus while there is something to move.
 * Returns the reference for the table.
 */
export const useScrolledByKeys = () => {
  const table = useRef<GetRef<typeof Table>>(null)
  useEffect(() => {
    const frame = table.current?.nativeElement.querySelector<HTMLElement>('.ant-table-content')
    if (!frame) return
    const look = () => {
      if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0
      else frame.removeAttribute('tabindex')
    }
    const watcher = new ResizeObserver(look)
    watcher.observe(frame)
    if (frame.firstElementChild) watcher.observe(frame.firstElementChild)
    return () => watcher.disconnect()
  }, [])
  return table
}
