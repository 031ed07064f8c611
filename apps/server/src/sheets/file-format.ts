import { open } from 'node:fs/promises'
import { TableError, type TableRefusal } from './table-row.ts'
import type { Archive } from './xlsx-archive.ts'

const START_BYTES = 4_096
/** Where the directory of a compound file names its parts; old workbooks are rarely larger than this. */
const COMPOUND_BYTES = 1024 ** 2

const readStart = async (path: string, bytes: number): Promise<Buffer> => {
  const file = await open(path)
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Compound files (MS-CFB): workbooks before 2007, documents, and workbooks with a password (MS-OFFCRYPTO). */
const COMPOUND = 'd0cf11e0a1b11ae1'
/** First bytes of what is no table at all: PDF, pictures, archives, documents. */
const OTHERS = ['25504446', '89504e47', 'ffd8ff', '47494638', '52617221', '377abcaf', '1f8b08', '7b5c727466']

const ofCompound = async (path: string): Promise<TableRefusal> => {
  const start = await readStart(path, COMPOUND_BYTES)
  const has = (part: string): boolean => start.includes(Buffer.from(part, 'utf16le'))
  if (has('EncryptedPackage') || has('EncryptionInfo')) return 'encrypted_workbook'
  return has('WordDocument') || has('PowerPoint Document') ? 'not_a_table' : 'old_workbook'
}

const HTML = /^(?:<!doctype html|<html|<table|<head|<meta|<body|<!--|<div|<style|mime-version:)/

const ofText = (start: string): TableRefusal | undefined => {
  const text = start.replace(/^(?:[\ufeff\s]|ï»¿)+/, '').toLowerCase()
  if (HTML.test(text) || /^<\?xml[\s\S]{0,400}<html/.test(text)) return 'html_workbook'
  return /^<\?xml[\s\S]{0,400}(?:excel\.sheet|<workbook)/.test(text) ? 'other_workbook' : undefined
}

const ofStart = (start: Buffer): TableRefusal | undefined => {
  const hex = start.subarray(0, 8).toString('hex')
  if (OTHERS.some((other) => hex.startsWith(other))) return 'not_a_table'
  // BIFF 2 to 5: workbooks from before compound files.
  if (/^09(?:00|02|04|08)(?:04|06|08|10)00/.test(hex)) return 'old_workbook'
  return ofText(start.toString(hex.startsWith('fffe') ? 'utf16le' : 'latin1'))
}

/**
 * Whether a file is a zip archive or a text, by its first bytes.
 * @throws TableError for files of another kind, whatever their name says, each with its own reason
 */
export const requireTable = async (path: string): Promise<'zip' | 'text'> => {
  const start = await readStart(path, START_BYTES)
  if (start.subarray(0, 8).toString('hex') === COMPOUND) throw new TableError(await ofCompound(path))
  const refusal = ofStart(start)
  if (refusal) throw new TableError(refusal)
  return start.length >= 4 && start.readUInt32BE(0) === 0x504b0304 ? 'zip' : 'text'
}

/** @throws TableError for archives that hold another kind of workbook, or a document */
export const requireWorkbook = ({ entries }: Archive): void => {
  if (entries.has('xl/workbook.xml')) return
  const names = [...entries.keys()]
  if (
    entries.has('xl/workbook.bin') ||
    entries.has('content.xml') ||
    names.some((name) => name.endsWith('.iwa'))
  )
    throw new TableError('other_workbook')
  if (entries.has('word/document.xml') || entries.has('ppt/presentation.xml'))
    throw new TableError('not_a_table')
}
