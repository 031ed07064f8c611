import { IMPORT_KINDS, IMPORT_STATES } from '@jiankangbao/domain/vocabulary/lists'
import { SYNONYM_FIELDS } from '@jiankangbao/domain/written/list-synonyms'
import { type Static, Type } from 'typebox'
import {
  Closed,
  Csv,
  Cursor,
  Id,
  ImportId,
  Instant,
  Line,
  Lines,
  OneOf,
  PageSize,
  ProposalId,
  RequestId,
  Shown,
} from '../atoms.ts'
import type { OperationSchemas } from '../operation-schemas.ts'
import { ColourMove, Proposal } from '../proposal/schemas.ts'
import { IMPORT_MAX_BYTES } from './limits.ts'
import type { operations } from './operations.ts'

export const about = 'Lists that offices and laboratories bring as a file'

export const ImportKind = OneOf(IMPORT_KINDS)
export type ImportKind = Static<typeof ImportKind>

export const ImportState = OneOf(IMPORT_STATES)
export type ImportState = Static<typeof ImportState>

export const NewImport = Closed({
  requestId: RequestId,
  kind: ImportKind,
  fileName: Line({ minLength: 1, maxLength: 200 }),
  fileBytes: Type.Integer({ minimum: 1, maximum: IMPORT_MAX_BYTES }),
  /** The only sheet of a workbook to be read; all with the needed columns otherwise. */
  sheet: Type.Optional(Line({ minLength: 1, maxLength: 100 })),
  /** Of the laboratory, for test results. */
  partnerId: Type.Optional(Id),
  evidence: Lines({
    minLength: 4,
    maxLength: 500,
    description: 'reference to the evidence for the whole list: document number, report, case number',
  }),
  source: Line({ minLength: 2, maxLength: 100 }),
})
export type NewImport = Static<typeof NewImport>

export const ListWords = Type.Object({
  fields: Type.Array(
    Type.Object({
      field: OneOf(SYNONYM_FIELDS),
      meanings: Type.Array(
        Type.Object({ meaning: Shown('close_contact'), known: Type.Array(Shown('密接')) }),
      ),
    }),
  ),
})
export type ListWords = Static<typeof ListWords>

/** What the list would do, as computed when it was checked. */
export const ImportImpact = Type.Object({
  /** People with an account or in somebody's care here. */
  persons: Type.Integer(),
  /** Rows about people who have not registered yet: kept, and effective once they do. */
  unregistered: Type.Integer(),
  /** Rows that say what is known already; they change nothing. */
  known: Type.Integer(),
  moves: Type.Array(ColourMove),
  categories: Type.Array(Type.Object({ category: Shown('close_contact'), rows: Type.Integer() })),
  /** Sample numbers reported before that rows correct or withdraw; undoing the list does not bring back what they said. */
  replaced: Type.Optional(Type.Integer()),
  /** Of a list of areas: whose codes are no place known here, at most fifty. Applied, they wait until a person names it. */
  unknownPlaces: Type.Optional(
    Type.Array(Type.Object({ divisionCode: Shown('110101'), name: Shown('Sheet1') })),
  ),
})
export type ImportImpact = Static<typeof ImportImpact>

/** What undoing an applied list would do. */
export const ImportUndo = Type.Object({
  /** Findings or results that still are as the list made them. */
  standing: Type.Integer(),
  /** Those that something else changed since: they stay as they are. */
  changed: Type.Integer(),
  persons: Type.Integer(),
  unregistered: Type.Integer(),
  moves: Type.Array(ColourMove),
})

export const NewImportUndo = Closed({
  requestId: RequestId,
  reason: Lines({ minLength: 2, maxLength: 300 }),
  evidence: Lines({ minLength: 4, maxLength: 500 }),
})
export type NewImportUndo = Static<typeof NewImportUndo>

export const Import = Type.Object({
  importId: ImportId,
  kind: ImportKind,
  state: ImportState,
  fileName: Shown('密接名单.xlsx'),
  fileBytes: Type.Integer(),
  sheet: Type.Optional(Shown('Sheet1')),
  /** Of a workbook: those that were read, with their rows, and those that were not for want of the needed columns. */
  sheets: Type.Optional(
    Type.Array(Type.Object({ name: Shown('Sheet1'), rows: Type.Integer(), read: Type.Boolean() })),
  ),
  laboratory: Type.Optional(Shown('示例实验室')),
  evidence: Shown('协查函 2022-031'),
  source: Shown('区疾控中心'),
  uploadedBy: Shown('李示例'),
  uploadedAt: Instant,
  mine: Type.Boolean(),
  /** Parts of the file that are here; the others are still to be sent. */
  partsReceived: Type.Optional(Type.Array(Type.Integer())),
  /** The effect of a proposed list is being counted anew. */
  recounting: Type.Boolean(),
  /** Of the stage under way; a total of 0 is not known. */
  progress: Type.Optional(
    Type.Object({ stage: Shown('checking'), done: Type.Integer(), total: Type.Integer() }),
  ),
  /** Why the file as a whole was refused. */
  failure: Type.Optional(
    Type.Object({ reason: Shown('columns_missing'), details: Type.Array(Shown('documentNumber')) }),
  ),
  rows: Type.Integer(),
  goodRows: Type.Integer(),
  problems: Type.Array(Type.Object({ problem: Shown('document_number'), rows: Type.Integer() })),
  impact: Type.Optional(ImportImpact),
  proposalId: Type.Optional(ProposalId),
  /** Why the second person approved or rejected it. */
  decisionReason: Type.Optional(Shown('材料齐全')),
  checkedAt: Type.Optional(Instant),
  appliedAt: Type.Optional(Instant),
  appliedRows: Type.Optional(Type.Integer()),
  /** Counted on request (`recountImport`); older than a day it must be counted anew before anybody proposes or approves. */
  undoEffect: Type.Optional(ImportUndo),
  undoCountedAt: Type.Optional(Instant),
  /** Open now. */
  undoProposalId: Type.Optional(ProposalId),
  undone: Type.Optional(
    Type.Object({
      at: Instant,
      by: Shown('王示例'),
      reason: Shown('columns_missing'),
      /** How much was taken back, and how much stayed because something else had changed it. */
      rows: Type.Integer(),
      left: Type.Integer(),
      proposalId: ProposalId,
    }),
  ),
  /** The same file was imported and undone before. */
  undoneBefore: Type.Optional(Type.Object({ importId: ImportId, at: Instant })),
})
export type Import = Static<typeof Import>

const place = {
  /** Named where more than one was read. */
  sheet: Type.Optional(Shown('Sheet1')),
  rowNumber: Type.Integer(),
}

export const ImportError = Type.Object({
  ...place,
  problems: Type.Array(Shown('document_number')),
  /** The row that it repeats. */
  repeats: Type.Optional(Type.Object(place)),
})

/** A row as whoever decides may see it: who, masked, and what it says. */
export const ImportSampleRow = Type.Object({
  ...place,
  /** Absent where nobody with the document has registered. */
  nameMasked: Type.Optional(Shown('张*')),
  documentNumberMasked: Type.Optional(Shown('110***********0011')),
  /** Category, result, level or kind of venue. */
  what: Shown('close_contact'),
  at: Type.Optional(Instant),
  /** Name of an area or a venue. */
  place: Type.Optional(Shown('示例商场')),
  workplace: Type.Optional(Shown('示例食品有限公司')),
  /** Name of the zone the person is in, and masked name of the contact. */
  zone: Type.Optional(Shown('示例小区管控区')),
  contact: Type.Optional(Shown('李*')),
})
export type ImportSampleRow = Static<typeof ImportSampleRow>

const params = Closed({ importId: ImportId })

export const schemas = {
  createImport: {
    summary: 'Announces a list and its file',
    body: NewImport,
    responses: { 201: Import },
  },
  putImportPart: {
    summary: 'Sends one part of the file',
    params: Closed({
      importId: ImportId,
      part: Type.String({ pattern: '^(0|[1-9][0-9]{0,2})$', examples: ['0'] }),
    }),
    body: Closed({
      content: Type.String({
        maxLength: 1_398_104,
        pattern: '^[A-Za-z0-9+/]+={0,2}$',
        examples: ['5aeT5ZCN'],
        description: 'base64 of at most 1 MiB',
      }),
    }),
    responses: { 204: Type.Null() },
  },
  completeImportUpload: {
    summary: 'Says that the file is complete; it is checked next',
    params,
    responses: { 200: Import },
  },
  listImports: {
    summary: 'Lists lists, newest first',
    query: Closed({
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
      kind: Type.Optional(ImportKind),
      state: Type.Optional(ImportState),
    }),
    responses: { 200: Type.Object({ imports: Type.Array(Import), nextCursor: Type.Optional(Cursor) }) },
  },
  getImport: {
    summary: 'Gives a list, how far it is and what it would do',
    params,
    responses: { 200: Import },
  },
  /** The first refused rows, without their cells. */
  listImportErrors: {
    summary: 'Lists the first refused rows',
    params,
    responses: { 200: Type.Object({ errors: Type.Array(ImportError) }) },
  },
  /** Every refused row as its author wrote it, with the reasons, as CSV. */
  exportImportErrors: {
    summary: 'Gives every refused row as CSV, as its author wrote it',
    params,
    responses: { 200: Csv },
  },
  cancelImport: {
    summary: 'Gives a list up',
    params,
    responses: { 200: Import },
  },
  /** The first rows and some by chance. */
  listImportSample: {
    summary: 'Shows the first rows and some by chance',
    params,
    responses: { 200: Type.Object({ rows: Type.Array(ImportSampleRow) }) },
  },
  /** Counts what a proposed list, or undoing an applied one, would do, by the rules and people of now. */
  recountImport: {
    summary: 'Counts anew what a list, or undoing it, would do',
    params,
    responses: { 200: Import },
  },
  proposeImport: {
    summary: 'Proposes to apply a list',
    params,
    body: Closed({ requestId: RequestId }),
    responses: { 201: Proposal },
  },
  proposeImportUndo: {
    summary: 'Proposes to undo an applied list',
    params,
    body: NewImportUndo,
    responses: { 201: Proposal },
  },
  /** A CSV with the columns of the kind and rows to show how they are filled in. */
  exportImportTemplate: {
    summary: 'Gives a CSV with the columns of a kind, filled in as an example',
    params: Closed({ kind: ImportKind }),
    responses: { 200: Csv },
  },
  /** Of columns and headings, with what is read without being added. Added ones stand in the ruleset. */
  listListWords: {
    summary: 'Lists the words that lists may write, by what they mean',
    responses: { 200: ListWords },
  },
  listLaboratories: {
    summary: 'Lists laboratories whose results a list may carry',
    responses: {
      200: Type.Object({ laboratories: Type.Array(Type.Object({ partnerId: Id, name: Shown('Sheet1') })) }),
    },
  },
} satisfies Record<keyof typeof operations, OperationSchemas>
