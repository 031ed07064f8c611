/** Bytes in one part of the upload; only the last part is shorter. */
export const IMPORT_PART_BYTES = 1_048_576
export const IMPORT_MAX_BYTES = 268_435_456
