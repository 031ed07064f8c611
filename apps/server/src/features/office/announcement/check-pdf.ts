import { inflateSync } from 'node:zlib'

export type PdfRefusal = 'not_a_pdf' | 'pdf_encrypted' | 'pdf_active' | 'pdf_too_complex'

/** What runs, opens, sends or hides something: names of ISO 32000. A notice needs none of it. */
const ACTIVE =
  /\/(JavaScript|JS|Launch|SubmitForm|ImportData|GoToR|GoToE|EmbeddedFiles?|OpenAction|AA|RichMedia|Rendition|Movie|Sound|XFA|AcroForm|3D)(?![A-Za-z0-9])/
const ENCRYPTED = /\/Encrypt(?![A-Za-z0-9])/
/** Unpacked bytes looked through at most; a stream that swells beyond it is no notice. */
const MOST_UNPACKED = 48 * 1024 * 1024

/** A name may write any letter as `#` and its number: `/J#53` is `/JS`. */
const readNames = (text: string): string =>
  text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

/** Dictionaries may lie packed in object streams; page contents and pictures are packed in the same way and say nothing. */
const isObjectStream = (dictionary: string): boolean => /\/Type\s*\/ObjStm/.test(readNames(dictionary))

/**
 * Looks whether a PDF file is one, and holds nothing that runs, opens, sends or hides: in its plain objects and in the packed ones.
 * It is kept as it came, so it is given out as a download that no page frames.
 */
export const checkPdf = (bytes: Buffer): PdfRefusal | undefined => {
  if (!/^%PDF-[12]\.[0-9]/.test(bytes.subarray(0, 8).toString('latin1'))) return 'not_a_pdf'
  const text = bytes.toString('latin1')
  if (!/%%EOF\s*$/.test(text.slice(-1024).replace(/\0+$/, ''))) return 'not_a_pdf'
  const plain: string[] = []
  let unpacked = 0
  let from = 0
  const STREAM = /stream\r?\n/g
  for (let match = STREAM.exec(text); match; match = STREAM.exec(text)) {
    if (text.slice(Math.max(0, match.index - 3), match.index) === 'end') continue
    const before = text.slice(from, match.index)
    plain.push(before)
    const start = match.index + match[0].length
    const end = text.indexOf('endstream', start)
    if (end < 0) return 'not_a_pdf'
    if (isObjectStream(before.slice(before.lastIndexOf(' obj')))) {
      try {
        const content = inflateSync(bytes.subarray(start, end), { maxOutputLength: MOST_UNPACKED - unpacked })
        unpacked += content.length
        plain.push(content.toString('latin1'))
      } catch {
        // Packed in another way, or more than anybody writes: nobody looked into it, so nobody gets it.
        return 'pdf_too_complex'
      }
    }
    from = end
    STREAM.lastIndex = end
  }
  plain.push(text.slice(from))
  const names = readNames(plain.join('\n'))
  if (ENCRYPTED.test(names)) return 'pdf_encrypted'
  return ACTIVE.test(names) ? 'pdf_active' : undefined
}
