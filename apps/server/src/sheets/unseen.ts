import { MAX_COLUMNS, type TableRow } from './table-row.ts'

type Attributes = Record<string, string>

const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true'

/** Hidden by a filter, an outline or by hand, or drawn without any size. */
const isHidden = (attributes: Attributes, size: 'ht' | 'width'): boolean =>
  isTrue(attributes.hidden) || (attributes[size] !== undefined && Number(attributes[size]) === 0)

/** What of a sheet its reader does not see: told of the elements before its rows, and marks the rows. */
export const trackUnseen = () => {
  let hidesRows = false
  const columns = new Set<number>()
  return {
    open: (name: string, attributes: Attributes): void => {
      if (name === 'sheetFormatPr') hidesRows = isTrue(attributes.zeroHeight)
      if (name !== 'col' || !isHidden(attributes, 'width')) return
      const last = Math.min(Number(attributes.max), MAX_COLUMNS)
      for (let column = Number(attributes.min); column <= last; column += 1) columns.add(column - 1)
    },
    mark: (row: TableRow, attributes: Attributes): void => {
      if (isHidden(attributes, 'ht') || (hidesRows && attributes.hidden === undefined)) row.hidden = true
      if (columns.size > 0) row.hiddenColumns = columns
    },
  }
}
