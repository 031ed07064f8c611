import pg from 'pg'

export interface DiskUse {
  rows: number
  /** Of the day's partitions with their indexes, per row; 0 where there is none. */
  bytesPerRow: number
}

/** What a visit and a check take on disk, measured over the partitions that hold any. */
export const measureDisk = async (superuserUrl: string): Promise<{ visits: DiskUse; checks: DiskUse }> => {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    const use = async (table: 'visits' | 'checks'): Promise<DiskUse> => {
      const { rows } = await client.query<{ rows: number; bytes: number }>(
        `with used as (select tableoid, count(*)::float8 as n from ${table} group by 1)
         select coalesce(sum(n), 0) as rows, coalesce(sum(pg_total_relation_size(tableoid)), 0)::float8 as bytes from used`,
      )
      const [found] = rows
      return {
        rows: found?.rows ?? 0,
        bytesPerRow: found && found.rows > 0 ? found.bytes / found.rows : 0,
      }
    }
    return { visits: await use('visits'), checks: await use('checks') }
  } finally {
    await client.end()
  }
}
