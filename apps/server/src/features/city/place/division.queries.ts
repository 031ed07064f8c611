import { type MadeDivision, parentOf } from '@jiankangbao/domain/place/division-changes'
import type { Transaction } from '../../../db/pool.ts'

export interface DivisionInput {
  code: string
  parentCode: string | null
  name: string
  nameEn: string
  level: string
}

/** Puts in those that are missing, parents first; returns how many. What is there stays as it is. */
export const insertDivisions = async (tx: Transaction, divisions: DivisionInput[]): Promise<number> => {
  const { rowCount } = await tx.query(
    `insert into divisions (code, parent_code, name, name_en, level)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) on conflict do nothing`,
    [
      divisions.map(({ code }) => code),
      divisions.map(({ parentCode }) => parentCode),
      divisions.map(({ name }) => name),
      divisions.map(({ nameEn }) => nameEn),
      divisions.map(({ level }) => level),
    ],
  )
  return rowCount ?? 0
}

/** Puts districts that a ruleset makes into the city's own list, where they lie in a division of it. */
export const insertMadeDivisions = async (tx: Transaction, made: readonly MadeDivision[]): Promise<void> => {
  await tx.query(
    `insert into divisions (code, parent_code, name, name_en, level)
     select m.code, m.parent, m.name, m.name_en, 'district'
     from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as m(code, parent, name, name_en)
     join divisions p on p.code = m.parent
     on conflict do nothing`,
    [
      made.map(({ code }) => code),
      made.map(({ code }) => parentOf(code)),
      made.map(({ name }) => name),
      made.map(({ name, nameEn }) => nameEn ?? name),
    ],
  )
}
