import type { Transaction } from '../../../db/pool.ts'

// Whoever something waits about is not greener than they were. `colour` is coded as in `status_current`.

/** From now on these persons are not greener than this, for what waits in one push. */
export const setFloors = async (
  tx: Transaction,
  heldPushId: string,
  floors: { personId: string; colour: number }[],
  at: Date,
): Promise<void> => {
  await tx.query(
    `insert into person_floors (person_id, held_push_id, colour, since)
     select person_id, $1::bigint, colour, $4::timestamptz from unnest($2::bigint[], $3::smallint[]) as f(person_id, colour)
     on conflict do nothing`,
    [heldPushId, floors.map((floor) => floor.personId), floors.map((floor) => floor.colour), at],
  )
}

/** The facts alone speak again. @param personIds only of these @returns whose floor it was */
export const endFloors = async (
  tx: Transaction,
  heldPushId: string,
  personIds?: string[],
): Promise<string[]> =>
  (
    await tx.query<{ person_id: string }>(
      `delete from person_floors where held_push_id = $1::bigint and ($2::bigint[] is null or person_id = any($2::bigint[]))
       returning person_id`,
      [heldPushId, personIds ?? null],
    )
  ).rows.map((row) => row.person_id)
