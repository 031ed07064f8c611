// What encrypted values are bound to: the column in which they are kept.

export const PART_CONTEXT = 'import_parts.content'
export const CELLS_CONTEXT = 'import_errors.cells'
