import { deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { checkPdf } from './check-pdf.ts'

const pdf = (...objects: (string | Buffer)[]): Buffer =>
  Buffer.concat([
    Buffer.from('%PDF-1.7\n'),
    ...objects.map((each, at) =>
      Buffer.concat([Buffer.from(`${at + 1} 0 obj\n`), Buffer.from(each), Buffer.from('\nendobj\n')]),
    ),
    Buffer.from('trailer << /Root 1 0 R >>\n%%EOF\n'),
  ])
const packed = (inside: string | Buffer, type = '/Type /ObjStm /N 1 /First 4'): Buffer => {
  const content = deflateSync(Buffer.from(inside))
  return Buffer.concat([
    Buffer.from(`<< ${type} /Filter /FlateDecode /Length ${content.length} >>\nstream\n`),
    content,
    Buffer.from('\nendstream'),
  ])
}
const CATALOG = '<< /Type /Catalog /Pages 2 0 R >>'

it('lets a plain file through, whatever its pages say', () => {
  expect(checkPdf(pdf(CATALOG, packed('BT (/JavaScript) Tj ET', '')))).toBeUndefined()
  expect(checkPdf(pdf(CATALOG, packed('1 0 << /Type /Page >>')))).toBeUndefined()
})

it.each([
  ['a script', pdf('<< /Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>'), 'pdf_active'],
  ['one written with numbers', pdf('<< /S /J#61vaScript /#4a#53 (x) >>'), 'pdf_active'],
  ['one in a packed object', pdf(CATALOG, packed('1 0 << /S /JavaScript /JS (x) >>')), 'pdf_active'],
  ['a program', pdf('<< /S /Launch /F (cmd.exe) >>'), 'pdf_active'],
  [
    'a file within',
    pdf(CATALOG, '<< /Type /Filespec /EF << /F 3 0 R >> >>', '<< /Type /EmbeddedFile >>'),
    'pdf_active',
  ],
  ['a form', pdf('<< /Type /Catalog /AcroForm << /XFA 3 0 R >> >>'), 'pdf_active'],
  ['a lock', pdf(CATALOG, '<< /Encrypt 4 0 R >>'), 'pdf_encrypted'],
  ['objects that swell', pdf(CATALOG, packed(Buffer.alloc(60 * 1024 * 1024))), 'pdf_too_complex'],
  [
    'objects packed in no known way',
    pdf(CATALOG, '<< /Type /ObjStm /Filter /LZWDecode >>\nstream\nabc\nendstream'),
    'pdf_too_complex',
  ],
  ['a page', Buffer.from('<html><script>alert(1)</script></html>'), 'not_a_pdf'],
  ['something cut off', pdf(CATALOG).subarray(0, 60), 'not_a_pdf'],
  ['a head alone', Buffer.from('%PDF-1.7\n<script>alert(1)</script>'), 'not_a_pdf'],
])('refuses %s', (_, bytes, reason) => {
  expect(checkPdf(bytes)).toBe(reason)
})
