/** Bytes of one file at most. */
export const ANNOUNCEMENT_FILE_BYTES = 4_194_304
export const ANNOUNCEMENT_MAX_FILES = 20
