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
