import { IMPORT_MAX_BYTES } from '@jiankangbao/contracts/import/limits'

export type FileRefusal = 'fileMissing' | 'fileEmpty' | 'fileTooLarge' | 'fileOld'

/** Why a file need not be sent at all; undefined where it may be. */
export const refuseFile = (file: Pick<File, 'name' | 'size'> | undefined): FileRefusal | undefined => {
  if (!file) return 'fileMissing'
  if (file.size === 0) return 'fileEmpty'
  if (file.size > IMPORT_MAX_BYTES) return 'fileTooLarge'
  return /\.xls$/i.test(file.name) ? 'fileOld' : undefined
}
