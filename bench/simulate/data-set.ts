import { readFile } from 'node:fs/promises'
import { type CityFigures, makeCity } from '../city/make-city.ts'
import { type BenchDatabase, startBenchDatabase } from '../database.ts'
import type { Arguments } from './arguments.ts'
import { createBar } from './progress.ts'

export interface DataSet {
  database: Pick<BenchDatabase, 'superuserUrl' | 'appUrl' | 'migratorUrl'>
  /** Absent where the database was given. */
  figures?: CityFigures
  remove(): Promise<void>
}

/** Makes the city in a database of its own under `directory`, or takes the running one that is given. */
export const openDataSet = async (
  { persons, venues, seed, city }: Arguments,
  paths: { directory: string; migrationsDirectory: string },
): Promise<DataSet> => {
  if (city !== undefined)
    return { database: JSON.parse(await readFile(city, 'utf8')) as BenchDatabase, remove: async () => {} }
  const database = await startBenchDatabase(paths)
  try {
    console.log(
      `Making a city of ${persons.toLocaleString('en')} persons and ${venues.toLocaleString('en')} venues.`,
    )
    const bar = createBar()
    const figures = await makeCity(database.superuserUrl, { persons, venues, seed }, bar)
    bar('', 1)
    return { database, figures, remove: database.remove }
  } catch (error) {
    await database.remove()
    throw error
  }
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0).padStart(8)} MB`

export const printFigures = (figures: CityFigures): void => {
  for (const [name, table] of Object.entries(figures.tables))
    console.log(
      `  ${name.padEnd(20)} ${table.rows.toLocaleString('en').padStart(12)} rows ${megabytes(table.bytes)}` +
        (table.seconds > 0
          ? `  ${table.seconds.toFixed(1).padStart(7)} s ${table.rowsPerSecond.toLocaleString('en').padStart(9)} rows/s`
          : ''),
    )
  console.log(
    `  together ${figures.seconds.toFixed(0)} s, ${(figures.databaseBytes / 1e9).toFixed(2)} GB on disk`,
  )
}
